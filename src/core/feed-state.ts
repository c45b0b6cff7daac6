import { z } from 'astro/zod';
import { Instant, textUpTo } from './entry.ts';

// Strangers' words all of it: servers' and feeds', and the file lies where others may write too. What cannot be shown as it is
// costs the feed that line, never the run.

/** One line. */
const Line = textUpTo(1_000);
/** As long as a title may be. */
const Title = textUpTo(300);
/** Null where it is none that a page may link to. */
const Link = z
  .url({ protocol: /^https?$/, normalize: true })
  .max(8_192)
  .nullable()
  .catch(null);
/** Missing where no header can hold it. */
const Header = z
  .string()
  .regex(/^[\t -~\u0080-\u00FF]*$/)
  .optional()
  .catch(undefined);

/** What a server gave to ask "has it changed?" with; sent back to the letter. */
export const Validators = z.strictObject({
  etag: Header,
  lastModified: Header,
});
export type Validators = z.infer<typeof Validators>;

/** How often a feed's document wants to be asked. */
export const PollingHints = z.strictObject({
  ttlMinutes: z.number().nullable(),
  /** 0 to 23, in UTC. */
  skipHours: z.array(z.int()),
  /** English names: `Sunday`. */
  skipDays: z.array(z.string()),
});
export type PollingHints = z.infer<typeof PollingHints>;

/** What became of one feed in one snapshot. */
export const OutcomeKind = z.enum(['updated', 'unchanged', 'failed', 'gone', 'held']);
export type OutcomeKind = z.infer<typeof OutcomeKind>;

/** What is wrong with a feed. */
export const FeedProblem = z.strictObject({
  outcome: z.enum(['failed', 'gone', 'held']),
  /** One sentence for people. */
  reason: Line,
  /** When this trouble began; until then all was well. */
  since: Instant,
});
export type FeedProblem = z.infer<typeof FeedProblem>;

/**
 * What the archive remembers of one feed between snapshots. Holds nothing that changes in a run where nothing changed. Archives
 * of the first version are read for ever (tests/fixtures/first-version): a field that comes later has a `.default(…)`.
 */
export const FeedState = z.strictObject({
  /** The address that the rest belongs to: another address in `planet.yaml` starts afresh. */
  url: z.string(),
  validators: Validators,
  /** Not before this, as its server or our back-off has it. Rests of less than an hour are not remembered. */
  askAgainAt: Instant.nullable(),
  /** How often its document wants to be asked (RSS `ttl`, `skipHours`, `skipDays`). */
  manners: PollingHints,
  /** Entries of this feed in the archive: what the build counts against. */
  entries: z.int().nonnegative(),
  /** Its name, as it last said. */
  title: Title.nullable(),
  /** What it says that it is about, in plain text, as it last said; null where it says nothing. */
  description: Line.nullable().default(null),
  /** Its page for people, as it last said. */
  home: Link,
  /** The host that it last came from, after redirects. */
  host: Line.nullable(),
  /** Where its address has moved for good. */
  movedTo: Link,
  /** What was cut off or left out of it, by which rule, and what else its owner could mend: sentences for people. */
  notes: z.array(Line),
  /** The operator has accepted it as it is now: the next reading is not judged. */
  trusted: z.boolean(),
  /** Of entries that the operator rejected, hashes of their ids and of what they say: they never come back. */
  rejected: z.array(z.string()),
  /**
   * Keys (`keyOf`) of the entries of its newest document that was not empty, in its order; after them those that vanished from between
   * these. An entry that comes back under another id is looked for here first.
   */
  lastDocument: z.array(z.string()).default([]),
  /** For entries that it gives under other ids than the archive has: key of its id, key of the archive's. */
  aliases: z.record(z.string(), z.string()).default({}),
  /** Its ids do not tell its entries apart, or are new in each document: they say nothing. */
  idsUnreliable: z.boolean().default(false),
  /** By key, entries of which only a time, a counter or the like changed lately: how often in a row, and when last. */
  stamped: z.record(z.string(), z.strictObject({ times: z.int().positive(), at: Instant })).default({}),
  /** Null while all is well. */
  trouble: FeedProblem.nullable(),
  /** Its copies that were joined before texts were compared were judged once more. */
  copiesJudged: z.boolean().default(false),
  /** Names that it credited entries to and says no more, each with the name that took its place, and when its first entry was first seen. */
  formerAuthors: z
    .record(z.string(), z.strictObject({ now: Title, firstSeen: Instant }))
    .catch({})
    .default({}),
});
export type FeedState = z.infer<typeof FeedState>;

/** `archive/feeds.json`: by feed id. */
export const FeedStates = z.record(z.string(), FeedState);
export type FeedStates = z.infer<typeof FeedStates>;

/** The state of a feed that no snapshot has met yet. */
export function unmet(url: string): FeedState {
  return {
    url,
    validators: {},
    askAgainAt: null,
    manners: { ttlMinutes: null, skipHours: [], skipDays: [] },
    entries: 0,
    title: null,
    description: null,
    home: null,
    host: null,
    movedTo: null,
    notes: [],
    trusted: false,
    rejected: [],
    lastDocument: [],
    aliases: {},
    idsUnreliable: false,
    stamped: {},
    trouble: null,
    copiesJudged: true,
    formerAuthors: {},
  };
}
