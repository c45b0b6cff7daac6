import { lettersToBegin } from '../../../src/core/search-words.ts';
import { type CborItem, CborWriter } from './cbor.ts';
import { type IndexFiles, putFile } from './index-files.ts';

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
