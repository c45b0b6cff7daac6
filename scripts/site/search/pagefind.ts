import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CustomRecord, close, createIndex } from 'pagefind';
import { baseOf, hasStem } from '../../../src/core/search-keys.ts';
import { asList, decodeCbor } from './cbor.ts';
import { fileIn, INDEX_ENTRY, type IndexFiles, indexLanguage, placeFiles, unpack } from './index-files.ts';

/**
 * Exports Pagefind's class from its script. In its playground mode a result has the found words and the stems of the
 * query, which decide the order of hits. Pagefind 1.6.0 has no option of `createInstance()` that turns it on.
 */
const CLASS_EXPORT = '\nexport { Pagefind };\n';

/** Writes Pagefind's script and WebAssembly once, in a folder named after their hash: browsers cache it for ever. */
export async function makeEngine(language: string, to: string): Promise<void> {
  const made = await indexOf([], language);
  const program = `wasm.${indexLanguage(fileIn(made, INDEX_ENTRY)).wasm ?? 'unknown'}.pagefind`;
  const script = Buffer.concat([fileIn(made, 'pagefind.js'), Buffer.from(CLASS_EXPORT)]);
  const files: IndexFiles = new Map([
    ['pagefind.js', script],
    [program, fileIn(made, program)],
  ]);
  const hashes = [...files.values()].map((bytes) => hash('sha256', bytes));
  rmSync(to, { recursive: true, force: true });
  placeFiles(files, join(to, hash('sha256', hashes.join()).slice(0, 10)));
}

/** The files of an index of these records. Stops Pagefind's process, which keeps all its input. */
export async function indexFiles(records: readonly CustomRecord[]): Promise<IndexFiles> {
  try {
    const { index, errors } = await createIndex();
    if (!index) throw new Error(errors.join('\n'));
    const answers = await Array.fromAsync(records, (record) => index.addCustomRecord(record));
    const made = await index.getFiles();
    const failures = [...answers, made].flatMap(({ errors }) => errors);
    if (failures.length > 0) throw new Error(failures.join('\n'));
    await index.deleteIndex();
    return new Map(
      made.files.map(({ path, content }) => [
        path,
        Buffer.from(content.buffer, content.byteOffset, content.byteLength),
      ]),
    );
  } finally {
    await close();
  }
}

/** An index of words. Pagefind writes no files for a language without one. */
function indexOf(words: readonly string[], language: string): Promise<IndexFiles> {
  return indexFiles([{ url: '/', content: words.join(' ') || 'word', language }]);
}

/** The stems as Pagefind computes them in a query, `clocks` → `clock`: an index of the words has each at its place. */
export async function stemsOf(forms: Iterable<string>, language: string) {
  const all = [...forms];
  const bases = all.map(baseOf);
  const asked = [...new Set(bases.filter(hasStem))];
  const made = await indexOf(asked, language);
  const stems = new Map<string, string>();
  for (const [path, bytes] of made)
    if (path.endsWith('.pf_index')) for (const [place, stem] of stemPlaces(bytes)) stems.set(asked[place] ?? '', stem);
  return {
    stems: new Map(all.map((form, at) => [form, stems.get(bases[at] ?? '') ?? bases[at] ?? form])),
    language: indexLanguage(fileIn(made, INDEX_ENTRY)),
  };
}

/** The words of an index with one page, by their place in its text. */
function stemPlaces(chunk: Buffer): [place: number, word: string][] {
  return asList(asList(decodeCbor(unpack(chunk)))[0])
    .map(asList)
    .flatMap(([word, pages]) => {
      const [, places] = asList(asList(pages)[0] ?? []);
      let place = 0;
      return asList(places ?? [])
        .map(Number)
        .flatMap((step): [number, string][] => {
          // A negative number is a weight: after it, places count from 0 again.
          place = step < 0 ? 0 : place + step;
          return step < 0 ? [] : [[place, String(word)]];
        });
    });
}
