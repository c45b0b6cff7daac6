import { z } from 'astro/zod';
import { Instant, textUpTo } from './entry.ts';
import type { FeedConfig } from './planet.ts';
import { decidingWord, storedObject } from './stored-object.ts';

// All texts come from servers and feeds, and others may write to the file. A value that cannot be shown is dropped; it never
// stops the run.

const Line = textUpTo(1_000);

const Title = textUpTo(300);

/** An address for links; null if it is not safe to link to. */
const Link = z
  .url({ protocol: /^https?$/, normalize: true })
  .max(8_192)
  .nullable()
  .catch(null);

/** The value of an HTTP header; missing if a header cannot have it. */
const Header = z
  .string()
  .regex(/^[\t -~\u0080-\u00FF]*$/)
  .optional()
  .catch(undefined);

/** The validators of a conditional request (https://www.rfc-editor.org/rfc/rfc9110#section-8.8), sent back unchanged. */
export const Validators = storedObject({ etag: Header, lastModified: Header });
export type Validators = z.infer<typeof Validators>;

/** How often a feed wants to be read: RSS `ttl`, `skipHours` and `skipDays`. */
export const PollingHints = storedObject({
  ttlMinutes: z.number().nullable(),
  /** 0 to 23, in UTC. */
  skipHours: z.array(z.int()),
  /** English names: `Sunday`. */
  skipDays: z.array(z.string()),
});
export type PollingHints = z.infer<typeof PollingHints>;

export const OutcomeKind = z.enum(['updated', 'unchanged', 'failed', 'gone', 'held']);
export type OutcomeKind = z.infer<typeof OutcomeKind>;

/** A problem of a feed that lasts. */
export const FeedProblem = storedObject({
  outcome: decidingWord(['failed', 'gone', 'held']),
  /** One sentence for people. */
  reason: Line,
  /** The first snapshot with this problem. */
  since: Instant,
});
export type FeedProblem = z.infer<typeof FeedProblem>;

/**
 * The state of one feed between snapshots. A run without news must not change any field. All versions must read the
 * archives of the first one (tests/fixtures/first-version): new fields need a `.default(…)`; and those of the newest, as for `EntryMetadata`.
 */
export const FeedState = storedObject({
  /** The address that the validators and problems belong to. With a new address in `planet.yaml` they are dropped. */
  url: z.string(),
  validators: Validators,
  /** Since when its validators are trusted: the time of its last whole answer, which changes only with them or once a week. Missing before the first. */
  wholeAt: Instant.optional(),
  /** Its earlier addresses in `planet.yaml`, with the home at that time. Missing in most. */
  formerly: z.array(storedObject({ url: z.string(), home: Link })).optional(),
  /** The time before which the feed must not be read, by its server or by our backoff. Waits of an hour or less are not stored. */
  askAgainAt: Instant.nullable(),
  /** Polling hints of its newest document. */
  manners: PollingHints,
  /** The number of its entries in the archive. The build stops if the archive holds fewer. */
  entries: z.int().nonnegative(),
  /** The feed's own title, from its newest document. */
  title: Title.nullable(),
  /** The feed's description in plain text, from its newest document; null if it has none. */
  description: Line.nullable().default(null),
  /** The feed's own web page, from its newest document. */
  home: Link,
  /** The host of its last document, after redirects; null for a file, and before the first document from `url`. */
  host: Line.nullable(),
  /** The target of a permanent redirect. */
  movedTo: Link,
  /** Sentences for people: content that was cut or left out, with the rule, and mistakes that the feed's owner can correct. */
  notes: z.array(Line),
  /** Whether the operator has accepted its content: the next reading is not held. */
  trusted: z.boolean(),
  /** Hashes of the ids and texts of rejected entries, which must not come back. */
  rejected: z.array(z.string()),
  /** Keys of its newest non-empty document, then of vanished entries: a new entry may be one of them with another id. */
  lastDocument: z.array(z.string()).default([]),
  /** For entries with another id in the feed than in the archive: the key of the feed's id, and the key of the archive's. */
  aliases: z.record(z.string(), z.string()).default({}),
  /** Whether its ids are useless: the same for several entries, or new in each document. */
  idsUnreliable: z.boolean().default(false),
  /** By key, entries in which only a time or counter changed: how many times in a row, and when last. */
  stamped: z.record(z.string(), storedObject({ times: z.int().positive(), at: Instant })).default({}),
  /** Its problem; null if there is none. */
  trouble: FeedProblem.nullable(),
  /** Whether copies from before texts were compared have been checked again. */
  copiesJudged: z.boolean().default(false),
  /** The title in `planet.yaml` that its entries are credited to; missing without `authors: feed`. */
  creditedTo: Title.optional(),
  /** Author names that it no longer uses, each with the name that replaced it and the earliest `firstSeen` of its entries. */
  formerAuthors: z
    .record(z.string(), storedObject({ now: Title, firstSeen: Instant }))
    .catch({})
    .default({}),
});
export type FeedState = z.infer<typeof FeedState>;

/** The content of `archive/feeds.json`: states by feed id. */
export const FeedStates = z.record(z.string(), FeedState);
export type FeedStates = z.infer<typeof FeedStates>;

/** A copy in which a missing feed has no state, also one with the id `constructor`, which every other object has. */
export function copyStates(states: FeedStates): FeedStates {
  return Object.assign(Object.create(null), states);
}

export function newFeedState(url: string): FeedState {
  return FeedState.parse({
    url,
    validators: {},
    askAgainAt: null,
    manners: { ttlMinutes: null, skipHours: [], skipDays: [] },
    entries: 0,
    title: null,
    home: null,
    host: null,
    movedTo: null,
    notes: [],
    trusted: false,
    rejected: [],
    trouble: null,
    copiesJudged: true,
  });
}

const MOST_ADDRESSES = 10;

/** The state of a feed at its present address: a new address keeps only the fields that belong to the entries. */
export function stateForAddress(state: FeedState | undefined, url: string): FeedState {
  if (state === undefined || state.url === url) return state ?? newFeedState(url);
  const { validators, askAgainAt, manners, host, movedTo, notes, trusted, stamped } = newFeedState(url);
  const ofDocument = { url, validators, askAgainAt, manners, host, movedTo, notes, trusted, stamped };
  const others = (state.formerly ?? []).filter((each) => each.url !== url && each.url !== state.url);
  const formerly = [...others, { url: state.url, home: state.home }].slice(-MOST_ADDRESSES);
  return { ...state, ...ofDocument, formerly, trouble: heldProblem(state) };
}

export function heldProblem({ trouble }: FeedState): FeedProblem | null {
  return trouble?.outcome === 'held' ? trouble : null;
}

/** The state that pages and reports show: null before the first reading. Of a feed that is `gone` in planet.yaml, failures are no news any more. */
export function reportedState({ url, gone }: Pick<FeedConfig, 'url' | 'gone'>, state?: FeedState): FeedState | null {
  if (state === undefined) return null;
  const current = stateForAddress(state, url);
  return gone ? { ...current, trouble: heldProblem(current), movedTo: null } : current;
}

/** The time at which a feed with this newest entry becomes inactive: when that is older than 180 days. In milliseconds since 1970. */
export function inactiveFrom(newest: string | number): number {
  return new Date(newest).getTime() + 180 * 86_400_000 + 1;
}
