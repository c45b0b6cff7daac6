import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { absolute } from '../../src/lib/routes.ts';
import { outputs } from '../../src/outputs/list.ts';

/** A hash of every feed of a built site, by its address; the planet's own first. */
export async function builtFeeds(output: string, site: string): Promise<Map<string, string>> {
  const places = [[], ...(await placesIn(output, 'authors')), ...(await placesIn(output, 'feeds'))];
  const feeds = new Map<string, string>();
  for (const place of places) {
    const page = `/${place.map((name) => `${encodeURIComponent(name)}/`).join('')}`;
    for (const { of } of outputs) {
      const bytes = await readIfThere(join(output, ...place, of('/').slice(1)));
      if (bytes !== null) feeds.set(absolute(site, of(page)), hash('sha256', bytes, 'base64url').slice(0, 22));
    }
  }
  return feeds;
}

async function placesIn(output: string, folder: string): Promise<string[][]> {
  const inside = await readdir(join(output, folder), { withFileTypes: true }).catch(() => []);
  return inside
    .filter((each) => each.isDirectory())
    .map(({ name }) => [folder, name])
    .sort();
}

async function readIfThere(path: string): Promise<Buffer | null> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
