import { hash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { monthFile, months, parseEntry, readLines, readStates } from '../../src/archive/archive.ts';
import { avatarsFile } from '../../src/archive/avatars.ts';
import type { Entry } from '../../src/core/entry.ts';
import type { FeedStates } from '../../src/core/feed-state.ts';
import { entryName } from '../../src/core/occurrences.ts';
import type { FeedConfig } from '../../src/core/planet.ts';
import { printError } from '../cli.ts';
import { writeWhole } from '../disk/files.ts';
import { homesOf, type OriginalsInput, withOriginals } from '../snapshot/originals.ts';
import { hostKey } from '../snapshot/queue.ts';
import { readHeld, readStories, sweepArchive, writeEntries, writeHeld, writeStates } from '../snapshot/store.ts';
import { verifyArchive } from '../snapshot/verify.ts';
import { joinAvatars, namedPictures } from './avatar-rows.ts';
import { copyPictures, Stuck } from './git.ts';

/** One machine of several: the second of four is `{ number: 2, of: 4 }`. */
export interface Shard {
  number: number;
  of: number;
}

/** What `--shard` says; a sentence for the operator where it says nothing of the kind. */
export function parseShard(said: string): Shard | string {
  const [, number = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(said) ?? []).map(Number);
  if (number >= 1 && number <= of) return { number, of };
  return `--shard wants the number of this machine and how many there are, as in 2/4 for the second of four; "${said}" is no such thing.`;
}

/**
 * The feeds that a machine reads. All feeds of a host go to one machine, so that a host is still asked for one at a time; and
 * which machine that is the host's name alone decides, so that a feed that is added or taken out moves no other.
 */
export function shareOf(feeds: readonly FeedConfig[], shard: Shard | null): FeedConfig[] {
  return feeds.filter((feed) => shard === null || isIn(shard, hostKey(feed)));
}

/** Whether something falls to a machine, by its name. */
function isIn(shard: Shard, name: string): boolean {
  return Number.parseInt(hash('sha256', name).slice(0, 8), 16) % shard.of === shard.number - 1;
}

/** What a machine that read its share of the feeds has to add to the archive that all of them began with. */
interface Share {
  folder: string;
  newcomers: Entry[];
  changed: Entry[];
  held: Entry[];
  states: FeedStates;
}

/**
 * Joins what several machines read, each its share, to the archive that all of them began with, and writes what one snapshot
 * would have written: no machine saw the others' entries, so whose an entry is that came to several is decided here. Files
 * that a machine left as they were need not lie in its folder. Whoever calls it holds the lock.
 */
export async function joinArchives(archive: string, folders: readonly string[], planet: OriginalsInput, now: Date) {
  await sweepArchive(archive);
  const { states, held, notes } = await verifyArchive(archive, planet.feeds, now);
  for (const note of notes) printError(note);
  const shares: Share[] = [];
  for (const folder of folders) shares.push(await readShare(folder, archive, states, held));
  refuseTwice(shares);
  const newcomers = shares.flatMap((share) => share.newcomers);
  const changed = shares.flatMap((share) => share.changed);
  const routes = newcomers.length > 0 ? await readStories(archive) : [];
  const joined: FeedStates = Object.assign({}, states, ...shares.map((share) => share.states));
  const owned = withOriginals(newcomers, routes, { ...planet, homes: homesOf(joined) });
  // As a snapshot does: validators are only kept once what they belong to is safe.
  await writeEntries(archive, [...owned, ...changed]);
  await writeHeld(archive, [...held, ...shares.flatMap((share) => share.held)]);
  await writeStates(archive, joined);
  await takeAvatars(archive, folders);
  return { new: newcomers.length, changed: changed.length };
}

/** Pictures that the machines found, and what is known of all. */
async function takeAvatars(archive: string, folders: readonly string[]): Promise<void> {
  const listIn = (folder: string) => readFile(avatarsFile(folder), 'utf8').catch(() => undefined);
  const before = await listIn(archive);
  let next = before;
  for (const folder of folders) {
    const said = await listIn(folder);
    if (said === undefined) continue;
    await copyPictures(folder, archive, namedPictures(said));
    next = joinAvatars(before, next, said);
  }
  if (next === '') await rm(avatarsFile(archive), { force: true });
  else if (next !== undefined && next !== before) writeWhole(avatarsFile(archive), next);
  const named = new Set(namedPictures(next));
  for (const name of namedPictures(before)) if (!named.has(name)) await rm(join(archive, name), { force: true });
}

async function readShare(folder: string, archive: string, states: FeedStates, held: readonly Entry[]): Promise<Share> {
  if (!(await stat(folder).catch(() => null))?.isDirectory()) throw new Stuck(`There is no folder ${folder}.`);
  const waiting = new Set(held.map(entryName));
  const share: Share = {
    folder,
    newcomers: [],
    changed: [],
    held: (await readHeld(folder)).filter((entry) => !waiting.has(entryName(entry))),
    states: Object.fromEntries(
      Object.entries(await readStates(folder)).filter(([feed, state]) => !isDeepStrictEqual(state, states[feed])),
    ),
  };
  for (const month of await months(folder)) {
    const before = await readLines(monthFile(archive, month));
    const same = new Set(before.map(({ bytes }) => bytes.toString('utf8')));
    const others = (await readLines(monthFile(folder, month))).filter(({ bytes }) => !same.has(bytes.toString('utf8')));
    const known = new Set(others.length > 0 ? before.map((line) => entryName(parseEntry(line))) : []);
    for (const entry of others.map(parseEntry)) {
      if (known.has(entryName(entry))) share.changed.push(entry);
      // Whose it is the machine decided among its own entries.
      else share.newcomers.push({ ...entry, copyOf: null, sameBy: undefined });
    }
  }
  return share;
}

/** Two that read one feed were not shares of one whole, or did not begin with this archive. */
function refuseTwice(shares: readonly Share[]): void {
  const readers = new Map<string, string>();
  for (const { folder, newcomers, changed, held, states } of shares) {
    const feeds = new Set([...[...newcomers, ...changed, ...held].map(({ feed }) => feed), ...Object.keys(states)]);
    for (const feed of feeds) {
      const other = readers.get(feed);
      if (other !== undefined) {
        throw new Stuck(
          `${other} and ${folder} both changed what is known of "${feed}". Each machine must begin with the archive that lies here, with the same planet.yaml and another number of the same --shard i/n. Nothing was written.`,
        );
      }
      readers.set(feed, folder);
    }
  }
}
