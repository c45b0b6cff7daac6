import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import packageJson from '../../package.json' with { type: 'json' };
import { archiveFolder } from '../../src/archive/archive.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import type { FeedConfig } from '../../src/core/planet.ts';
import { writeWhole } from '../disk/files.ts';
import type { Outcome } from '../snapshot/outcome.ts';
import { makeReport, type Report } from '../snapshot/report.ts';
import { readFeeds, type Snapshot } from '../snapshot/run.ts';
import { hostKey, spreadNumber } from '../snapshot/schedule.ts';
import { sweepArchive } from '../snapshot/store.ts';
import { verifyArchive } from '../snapshot/verify.ts';

/** The share of one machine: `{ number: 2, count: 4 }` for the second of four. */
type Shard = { number: number; count: number };

/** Parses the value of `--shard`; returns a sentence for the operator if it is wrong. */
export function parseShard(text: string): Shard | string {
  const [, number = 0, count = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (number >= 1 && number <= count) return { number, count };
  return `--shard needs the number of this machine and the number of all machines (2/4 for the second of four); "${text}" is not valid.`;
}

/** The feeds of one machine. It reads all feeds of a host, one at a time. */
export function shareOf(feeds: readonly FeedConfig[], shard: Shard | null): FeedConfig[] {
  return feeds.filter((feed) => shard === null || spreadNumber(hostKey(feed)) % shard.count === shard.number - 1);
}

/** The file in the archive's folder with which a machine hands over the outcomes of its feeds. It is no file of an archive. */
const OUTCOMES = 'outcomes';

/** Asks the feeds of one machine, and writes their outcomes for `joinOutcomes`; adds nothing to the archive. The caller holds the lock. */
export async function takeShare(snapshot: Snapshot): Promise<Report> {
  const { planet, feeds, folder, now, progress } = snapshot;
  const archive = archiveFolder(folder);
  await sweepArchive(archive);
  const began = stateOf(archive);
  const { states, notes } = await verifyArchive(archive, planet.feeds, now);
  const outcomes = await readFeeds(feeds, states, snapshot, progress);
  const bytes = serialize(outcomes);
  const path = join(archive, OUTCOMES);
  writeWhole(path, Buffer.concat([outcomesHeader(began, bytes), bytes]));
  notes.push(`The outcomes are in ${path}: "archive join" adds them to the archive.`);
  return makeReport(outcomes, new Map(), states, { apart: 0, notes, avatars: null });
}

/**
 * The outcomes in the folders of several machines, in the order of `feeds`; those of other feeds are left out. Throws
 * an `OperatorError` if a file is missing, damaged or of another version, if a machine did not begin with this archive,
 * and if two machines read one feed.
 */
export function joinOutcomes(archive: string, folders: readonly string[], feeds: readonly FeedConfig[]): Outcome[] {
  const began = stateOf(archive);
  const found = new Map<string, { outcome: Outcome; path: string }>();
  for (const path of folders.map((folder) => join(folder, OUTCOMES))) {
    for (const outcome of readOutcomes(path, began)) {
      const { id } = outcome.feed;
      const other = found.get(id);
      if (other !== undefined) throw refusal(`${other.path} and ${path} both have the feed "${id}"`);
      found.set(id, { outcome, path });
    }
  }
  return feeds.flatMap((feed) => {
    const { outcome } = found.get(feed.id) ?? {};
    return outcome?.feed.url === feed.url ? [{ ...outcome, feed }] : [];
  });
}

function readOutcomes(path: string, began: string): Outcome[] {
  if (!existsSync(path)) throw new OperatorError(`There is no file ${path}.`);
  const file = readFileSync(path);
  const bytes = file.subarray(file.indexOf('\n') + 1);
  if (file.subarray(0, -bytes.length).equals(outcomesHeader(began, bytes))) return deserialize(bytes);
  throw refusal(`${path} is damaged, or comes from another archive or from another version of Orrery or Node`);
}

/** The first line of a file of outcomes: only the same engine with the same archive may read the rest. */
function outcomesHeader(began: string, bytes: Uint8Array): Buffer {
  return Buffer.from(`orrery ${packageJson.version} ${process.version} ${began} ${hash('sha256', bytes)}\n`);
}

/** A hash of the feeds' states: a machine that began with others was told that a feed has nothing new since another time. */
function stateOf(archive: string): string {
  const path = join(archive, 'feeds.json');
  return hash('sha256', existsSync(path) ? readFileSync(path) : '');
}

function refusal(why: string): OperatorError {
  return new OperatorError(
    `${why}. Each machine must begin with the archive of this folder and the same planet.yaml, with its own number of the same --shard i/n. Nothing was written.`,
  );
}
