import { createIndex } from 'pagefind';
import { baseOf, hasStem, lettersToBegin } from '../../../src/core/search-words.ts';
import {
  asList,
  type CborItem,
  decodeCbor,
  encodeArray,
  encodeCbor,
  type IndexFiles,
  putFile,
  unpack,
} from './index-files.ts';

/** Comes after whatever may follow. */
const END = '\u{10ffff}';

/** A word as it stands in an index, and where it is found. */
export interface IndexKey {
  text: string;
  /** As it stands in an index, encoded. */
  places: Buffer;
}

/**
 * Writes the words of an index in chunks, each all words from one to another: a search fetches the chunk that a word of the
 * question falls into. Pagefind's own are 32 KB, and are cut anywhere: it does not find what begins as typed and lies in the next.
 * @param atMost bytes of a chunk before gzip, which makes less than half of them. A word that takes more than this stands alone
 * @returns the list of them as it stands in the index
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
  /** Nothing that is looked for here sorts before this, or after `to`. */
  from: string;
  to: string;
  words: Word[];
}

/**
 * Words in the order of the index, in chunks between which the first letters change: who types these finds them all.
 * @param more letters than begin a word that tell them apart, where those of one beginning are too many
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

/** The first letters of a key, or where its word has no more of them the whole of it. */
function beginning(key: string, letters: number): string {
  const start = [...key].slice(0, letters).join('');
  return wordIn(start) === start ? start : key;
}

/** A key up to the sign that ends its word. */
function wordIn(key: string): string {
  return key.split(/[\u0001\u0002]/u, 1)[0] ?? '';
}

/**
 * The stem of each word, as Pagefind's program will find it in a question: `clocks` → `clock`. Pagefind tells no stem, but
 * in an index of a text that is these words, each stem stands with the place of its word.
 */
export async function stemsOf(forms: Iterable<string>, language: string): Promise<Map<string, string>> {
  const all = [...forms];
  const bases = all.map(baseOf);
  const asked = [...new Set(bases.filter(hasStem))];
  const stems = new Map<string, string>();
  const { index, errors } = await createIndex();
  if (!index) throw new Error(errors.join('\n'));
  await index.addCustomRecord({ url: '/', content: asked.join(' '), language });
  const { files } = await index.getFiles();
  for (const { content } of files.filter(({ path }) => path.endsWith('.pf_index'))) {
    const [words] = asList(decodeCbor(unpack(content)));
    for (const [stem, pages] of asList(words).map(asList)) {
      const [, places] = asList(asList(pages)[0] ?? []);
      let place = 0;
      for (const step of asList(places ?? []).map(Number)) {
        // A negative number is a weight: places are counted anew.
        place = step < 0 ? 0 : place + step;
        if (step >= 0) stems.set(asked[place] ?? '', String(stem));
      }
    }
  }
  await index.deleteIndex();
  return new Map(all.map((form, at) => [form, stems.get(bases[at] ?? '') ?? bases[at] ?? form]));
}
