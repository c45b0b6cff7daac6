import type { Entry } from '../../src/core/entry.ts';
import type { FeedState } from '../../src/core/feed-state.ts';
import { hostOf } from '../../src/core/web-address.ts';
import type { FeedReading } from './outcome.ts';

/** More new entries of a known feed than this in one run are a flood. */
const flood = 50;

/** What a reading is judged by. */
export interface Evidence {
  state: FeedState;
  /** What the archive holds of the feed. */
  known: readonly Entry[];
  reading: FeedReading;
  /** How many entries the archive does not hold; those that are older than all that it holds come of a longer document. */
  newcomers: number;
  /** Addresses that the archive does not hold: of newcomers, and of known entries that moved. */
  newUrls: readonly (string | null)[];
  /** Whether one of its entries is known by its id or its link: titles, dates and texts are easily copied. */
  isKnown: boolean;
}

/** Why what a feed says should wait for the operator; null where nothing speaks against it. */
export function moderationReason(evidence: Evidence): string | null {
  const { state, known, newcomers, newUrls } = evidence;
  if (state.trusted || known.length === 0 || newUrls.length === 0) return null;
  if (newcomers > flood) return `${newcomers} new entries at once, and more than ${flood} are a flood`;
  const signs = ownerSigns.filter(({ shows }) => shows(evidence)).map(({ sign }) => sign);
  return signs.length < 2 ? null : `it may have another owner: ${signs.join(', ')}`;
}

/** Each is innocent alone; two together look like a domain in other hands. */
const ownerSigns: readonly { sign: string; shows: (evidence: Evidence) => boolean }[] = [
  {
    sign: 'its title and its site changed',
    shows: ({ state, reading }) =>
      !reading.partial &&
      state.title !== null &&
      state.home !== null &&
      state.title !== reading.title &&
      siteOf(state.home) !== siteOf(reading.home),
  },
  {
    sign: 'none of its entries is known',
    shows: ({ reading, isKnown }) => !reading.delta && !reading.partial && !isKnown,
  },
  {
    sign: 'it comes from another host',
    shows: ({ state, reading }) => reading.host !== null && state.host !== null && reading.host !== state.host,
  },
  {
    sign: 'its links go to hosts where they never went',
    shows: ({ known, newUrls }) => {
      const hosts = new Set(known.map(({ url }) => siteOf(url)));
      return newUrls.every((url) => url !== null && !hosts.has(siteOf(url)));
    },
  },
];

function siteOf(url: string | null): string | null {
  return url === null || !URL.canParse(url) ? null : hostOf(url);
}
