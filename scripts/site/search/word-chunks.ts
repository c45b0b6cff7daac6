import { lettersToBegin } from '../../../src/core/search-words.ts';
import { type CborItem, encodeArray, encodeCbor } from './cbor.ts';
import { type IndexFiles, putFile } from './index-files.ts';

const END = '\u{10ffff}';

/** Bytes of a chunk in the list, which every search loads: chunks of the square root of this times all bytes are best. */
const LIST_BYTES = 34;

export type IndexKey = { text: string; places: Buffer };

/** Sorted chunks of `most` bytes before gzip. Pagefind's own do not find words with the typed beginning in the next one. */
export function putChunks(files: IndexFiles, keys: readonly IndexKey[], language: string, most?: number): CborItem[] {
  const none = encodeCbor([]);
  const words = keys
    .map(({ text, places }) => ({
      text,
      sort: Buffer.from(text),
      bytes: encodeArray([encodeCbor(text), places, none]),
    }))
    .sort((a, b) => Buffer.compare(a.sort, b.sort));
  const atMost = most ?? Math.sqrt(LIST_BYTES * words.reduce((sum, { bytes }) => sum + bytes.length, 0));
  return chunksOf(words, atMost).map(({ from, to, words: some }) => {
    const bytes = encodeArray([encodeArray(some.map((word) => word.bytes))]);
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
  for (const group of groupsOf(words, 0, atMost)) {
    const last = chunks.at(-1);
    if (last !== undefined && last.size + group.size <= atMost) {
      last.to = group.to;
      last.words.push(...group.words);
      last.size += group.size;
    } else chunks.push(group);
  }
  return chunks;
}

/** The words with the same first letters, and `more` of them if one beginning has too many words. */
function groupsOf(words: readonly Word[], more: number, atMost: number): Chunk[] {
  const startOf = ({ text }: Word) => beginning(text, lettersToBegin(text) + more);
  return [...Map.groupBy(words, startOf)].flatMap(([start, group]) => {
    const size = group.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (size > atMost && group.length > 1) return groupsOf(group, more + 1, atMost);
    return [{ from: wordIn(start), to: start + END, words: group, size }];
  });
}

function beginning(key: string, letters: number): string {
  const start = [...key].slice(0, letters).join('');
  return wordIn(start) === start ? start : key;
}

function wordIn(key: string): string {
  return key.split(/[\u0001\u0002]/u, 1)[0] ?? '';
}
