import { hash } from 'node:crypto';
import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readEntry } from './index-files.ts';
import { withIndex } from './pagefind.ts';
import { place } from './place.ts';

/** Pagefind's own way in hides the playground mode, in which an answer tells the words that were found and the stems of those asked for. */
const WAY_IN = '\nexport { Pagefind };\n';

/**
 * Puts Pagefind itself beside the indexes, once for all of them: its script and its program. They lie in a folder that is
 * named after them, so that browsers may keep them for ever.
 */
export async function makeEngine(output: string, language: string, to: string): Promise<void> {
  await withIndex(
    output,
    // Of a language without a word Pagefind writes nothing.
    async (index) => [await index.addCustomRecord({ url: '/', content: 'word', language })],
    async (made) => {
      const { languages } = await readEntry(made);
      const files = ['pagefind.js', `wasm.${Object.values(languages)[0]?.wasm ?? 'unknown'}.pagefind`];
      await appendFile(join(made, 'pagefind.js'), WAY_IN);
      const hashes = await Promise.all(files.map(async (file) => hash('sha256', await readFile(join(made, file)))));
      await rm(to, { recursive: true, force: true });
      await place(made, join(to, hash('sha256', hashes.join()).slice(0, 10)), files);
    },
  );
}
