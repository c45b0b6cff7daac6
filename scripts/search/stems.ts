import { gunzipSync } from 'node:zlib';
import { createIndex } from 'pagefind';
import { baseOf, hasStem } from '../../src/lib/search-words.ts';
import { decode } from './cbor.ts';
import { listOf, MAGIC } from './index-files.ts';

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
    const [words] = listOf(decode(gunzipSync(content).subarray(MAGIC.length)));
    for (const [stem, pages] of listOf(words).map(listOf)) {
      const [, places] = listOf(listOf(pages)[0] ?? []);
      let place = 0;
      for (const step of listOf(places ?? []).map(Number)) {
        // A negative number is a weight: places are counted anew.
        place = step < 0 ? 0 : place + step;
        if (step >= 0) stems.set(asked[place] ?? '', String(stem));
      }
    }
  }
  await index.deleteIndex();
  return new Map(all.map((form, at) => [form, stems.get(bases[at] ?? '') ?? bases[at] ?? form]));
}
