import { z } from 'astro/zod';
import { Instant } from './entry.ts';

/** What a server gave to ask "has it changed?" with; sent back to the letter. */
export const Validators = z.strictObject({
  etag: z.string().optional(),
  lastModified: z.string().optional(),
});
export type Validators = z.infer<typeof Validators>;

/** What became of one feed in one snapshot. */
export const OutcomeKind = z.enum(['updated', 'unchanged', 'failed', 'gone', 'held']);
export type OutcomeKind = z.infer<typeof OutcomeKind>;

/** What the archive remembers of one feed between snapshots. Holds nothing that changes in a run where nothing changed. */
export const FeedState = z.strictObject({
  /** The address that `validators` belong to: another address in `planet.yaml` starts afresh. */
  url: z.string(),
  validators: Validators,
  /** Entries of this feed in the archive: what the build counts against. */
  entries: z.int().nonnegative(),
  /** The feed's page, as it last said. */
  home: z.string().nullable(),
  /** Null while all is well. */
  trouble: z
    .strictObject({
      outcome: OutcomeKind,
      /** One sentence for people. */
      reason: z.string(),
      /** When this trouble began. */
      since: Instant,
    })
    .nullable(),
});
export type FeedState = z.infer<typeof FeedState>;

/** `archive/feeds.json`: by feed id. */
export const FeedStates = z.record(z.string(), FeedState);
export type FeedStates = z.infer<typeof FeedStates>;
