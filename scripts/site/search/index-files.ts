import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { slashes } from '../../../src/archive/link-target.ts';
import { lettersToBegin, SIGNS } from '../../../src/core/search-words.ts';
import { clearWay, foldersAbove, typeOf, writeNew } from '../../disk/files.ts';
import { asList, type CborItem, CborWriter, decodeCbor, encodeCbor } from './cbor.ts';

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

/** The last character in the order of Unicode. */
const END = '\u{10ffff}';

/**
 * Bytes of a chunk in the list of chunks, relative to its own before gzip. A search loads the whole list and a chunk
 * for each word: chunks of the square root of this times all bytes keep both small. A little less than the 40 that are
 * right for one word: titles as questions have many.
 */
const LIST_BYTES = 34;

export type IndexKey = { text: string; places: Buffer };

/**
 * Writes the words of an index in sorted chunks of `most` bytes before gzip, else of as many as load fastest; a larger
 * word gets its own chunk. Returns the list of chunks for the index. Pagefind cuts its own chunks of 32 KB at any word,
 * and does not find words with the typed beginning in the next chunk.
 */
export function putChunks(files: IndexFiles, keys: readonly IndexKey[], language: string, most?: number): CborItem[] {
  const writer = new CborWriter();
  const words = keys
    .map(({ text, places }) => ({
      text,
      sort: Buffer.from(text).toString('latin1'),
      bytes: writer.encode([text, places, []]),
    }))
    .sort((a, b) => (a.sort < b.sort ? -1 : 1));
  const atMost = most ?? Math.sqrt(LIST_BYTES * words.reduce((sum, { bytes }) => sum + bytes.length, 0));
  return chunksOf(words, atMost).map(({ from, to, words: some }) => {
    const bytes = writer.encode([some.map((word) => word.bytes)]);
    return [from, to, putFile(files, bytes, (name) => `index/${name}.pf_index`, language)];
  });
}

type Word = { text: string; bytes: Buffer };

interface Chunk {
  /** The words of this chunk sort from here to `to`. */
  from: string;
  to: string;
  words: Word[];
  size: number;
}

/** Cuts sorted words into chunks only between different first letters: all words with a typed beginning are in one chunk. */
function chunksOf(words: readonly Word[], atMost: number): Chunk[] {
  const chunks: Chunk[] = [];
  for (const group of beginningGroups(words, 0, atMost)) {
    const last = chunks.at(-1);
    if (last !== undefined && last.size + group.size <= atMost) {
      last.to = group.to;
      last.words.push(...group.words);
      last.size += group.size;
    } else chunks.push(group);
  }
  return chunks;
}

/** The words with the same first letters; with `more` letters if one beginning has too many words. */
function beginningGroups(words: readonly Word[], more: number, atMost: number): Chunk[] {
  const beginningOfWord = ({ text }: Word) => beginning(text, lettersToBegin(text) + more);
  return [...Map.groupBy(words, beginningOfWord)].flatMap(([start, group]) => {
    const size = group.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (size > atMost && group.length > 1) return beginningGroups(group, more + 1, atMost);
    return [{ from: wordOfKey(start), to: start + END, words: group, size }];
  });
}

/** The first letters of a key; the whole key if its word is shorter. */
function beginning(key: string, letters: number): string {
  const start = [...key].slice(0, letters).join('');
  return wordOfKey(start) === start ? start : key;
}

/** A key up to the sign that ends its word. */
function wordOfKey(key: string): string {
  return key.split(/[\u0001\u0002]/u, 1)[0] ?? '';
}
