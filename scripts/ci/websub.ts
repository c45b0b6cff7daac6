import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'astro/zod';
import { absolute } from '../../src/core/paths.ts';
import { outputs } from '../../src/outputs/formats.ts';
import { readChecked, writeChecked } from '../disk/files.ts';
import { stateFolder } from '../site/output-files.ts';
import { readAddress } from '../snapshot/fetch/connect.ts';
import { defaultLimits } from '../snapshot/fetch/failure.ts';
import { sendRequest } from '../snapshot/fetch/request.ts';
import { failureSentence } from '../snapshot/outcome.ts';

/** Past this many a hub would take us for a nuisance; it finds out about the rest when it next looks. */
const MOST = 500;

/** Addresses of the feeds that a hub has to hear of, the planet's own first. Of a hub that was told nothing yet, only those. */
export function changedFeeds(told: ReadonlyMap<string, string> | null, built: ReadonlyMap<string, string>): string[] {
  const feeds = [...built.keys()];
  if (told === null) return feeds.slice(0, outputs.length);
  return feeds.filter((feed) => told.get(feed) !== built.get(feed)).slice(0, MOST);
}

interface Telling {
  hub: string;
  /** Addresses of changed feeds. */
  feeds: readonly string[];
  userAgent: string;
}

/** Tells a hub of one feed after the other, and stops at the first that it does not take. */
export async function announceToHub({
  hub,
  feeds,
  userAgent,
}: Telling): Promise<{ told: string[]; trouble: string | null }> {
  const url = readAddress(hub);
  if (!(url instanceof URL)) return { told: [], trouble: failureSentence(url) };
  const doors = new Set((process.env.PLANET_ALLOW_PRIVATE ?? '').toLowerCase().split(/[\s,]+/));
  const told: string[] = [];
  for (const feed of feeds) {
    const body = new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': feed }).toString();
    const headers = { 'user-agent': userAgent, 'content-type': 'application/x-www-form-urlencoded' };
    const limits = defaultLimits;
    const stop = new AbortController().signal;
    const answer = await sendRequest({ url, headers, body, doors, limits, left: limits.deadline, stop });
    if (answer.kind === 'failed') return { told, trouble: failureSentence(answer.reason) };
    if (answer.status < 200 || answer.status > 299)
      return { told, trouble: `${url.host} answers ${answer.status} to “${feed} has changed”` };
    told.push(feed);
  }
  return { told, trouble: null };
}

/** What a hub was told: hashes of feeds by their addresses. */
const Told = z.strictObject({ hub: z.string(), feeds: z.record(z.string(), z.string()) });

const KIND = 'hub 2';

function fileOf(output: string): string {
  return join(stateFolder(output), `${basename(output)}.hub.json`);
}

/** Null where this hub was told nothing, or nothing that can be read. */
export async function readAnnounced(output: string, hub: string): Promise<Map<string, string> | null> {
  const text = readChecked(fileOf(output), KIND);
  if (text === null) return null;
  const told = Told.parse(JSON.parse(text));
  return told.hub === hub ? new Map(Object.entries(told.feeds)) : null;
}

export async function writeAnnounced(output: string, hub: string, feeds: ReadonlyMap<string, string>): Promise<void> {
  const told: z.infer<typeof Told> = { hub, feeds: Object.fromEntries(feeds) };
  writeChecked(fileOf(output), KIND, JSON.stringify(told));
}

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
