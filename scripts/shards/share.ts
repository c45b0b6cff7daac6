import { hash } from 'node:crypto';
import type { FeedConfig } from '../../src/model/planet.ts';
import { turnOf } from '../snapshot/queue.ts';

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
  return feeds.filter((feed) => shard === null || isIn(shard, turnOf(feed)));
}

/** Whether something falls to a machine, by its name. */
function isIn(shard: Shard, name: string): boolean {
  return Number.parseInt(hash('sha256', name).slice(0, 8), 16) % shard.of === shard.number - 1;
}
