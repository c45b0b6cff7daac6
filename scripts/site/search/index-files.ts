import { hash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';

/** A value in Pagefind's index files. */
export type CborItem = number | string | CborItem[];

const UNSIGNED = 0;
const NEGATIVE = 1;
const TEXT = 3;
const ARRAY = 4;

/** Reads one item of CBOR (https://www.rfc-editor.org/rfc/rfc8949). Throws at kinds that Pagefind 1.6 does not write. */
export function decodeCbor(bytes: Buffer): CborItem {
  let at = 0;
  const item = (): CborItem => {
    const first = bytes.readUInt8(at++);
    let size = first & 0x1f;
    if (size >= 24) {
      const width = 2 ** (size - 24);
      if (width > 4) throw new Error(`Pagefind wrote an unknown form of number, before byte ${at}`);
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
        throw new Error(`Pagefind wrote an unknown kind of item, before byte ${at}`);
    }
  };
  return item();
}

export function encodeCbor(item: CborItem): Buffer {
  const bytes: number[] = [];
  append(bytes, item);
  return Buffer.from(bytes);
}

/** Appends an encoded item. */
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

/** Appends the head of an array with so many items. The items follow. */
export function appendLength(bytes: number[], length: number): void {
  appendHead(bytes, ARRAY, length);
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

/** An array of encoded items. */
export function encodeArray(items: readonly Uint8Array[], length = items.length): Buffer {
  const head: number[] = [];
  appendHead(head, ARRAY, length);
  return Buffer.concat([Buffer.from(head), ...items]);
}

/** The first bytes of every file of the index. */
const MAGIC = Buffer.from('pagefind_dcd');

/** The files of an index, by path. */
export type IndexFiles = Map<string, Buffer>;

/** A file of an index. Throws if there is none. */
export function fileIn(files: IndexFiles, path: string): Buffer {
  const bytes = files.get(path);
  if (bytes === undefined) throw new Error(`Pagefind wrote no ${path}`);
  return bytes;
}

/** The file that names the indexes. */
export const INDEX_ENTRY = 'pagefind-entry.json';

/** An index for each language, and the name of the program that searches it. */
interface Entry {
  version: string;
  languages: Record<string, { hash: string; wasm: string | null; page_count: number }>;
}

/** The positions in the index of a language. A filter is `[name, hash of its file]`, a chunk `[first word, last word, hash of its file]`. */
export const [PAGES, CHUNKS, FILTERS, FIELDS] = [1, 2, 3, 5] as const;

export function readIndexEntry(bytes: Buffer): Entry {
  return JSON.parse(bytes.toString('utf8'));
}

/** Changes the index of each language, and renames its file to its new hash. */
export async function rewriteIndex(
  files: IndexFiles,
  change: (index: CborItem[], language: string) => Promise<void>,
): Promise<Entry> {
  const entry = readIndexEntry(fileIn(files, INDEX_ENTRY));
  for (const [language, about] of Object.entries(entry.languages)) {
    const path = `pagefind.${about.hash}.pf_meta`;
    const index = asList(decodeCbor(unpack(fileIn(files, path))));
    files.delete(path);
    await change(index, language);
    about.hash = putFile(files, encodeCbor(index), (hash) => `pagefind.${hash}.pf_meta`, language);
    about.page_count = asList(index[PAGES]).length;
  }
  entry.languages = Object.fromEntries(Object.entries(entry.languages).sort(([a], [b]) => (a < b ? -1 : 1)));
  return entry;
}

/** The content of a file of the index, without gzip and `MAGIC`. */
export function unpack(bytes: Uint8Array): Buffer {
  return gunzipSync(bytes).subarray(MAGIC.length);
}

/** Adds a file under the name of its hash, and returns the hash. */
export function putFile(files: IndexFiles, item: Buffer, path: (hash: string) => string, language: string): string {
  const bytes = Buffer.concat([MAGIC, item]);
  const name = `${language}_${hash('sha256', bytes).slice(0, 10)}`;
  files.set(path(name), gzipSync(bytes));
  return name;
}

export function asList(item: CborItem | undefined): CborItem[] {
  if (!Array.isArray(item)) throw new Error('Pagefind wrote an index of an unknown form');
  return item;
}
