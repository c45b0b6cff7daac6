/** The postbuild: indexes the entry pages of the built site, and puts the index beside them. */
import { glob, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { close, createIndex } from 'pagefind';
import { settle } from './search/settle.ts';

const output = resolve(process.env.PLANET_DIST || 'dist');
/** `2026/01/23/<slug>/index.html`. Only these: no other page is worth finding, and reading them would cost. */
const ENTRY_PAGES = '[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]/*/index.html';

/** Pagefind's own user interfaces, which would be published with every site: ours is in src/components/search. */
const UNUSED = [
  'pagefind-component-ui.css',
  'pagefind-component-ui.js',
  'pagefind-highlight.js',
  'pagefind-modular-ui.css',
  'pagefind-modular-ui.js',
  'pagefind-ui.css',
  'pagefind-ui.js',
];

async function countEntryPages(): Promise<number> {
  let count = 0;
  for await (const _page of glob(ENTRY_PAGES, { cwd: output })) count++;
  return count;
}

async function index(): Promise<number> {
  const { index, errors } = await createIndex();
  if (!index) throw new Error(errors.join('\n'));
  const read = await index.addDirectory({ path: output, glob: ENTRY_PAGES });
  const folder = join(output, 'pagefind');
  // What an earlier run left there would be published with the rest.
  await rm(folder, { recursive: true, force: true });
  const written = await index.writeFiles({ outputPath: folder });
  for (const name of UNUSED) await rm(join(folder, name), { force: true });
  const failures = [...read.errors, ...written.errors];
  if (failures.length > 0) throw new Error(failures.join('\n'));
  // Pagefind answers how many pages it read; how many of them it could use only its index says.
  return settle(folder);
}

const expected = await countEntryPages();
if (expected === 0) {
  console.error(`There is nothing to search: ${output} holds no entry page. Run "astro build" first.`);
  process.exitCode = 1;
} else {
  const indexed = await index();
  await close();
  console.log(`search: ${indexed} of ${expected} entries indexed`);
  if (indexed < expected) {
    console.error(`The search index holds ${indexed} of ${expected} entries; it is not fit to be published.`);
    process.exitCode = 1;
  }
}
