import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { slashes } from '../../../src/archive/link-target.ts';
import { SIGNS } from '../../../src/core/search-words.ts';
import { clearWay, foldersAbove, typeOf, writeNew } from '../../disk/files.ts';
import { asList, type CborItem, decodeCbor, encodeCbor } from './cbor.ts';

const MAGIC = Buffer.from('pagefind_dcd');

export type IndexFiles = Map<string, Buffer>;

export function fileIn(files: IndexFiles, path: string): Buffer {
  const bytes = files.get(path);
  if (bytes === undefined) throw new Error(`Pagefind wrote no ${path}`);
  return bytes;
}

export const INDEX_ENTRY = 'pagefind-entry.json';

/** The file that opens an index: of each language, the hash of its index and the name of the program that searches it. */
interface IndexEntry {
  version: string;
  languages: Record<string, { hash: string; wasm: string | null; page_count: number }>;
}

/**
 * The language of an index, the version of Pagefind, and the name of the program that searches it. All indexes of a planet have one
 * language, the same.
 */
export function indexLanguage(entry: Buffer) {
  const { version, languages }: IndexEntry = JSON.parse(entry.toString('utf8'));
  const [first] = Object.entries(languages);
  if (first === undefined) throw new Error('Pagefind made an index without pages');
  return { version, name: first[0], wasm: first[1].wasm };
}

/**
 * Adds the files that open an index. `pages` are rows `[hash, number of words, name of its group]`, `chunks` the answer
 * of `putChunks`, `fields` the names of the searched fields besides the text.
 */
export function putIndex(
  files: IndexFiles,
  { version, name, wasm }: ReturnType<typeof indexLanguage>,
  { pages, chunks, fields, sorts = [] }: Record<'pages' | 'chunks' | 'fields', CborItem[]> & { sorts?: CborItem[] },
): void {
  const filters: CborItem[] = [];
  const meta = encodeCbor([version, pages, chunks, filters, sorts, fields]);
  const hash = putFile(files, meta, metaFile, name);
  const languages: IndexEntry['languages'] = { [name]: { hash, wasm, page_count: pages.length } };
  const entry: IndexEntry & { include_characters: string[] } = { version, languages, include_characters: SIGNS };
  files.set(INDEX_ENTRY, Buffer.from(JSON.stringify(entry)));
}

/** The files of the words of an index that `putIndex` described, in the order of the words. */
export function chunkFiles(folder: string): string[] {
  const { languages }: IndexEntry = JSON.parse(readFileSync(join(folder, INDEX_ENTRY), 'utf8'));
  const [, , chunks] = asList(
    decodeCbor(unpack(readFileSync(join(folder, metaFile(Object.values(languages)[0]?.hash ?? ''))))),
  );
  return asList(chunks).map((chunk) => `index/${asList(chunk)[2]}.pf_index`);
}

export function unpack(bytes: Uint8Array): Buffer {
  return gunzipSync(bytes).subarray(MAGIC.length);
}

function metaFile(hash: string): string {
  return `pagefind.${hash}.pf_meta`;
}

/** Adds a file under the name of its hash, and returns the name. It is as short as possible: every search loads all names. */
export function putFile(files: IndexFiles, item: Buffer, path: (name: string) => string, language: string): string {
  const [whole, packed] = [hash('sha256', item), pack(item)];
  const freeName = (digits: number): string => {
    const name = `${language}_${whole.slice(0, digits)}`;
    return files.get(path(name))?.equals(packed) === false ? freeName(digits + 1) : name;
  };
  const name = freeName(SHORTEST_NAME);
  files.set(path(name), packed);
  return name;
}

/** Digits of the shortest name of a file. */
export const SHORTEST_NAME = 6;

export function putNamed(files: IndexFiles, item: Buffer, path: string): void {
  files.set(path, pack(item));
}

function pack(item: Buffer): Buffer {
  return gzipSync(Buffer.concat([MAGIC, item]));
}

/** Makes a folder hold these files and no others. A file with the same bytes stays, so that a host is sent only what changed. */
export function placeFiles(files: IndexFiles, to: string): void {
  const wanted = new Set([...files.keys()].flatMap((file) => [file, ...foldersAbove(file)]));
  mkdirSync(to, { recursive: true });
  for (const found of readdirSync(to, { recursive: true, encoding: 'utf8' }))
    if (!wanted.has(slashes(found))) rmSync(join(to, found), { recursive: true, force: true });
  for (const [file, bytes] of files) {
    clearWay(to, file);
    const path = join(to, file);
    if (typeOf(path) === 'file' && readFileSync(path).equals(bytes)) continue;
    writeNew(`${path}.new`, bytes);
    renameSync(`${path}.new`, path);
  }
}
