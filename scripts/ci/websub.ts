import { hash } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { allowedPrivateHosts } from '../../src/archive/environment.ts';
import { slashes } from '../../src/archive/link-target.ts';
import { absolute } from '../../src/core/paths.ts';
import { outputs } from '../../src/outputs/formats.ts';
import { readChecked, stateFolder, writeChecked } from '../disk/files.ts';
import { readAddress } from '../snapshot/fetch/connect.ts';
import { defaultLimits } from '../snapshot/fetch/limits.ts';
import { sendRequest } from '../snapshot/fetch/request.ts';
import { failureSentence } from '../snapshot/outcome.ts';

/** The most feeds in one run, to be polite to the hub. It finds the other changes when it reads the feeds itself. */
const MOST_URLS = 500;

/** Addresses of the changed feeds, the planet's own first. For a new hub only the planet's own. */
export function changedFeeds(
  announced: ReadonlyMap<string, string> | null,
  built: ReadonlyMap<string, string>,
): string[] {
  const feeds = [...built.keys()];
  if (announced === null) return feeds.slice(0, outputs.length);
  return feeds.filter((feed) => announced.get(feed) !== built.get(feed)).slice(0, MOST_URLS);
}

/**
 * Announces changed feeds to a WebSub hub, one after the other (https://www.w3.org/TR/websub/#publishing). Stops if the
 * hub fails or refuses three feeds in a row, but not if it refuses one. Returns the first problem as a sentence.
 */
export async function announceToHub(hub: string, feeds: readonly string[], userAgent: string) {
  const announced: string[] = [];
  const url = readAddress(hub);
  if (!(url instanceof URL)) return { announced, problem: failureSentence(url) };
  const privateHosts = new Set(allowedPrivateHosts());
  const [limits, stop] = [defaultLimits, new AbortController().signal];
  let problem: string | null = null;
  let refused = 0;
  for (const feed of feeds) {
    const body = new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': feed }).toString();
    const headers = { 'user-agent': userAgent, 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await sendRequest({ url, headers, body, privateHosts, limits, left: limits.deadline, stop });
    if (answer.kind === 'failed') return { announced, problem: failureSentence(answer.reason) };
    if (answer.status >= 200 && answer.status <= 299) {
      announced.push(feed);
      refused = 0;
      continue;
    }
    problem ??= `${url.host} answers ${answer.status} for ${feed}`;
    refused++;
    if (answer.status < 400 || answer.status > 499 || answer.status === 429 || refused === 3) break;
  }
  return { announced, problem };
}

/** The feeds that were announced to a hub: their hashes by address. */
type Announced = { hub: string; feeds: Record<string, string> };
const KIND = 'hub 2';

function announcedFile(output: string): string {
  return join(stateFolder(output), `${basename(output)}.hub.json`);
}

/** The hashes of the feeds announced to this hub, by address; null if there are none or the file is damaged. */
export function readAnnounced(output: string, hub: string): Map<string, string> | null {
  const text = readChecked(announcedFile(output), KIND);
  const announced: Announced | null = text === null ? null : JSON.parse(text);
  return announced?.hub === hub ? new Map(Object.entries(announced.feeds)) : null;
}

export function writeAnnounced(output: string, hub: string, feeds: ReadonlyMap<string, string>): void {
  const announced = { hub, feeds: Object.fromEntries(feeds) } satisfies Announced;
  writeChecked(announcedFile(output), KIND, JSON.stringify(announced));
}

/** The hashes of all feeds of a built site, by address; the planet's own first. */
export async function builtFeeds(output: string, site: string): Promise<Map<string, string>> {
  const folders = ['', ...globSync('{authors,feeds}/*', { cwd: output }).sort()];
  const feeds = new Map<string, string>();
  for (const folder of folders.map((each) => slashes(each))) {
    const page = folder === '' ? '/' : `/${folder.split('/').map(encodeURIComponent).join('/')}/`;
    for (const { of } of outputs) {
      const path = join(output, folder, of('/'));
      if (existsSync(path))
        feeds.set(absolute(site, of(page)), hash('sha256', await readFile(path), 'base64url').slice(0, 22));
    }
  }
  return feeds;
}
