import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decode, encodeArray, placesIn } from './cbor.ts';
import { CHUNKS, listOf, put, readBytes, rewrite } from './index-files.ts';

/** Words that begin with the same letters stay together, if they are not too many: who types these finds them all. */
const LETTERS = 3;
/** Comes after whatever may follow. */
const END = '\u{10ffff}';

/**
 * Pagefind keeps the words of an index in chunks, each all words from one to another, and a search fetches the one chunk that
 * a word of the question falls into: 32 KB, of which one word is wanted and those that begin with it. Cuts them into smaller
 * ones, which are more files, between words that begin differently: Pagefind cuts anywhere, and does not find what begins as
 * typed and lies in the next.
 * @param atMost bytes of a chunk before gzip, which makes less than half of them. A word that takes more than this stands alone
 */
export async function cut(folder: string, atMost: number): Promise<void> {
  await rewrite(folder, async (index, language) => {
    const path = (hash: string) => join(folder, 'index', `${hash}.pf_index`);
    const words: Word[] = [];
    for (const chunk of listOf(index[CHUNKS])) {
      const file = path(String(listOf(chunk)[2]));
      words.push(...wordsOf(await readBytes(file)));
      await rm(file);
    }
    const chunks = [];
    for (const { from, to, words: some } of chunksOf(words, LETTERS, atMost)) {
      const bytes = encodeArray([encodeArray(some.map((word) => word.bytes))]);
      chunks.push([from, to, await put(bytes, path, language)]);
    }
    index[CHUNKS] = chunks;
  });
}

interface Word {
  text: string;
  /** The word and where it is found, as they stand in the index. */
  bytes: Buffer;
}

/** A chunk is `[words]`, and each of these `[word, …]`. */
function* wordsOf(chunk: Buffer): Iterable<Word> {
  const [list = 0] = placesIn(chunk, 0);
  const places = placesIn(chunk, list);
  for (const [at, from] of places.slice(0, -1).entries()) {
    const bytes = chunk.subarray(from, places[at + 1]);
    const [text, end] = placesIn(bytes, 0);
    yield { text: String(decode(bytes.subarray(text, end))), bytes };
  }
}

interface Chunk {
  /** Nothing that is looked for here sorts before this, or after `to`. */
  from: string;
  to: string;
  words: Word[];
}

/** Words in the order of the index, in chunks between which the first letters change; those of one beginning only where they are too many. */
function chunksOf(words: readonly Word[], letters: number, atMost: number): Chunk[] {
  const chunks: Chunk[] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const [start, group] of Map.groupBy(words, ({ text }) => [...text].slice(0, letters).join(''))) {
    const own = group.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const last = chunks.at(-1);
    const to = [...start].length < letters ? start : start + END;
    if (own > atMost && group.length > 1) {
      chunks.push(...chunksOf(group, letters + 1, atMost));
      size = Number.POSITIVE_INFINITY;
    } else if (last !== undefined && size + own <= atMost) {
      last.to = to;
      last.words.push(...group);
      size += own;
    } else {
      chunks.push({ from: start, to, words: group });
      size = own;
    }
  }
  return chunks;
}
