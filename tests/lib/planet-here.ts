import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type FeedServer, serveFeeds } from './feed-server.ts';
import { aFolder } from './planet.ts';
import { planetHere } from './program-here.ts';
import { snapshotHere } from './snapshot-here.ts';

/** An operator's folder whose feeds lie on a server, and the commands there at a fixed time. Gone when the test ends. */
export async function aServedPlanet(
  answers: FeedServer['answers'],
  yaml: string | ((url: FeedServer['url']) => string),
  now = new Date('2026-01-30'),
) {
  const server = await serveFeeds(answers);
  const folder = await aFolder(typeof yaml === 'string' ? yaml : yaml(server.url));
  onTestFinished(async () => {
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });
  const where = { PLANET_CONTENT: folder.path, PLANET_DIST: join(folder.path, 'dist') };
  const env = { ...where, PLANET_ALLOW_PRIVATE: server.host, SOURCE_DATE_EPOCH: `${now.getTime() / 1000}` };
  return {
    ...{ server, folder, env },
    planet: (args: readonly string[], more: Record<string, string> = {}) => planetHere(args, { ...env, ...more }),
    snapshot: () => snapshotHere(folder.path, now, server.host),
    yaml: () => readFile(join(folder.path, 'planet.yaml'), 'utf8'),
  };
}
