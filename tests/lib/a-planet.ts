import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSite } from '../../src/data/read-site.ts';
import { siteData } from '../../src/data/site-data.ts';
import { type FeedServer, serveFeeds } from './feed-server.ts';
import { aFolder, type Folder, planetYaml } from './planet.ts';
import { planetHere } from './program-here.ts';
import { snapshotHere } from './snapshot-here.ts';
import { atEnd } from './test-folder.ts';

const NOW = new Date('2026-01-30');

interface Settings {
  /** Lines before the list of feeds. */
  more?: string;
  /** A setting of the last feed. */
  last?: string;
  now?: Date;
}

/** An operator's folder in which the feeds lie: `a` is the file `a.xml`. Gone when the test ends. */
export async function aPlanet(feeds: Record<string, string>, { more, last, now = NOW }: Settings = {}) {
  const files = Object.fromEntries(Object.keys(feeds).map((id) => [id, `${id}.xml`]));
  const folder = await aFolder(planetYaml(files, more) + (last === undefined ? '' : `    ${last}\n`));
  atEnd(() => folder[Symbol.asyncDispose]());
  for (const [id, text] of Object.entries(feeds)) await folder.write(`${id}.xml`, text);
  return inUse(folder, now);
}

/** An operator's folder whose feeds lie on a server. Gone when the test ends. */
export async function aServedPlanet(
  answers: FeedServer['answers'],
  yaml: string | ((url: FeedServer['url']) => string),
  now = NOW,
) {
  const server = await serveFeeds(answers);
  const folder = await aFolder(typeof yaml === 'string' ? yaml : yaml(server.url));
  atEnd(async () => {
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });
  return { server, ...inUse(folder, now, server.host) };
}

/** What is done in an operator's folder: commands at a fixed time, snapshots, and what the site makes of the archive. */
function inUse(folder: Folder, now: Date, host?: string) {
  const archive = join(folder.path, 'archive');
  const where = { PLANET_CONTENT: folder.path, PLANET_DIST: join(folder.path, 'dist') };
  const asked = host === undefined ? {} : { PLANET_ALLOW_PRIVATE: host };
  const env: Record<string, string> = { ...where, ...asked, SOURCE_DATE_EPOCH: `${now.getTime() / 1000}` };
  const text = (name: string) => readFile(join(folder.path, name), 'utf8');
  const snapshot = (at: Date | string = now) => snapshotHere(folder.path, new Date(at), host);
  return {
    ...{ folder, env, text, snapshot },
    planet: (args: readonly string[], more: Record<string, string> = {}) => planetHere(args, { ...env, ...more }),
    /** A snapshot of these feeds, by id. */
    reads: async (feeds: Record<string, string>, at: Date | string = now) => {
      for (const [id, feed] of Object.entries(feeds)) await folder.write(`${id}.xml`, feed);
      return snapshot(at);
    },
    yaml: () => text('planet.yaml'),
    states: async () => JSON.parse(await text('archive/feeds.json')),
    site: () => readSite(folder.path, archive),
    data: async () => siteData(await readSite(folder.path, archive), archive, now),
  };
}
