import { lettersToBegin } from '../../../src/core/search-words.ts';
import { type CborItem, encodeArray, encodeCbor } from './cbor.ts';
import { type IndexFiles, putFile } from './index-files.ts';

/** The last character in the order of Unicode. */
const END = '\u{10ffff}';

/** A word in an index. */
export interface IndexKey {
  text: string;
  /** Its places in pages, encoded. */
  places: Buffer;
}

/**
 * Writes the words of an index in sorted chunks: a search fetches the chunk of each word in the query. Pagefind cuts its own
 * chunks of 32 KB at any word, and does not find words with the typed beginning in the next chunk.
 * @param atMost bytes of a chunk before gzip; a word with more bytes gets its own chunk
 * @returns the list of chunks for the index
 */
export function putChunks(files: IndexFiles, keys: readonly IndexKey[], atMost: number, language: string): CborItem[] {
  const none = encodeCbor([]);
  const words = keys
    .map(({ text, places }) => ({
      text,
      sort: Buffer.from(text),
      bytes: encodeArray([encodeCbor(text), places, none]),
    }))
    .sort((a, b) => Buffer.compare(a.sort, b.sort));
  const chunks: CborItem[] = [];
  for (const { from, to, words: some } of chunksOf(words, 0, atMost)) {
    const bytes = encodeArray([encodeArray(some.map((word) => word.bytes))]);
    chunks.push([from, to, putFile(files, bytes, (hash) => `index/${hash}.pf_index`, language)]);
  }
  return chunks;
}

interface Word {
  text: string;
  bytes: Buffer;
}

interface Chunk {
  /** The words of this chunk sort from here to `to`. */
  from: string;
  to: string;
  words: Word[];
}

/**
 * Cuts sorted words into chunks only between different first letters: all words with a typed beginning are in one chunk.
 * @param more the number of additional letters to compare, if one beginning has too many words
 */
function chunksOf(words: readonly Word[], more: number, atMost: number): Chunk[] {
  const chunks: Chunk[] = [];
  let size = Number.POSITIVE_INFINITY;
  const startOf = ({ text }: Word) => beginning(text, lettersToBegin(text) + more);
  for (const [start, group] of Map.groupBy(words, startOf)) {
    const own = group.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const last = chunks.at(-1);
    const to = start + END;
    if (own > atMost && group.length > 1) {
      chunks.push(...chunksOf(group, more + 1, atMost));
      size = Number.POSITIVE_INFINITY;
    } else if (last !== undefined && size + own <= atMost) {
      last.to = to;
      last.words.push(...group);
      size += own;
    } else {
      chunks.push({ from: wordIn(start), to, words: group });
      size = own;
    }
  }
  return chunks;
}

/** The first letters of a key; the whole key if its word is shorter. */
function beginning(key: string, letters: number): string {
  const start = [...key].slice(0, letters).join('');
  return wordIn(start) === start ? start : key;
}

/** A key up to the sign that ends its word. */
function wordIn(key: string): string {
  return key.split(/[\u0001\u0002]/u, 1)[0] ?? '';
}
