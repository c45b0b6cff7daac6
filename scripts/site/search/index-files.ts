import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** What we read and write of Pagefind's index files. */
export type CborItem = number | string | CborItem[];

const UNSIGNED = 0;
const NEGATIVE = 1;
const TEXT = 3;
const ARRAY = 4;

/** Reads one item of CBOR (RFC 8949), of the kinds that are of use here. Throws at any other. */
export function decodeCbor(bytes: Buffer): CborItem {
  let at = 0;
  const item = (): CborItem => {
    const first = bytes.readUInt8(at++);
    let size = first & 0x1f;
    if (size >= 24) {
      const width = 2 ** (size - 24);
      if (width > 4) throw new Error(`Pagefind wrote a number that is not known here, before byte ${at}`);
      size = bytes.readUIntBE(at, width);
      at += width;
    }
    switch (first >> 5) {
      case UNSIGNED:
        return size;
      case NEGATIVE:
        return -1 - size;
      case TEXT:
        at += size;
        return bytes.toString('utf8', at - size, at);
      case ARRAY:
        return Array.from({ length: size }, item);
      default:
        throw new Error(`Pagefind wrote something that is not known here, before byte ${at}`);
    }
  };
  return item();
}

export function encodeCbor(item: CborItem): Buffer {
  const bytes: number[] = [];
  append(bytes, item);
  return Buffer.from(bytes);
}

/** Writes an item behind others. */
export function append(bytes: number[], item: CborItem): void {
  if (typeof item === 'number') {
    appendHead(bytes, item < 0 ? NEGATIVE : UNSIGNED, item < 0 ? -1 - item : item);
  } else if (typeof item === 'string') {
    const text = Buffer.from(item);
    appendHead(bytes, TEXT, text.length);
    for (const byte of text) bytes.push(byte);
  } else {
    appendHead(bytes, ARRAY, item.length);
    for (const each of item) append(bytes, each);
  }
}

function appendHead(bytes: number[], kind: number, size: number): void {
  if (size < 24) {
    bytes.push((kind << 5) | size);
    return;
  }
  const width = size < 2 ** 8 ? 1 : size < 2 ** 16 ? 2 : 4;
  bytes.push((kind << 5) | (24 + Math.log2(width)));
  for (let byte = width - 1; byte >= 0; byte--) bytes.push((size >>> (8 * byte)) & 0xff);
}

/** An array of items that are encoded already. */
export function encodeArray(items: readonly Uint8Array[], length = items.length): Buffer {
  const head: number[] = [];
  appendHead(head, ARRAY, length);
  return Buffer.concat([Buffer.from(head), ...items]);
}

/** What stands before the data in every file of the index. */
export const MAGIC = Buffer.from('pagefind_dcd');

/** `pagefind-entry.json`: an index for each language, and the name of the program that searches it. */
interface Entry {
  version: string;
  languages: Record<string, { hash: string; wasm: string | null; page_count: number }>;
}

/** What stands where in the index of a language. Filters are `[name, hash of its file]` each, chunks `[first word, last word, hash of its file]`. */
export const [PAGES, CHUNKS, FILTERS, FIELDS] = [1, 2, 3, 5] as const;

export async function readIndexEntry(folder: string): Promise<Entry> {
  return JSON.parse(await readFile(join(folder, 'pagefind-entry.json'), 'utf8'));
}

/** Changes the index of each language, and names it anew after what is in it. */
export async function rewriteIndex(
  folder: string,
  change: (index: CborItem[], language: string) => Promise<void>,
): Promise<Entry> {
  const entry = await readIndexEntry(folder);
  for (const [language, about] of Object.entries(entry.languages)) {
    const path = join(folder, `pagefind.${about.hash}.pf_meta`);
    const index = await read(path);
    await rm(path);
    await change(index, language);
    about.hash = await putFile(encodeCbor(index), (hash) => join(folder, `pagefind.${hash}.pf_meta`), language);
    about.page_count = asList(index[PAGES]).length;
  }
  entry.languages = Object.fromEntries(Object.entries(entry.languages).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(join(folder, 'pagefind-entry.json'), JSON.stringify(entry));
  return entry;
}

async function read(path: string): Promise<CborItem[]> {
  return asList(decodeCbor(await readBytes(path)));
}

export async function readBytes(path: string): Promise<Buffer> {
  return gunzipSync(await readFile(path)).subarray(MAGIC.length);
}

/** Writes a file under a name of its own, and tells that name. */
export async function putFile(item: Buffer, path: (hash: string) => string, language: string): Promise<string> {
  const bytes = Buffer.concat([MAGIC, item]);
  const hash = `${language}_${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}`;
  await writeFile(path(hash), gzipSync(bytes));
  return hash;
}

export function asList(item: CborItem | undefined): CborItem[] {
  if (!Array.isArray(item)) throw new Error('Pagefind wrote an index of a shape that is not known here');
  return item;
}
