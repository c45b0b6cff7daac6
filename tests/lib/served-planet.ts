import { type FeedServer, serveFeeds } from './feed-server.ts';
import { aFolder, type Folder, planetYaml } from './planet.ts';
import { snapshotHere } from './snapshot-here.ts';

/** A planet whose feeds are on a server of its own: `paths` has the path of each by its id. */
export async function servedPlanet(answers: FeedServer['answers'], paths: Record<string, string>, more = '') {
  const server = await serveFeeds(answers);
  const feeds = Object.entries(paths).map(([id, path]) => [id, server.url(path)]);
  const folder: Folder = await aFolder(planetYaml(Object.fromEntries(feeds), more));
  return {
    server,
    folder,
    /** The environment of a command that may ask the server. */
    env: { PLANET_CONTENT: folder.path, PLANET_ALLOW_PRIVATE: server.host },
    snapshot: (now: Date) => snapshotHere(folder.path, now, server.host),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
