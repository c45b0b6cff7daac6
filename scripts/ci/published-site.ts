import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { archiveFolder, readStates } from '../../src/archive/archive.ts';
import { outputFolder } from '../../src/archive/environment.ts';
import { ledgerCounts, readLedger } from '../../src/archive/ledger.ts';
import { operatorPlanet } from '../../src/archive/load-planet.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { absolute, routes } from '../../src/core/paths.ts';
import type { Planet } from '../../src/core/planet.ts';
import { countText } from '../../src/core/text.ts';
import type { FeedStatus } from '../../src/outputs/status.ts';
import { print, printError } from '../cli.ts';
import { checkMonths } from '../snapshot/verify.ts';

/** The text of a file of the published site; null if the site does not answer, or has no such file. */
async function fetchPublished({ site }: Pick<Planet, 'site'>, path: string): Promise<string | null> {
  // The query avoids caches between the host and us.
  return fetch(`${absolute(site, path)}?${Date.now()}`, { signal: AbortSignal.timeout(20_000) })
    .then((response) => (response.ok ? response.text() : null))
    .catch(() => null);
}

/**
 * Compares the built site with the published one, and prints `changed=true` or `changed=false` for a workflow. A site that does not
 * answer counts as changed.
 */
export async function printIsChanged(): Promise<void> {
  const { planet } = await operatorPlanet();
  const file = join(outputFolder(), 'digest.txt');
  const built = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new OperatorError(`${relative('.', file)} is missing: build the site first, with "npm run site".`);
  });
  const published = (await fetchPublished(planet, '/digest.txt')) ?? '';
  if (!/^[0-9a-f]{64}\s*$/.test(published))
    printError(`${planet.site} has no readable digest.txt, so it counts as changed.`);
  print(`changed=${published.trim() !== built.trim()}`);
}

/**
 * Throws if a feed has fewer entries in the archive than on the published site: a fresh clone has no other sign that
 * somebody deleted the branch of the archive, or set it back, and an old backup of a whole folder has none. Returns a
 * sentence about what was compared: a site that does not answer proves nothing.
 */
export async function refuseLessThanPublished(folder: string, planet: Planet): Promise<string> {
  const published = countsIn(await fetchPublished(planet, routes.statusJson));
  if (published.size === 0)
    return `Nothing was compared: ${absolute(planet.site, routes.statusJson)} does not answer, or is no status of a planet.`;
  const archive = archiveFolder(folder);
  const { ledger } = readLedger(archive);
  const states = await readStates(archive);
  // Either file may be missing: the snapshot makes feeds.json from the months again, and names a month that it lacks.
  const counts = ledgerCounts((await checkMonths(archive, ledger)).rows.values());
  const lacks = planet.feeds.flatMap(({ id }) => {
    const [shown, stored] = [published.get(id) ?? 0, Math.max(states[id]?.entries ?? 0, counts.get(id) ?? 0)];
    return shown > stored ? [{ id, shown, stored }] : [];
  });
  const [first] = lacks;
  if (first === undefined) return `${planet.site} shows no entry that the archive lacks.`;
  if (lacks.reduce((sum, { shown, stored }) => sum + shown - stored, 0) <= ledger.lost.length)
    return `${planet.site} shows no entry that the archive lacks, but those whose loss you accepted.`;
  throw new OperatorError(
    `${planet.site} shows ${countText(first.shown, 'entry', 'entries')} of ${first.id}, and the archive has ${first.stored}: somebody deleted the branch "archive" or set it back, this repository is a fork without it, or this folder is from an old backup. Nothing was read. Restore them: a newer backup, or "npm run archive -- push" in a folder that still has them. To accept the loss, run the workflow by hand with "accept-loss" (at GitLab, the pipeline with the variable ACCEPT_LOSS: "true").`,
  );
}

/** The number of entries of each feed in a `status.json`, by feed id. Empty for any other text: the host may serve another site. */
function countsIn(text: string | null): ReadonlyMap<string, number> {
  try {
    const { feeds }: { feeds: FeedStatus[] } = JSON.parse(text ?? '');
    return new Map(feeds.map(({ id, entries }) => [id, entries]));
  } catch {
    return new Map();
  }
}
