import { hash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withIndex } from './pagefind.ts';
import { filesOf, place } from './place.ts';
import { empty } from './settle.ts';

/**
 * Puts Pagefind itself beside the indexes, once for all of them: its script, its program, and an index of nothing, which
 * is what it begins with. They lie in a folder that is named after them, so that browsers may keep them for ever.
 */
export async function makeEngine(output: string, language: string, to: string): Promise<void> {
  await withIndex(
    output,
    // Of a language without a word Pagefind writes nothing.
    async (index) => [await index.addCustomRecord({ url: '/', content: 'word', language })],
    async (made) => {
      const program = await empty(made);
      const all = await filesOf(made);
      const needed = ['pagefind.js', 'pagefind-entry.json', `wasm.${program}.pagefind`];
      const files = all.filter((file) => needed.includes(file) || file.endsWith('.pf_meta'));
      const hashes = await Promise.all(files.map(async (file) => hash('sha256', await readFile(join(made, file)))));
      await rm(to, { recursive: true, force: true });
      await place(made, join(to, hash('sha256', hashes.join()).slice(0, 10)), files);
    },
  );
}
