import { hash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { monthFile, months, parseEntry, readLines, readStates } from '../../src/archive/archive.ts';
import { avatarsFile } from '../../src/archive/read-avatars.ts';
import type { Entry } from '../../src/core/entry.ts';
import { copyStates, type FeedStates } from '../../src/core/feed-state.ts';
import { entryName } from '../../src/core/occurrences.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import type { FeedConfig } from '../../src/core/planet.ts';
import { printError } from '../cli.ts';
import { writeWhole } from '../disk/files.ts';
import { homesOf, type OriginalsInput, withOriginals } from '../snapshot/originals.ts';
import { hostKey } from '../snapshot/schedule.ts';
import { readHeld, readStories, sweepArchive, writeEntries, writeHeld, writeStates } from '../snapshot/store.ts';
import { verifyArchive } from '../snapshot/verify.ts';
import { joinAvatars, namedPictures } from './archive-lines.ts';
import { copyPictures } from './git.ts';

/** The share of one machine: `{ number: 2, of: 4 }` for the second of four. */
export interface Shard {
  number: number;
  of: number;
}

/** Parses the value of `--shard`; returns a sentence for the operator if it is wrong. */
export function parseShard(text: string): Shard | string {
  const [, number = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (number >= 1 && number <= of) return { number, of };
  return `--shard needs the number of this machine and the number of all machines (2/4 for the second of four); "${text}" is not valid.`;
}

/**
 * The feeds that a machine reads. One machine reads all feeds of a host, so that the host gets one request at a time. A hash of
 * the host's name chooses the machine, so that a new feed moves no other feed to another machine.
 */
export function shareOf(feeds: readonly FeedConfig[], shard: Shard | null): FeedConfig[] {
  const hashOf = (feed: FeedConfig) => Number.parseInt(hash('sha256', hostKey(feed)).slice(0, 8), 16);
  return feeds.filter((feed) => shard === null || hashOf(feed) % shard.of === shard.number - 1);
}

/** The changes of one machine to the archive that all of them began with. */
interface Share {
  folder: string;
  newEntries: Entry[];
  changed: Entry[];
  held: Entry[];
  states: FeedStates;
}

/**
 * Joins the archives of several machines, each with its share of the feeds, to the archive that they began with. The result is
 * that of one snapshot: no machine has seen the entries of the others, so originals and copies are decided here. A machine's
 * folder may lack the files that it did not change. The caller holds the lock. Throws an `OperatorError` if two machines read one feed.
 */
export async function joinArchives(archive: string, folders: readonly string[], planet: OriginalsInput, now: Date) {
  await sweepArchive(archive);
  const { states, held, notes } = await verifyArchive(archive, planet.feeds, now);
  for (const note of notes) printError(note);
  const shares: Share[] = [];
  for (const folder of folders) shares.push(await readShare(folder, archive, states, held));
  refuseDuplicates(shares);
  const newEntries = shares.flatMap((share) => share.newEntries);
  const changed = shares.flatMap((share) => share.changed);
  const stories = newEntries.length > 0 ? await readStories(archive) : [];
  const joined: FeedStates = Object.assign(copyStates(states), ...shares.map((share) => share.states));
  const credited = withOriginals(newEntries, stories, { ...planet, homes: homesOf(joined) });
  // States last, as in a snapshot: validators are stored only after their entries.
  await writeEntries(archive, [...credited, ...changed]);
  await writeHeld(archive, [...held, ...shares.flatMap((share) => share.held)]);
  await writeStates(archive, joined);
  await joinPictures(archive, folders);
  return { new: newEntries.length, changed: changed.length };
}

/** Copies the pictures of the machines, and joins their lists. */
async function joinPictures(archive: string, folders: readonly string[]): Promise<void> {
  const listIn = (folder: string) => readFile(avatarsFile(folder), 'utf8').catch(() => undefined);
  const before = await listIn(archive);
  let next = before;
  for (const folder of folders) {
    const list = await listIn(folder);
    if (list === undefined) continue;
    await copyPictures(folder, archive, namedPictures(list));
    next = joinAvatars(before, next, list);
  }
  if (next === '') await rm(avatarsFile(archive), { force: true });
  else if (next !== undefined && next !== before) writeWhole(avatarsFile(archive), next);
  const named = new Set(namedPictures(next));
  for (const name of namedPictures(before)) if (!named.has(name)) await rm(join(archive, name), { force: true });
}

async function readShare(folder: string, archive: string, states: FeedStates, held: readonly Entry[]): Promise<Share> {
  if (!(await stat(folder).catch(() => null))?.isDirectory()) throw new OperatorError(`There is no folder ${folder}.`);
  const alreadyHeld = new Set(held.map(entryName));
  const share: Share = {
    folder,
    newEntries: [],
    changed: [],
    held: (await readHeld(folder)).filter((entry) => !alreadyHeld.has(entryName(entry))),
    states: Object.fromEntries(
      Object.entries(await readStates(folder)).filter(([feed, state]) => !isDeepStrictEqual(state, states[feed])),
    ),
  };
  for (const month of await months(folder)) {
    const before = await readLines(monthFile(archive, month));
    const texts = new Set(before.map(({ bytes }) => bytes.toString('utf8')));
    const changed = (await readLines(monthFile(folder, month))).filter(
      ({ bytes }) => !texts.has(bytes.toString('utf8')),
    );
    const existing = new Set(changed.length > 0 ? before.map((line) => entryName(parseEntry(line))) : []);
    for (const entry of changed.map(parseEntry)) {
      if (existing.has(entryName(entry))) share.changed.push(entry);
      // The machine compared it only with its own entries.
      else share.newEntries.push({ ...entry, copyOf: null, sameBy: undefined });
    }
  }
  return share;
}

/** Throws if two machines read one feed: they had the wrong shares, or did not begin with this archive. */
function refuseDuplicates(shares: readonly Share[]): void {
  const readers = new Map<string, string>();
  for (const { folder, newEntries, changed, held, states } of shares) {
    const feeds = new Set([...[...newEntries, ...changed, ...held].map(({ feed }) => feed), ...Object.keys(states)]);
    for (const feed of feeds) {
      const other = readers.get(feed);
      if (other !== undefined) {
        throw new OperatorError(
          `${other} and ${folder} both changed the feed "${feed}". Each machine must begin with the archive of this folder and the same planet.yaml, with its own number of the same --shard i/n. Nothing was written.`,
        );
      }
      readers.set(feed, folder);
    }
  }
}
