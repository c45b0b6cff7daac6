import { readFile } from 'node:fs/promises';
import { archiveFolder } from './archive.ts';
import { contentFolder } from './folder.ts';
import { type Making, makingOf } from './lib/making.ts';
import { cutIntoParts } from './lib/parts.ts';
import { readSite } from './site.ts';

/** What this build makes pages of: what the file that `PLANET_MAKING` names says, else everything. */
export async function readMaking(): Promise<Making> {
  const plan = process.env.PLANET_MAKING;
  if (plan) return JSON.parse(await readFile(plan, 'utf8')) as Making;
  const folder = contentFolder();
  const site = await readSite(folder, archiveFolder(folder));
  return makingOf(site, cutIntoParts(site), 'all');
}
