import { z } from 'astro/zod';
import { AVATAR_HASH } from './avatar-files.ts';
import { Instant, textUpTo, WebAddress } from './entry.ts';
import { Validators } from './feed-state.ts';

/** A picture that the snapshot fetches: where it is, what is kept of it, and when it was last looked for. */
export const Avatar = z.strictObject({
  /** Id of the feed whose picture it is, or that shows its author; null where `planet.yaml` has it for an author. */
  feed: z.string().nullable(),
  /** Key (`nameKey`) of whose picture it is; null for the feed's own. */
  author: z.string().nullable(),
  /** Addresses, best first: the first that leads to a picture counts. */
  urls: z.array(WebAddress).min(1),
  /** The one that the kept picture came from, and what its server gave to ask "has it changed?" with. */
  from: WebAddress.nullable(),
  validators: Validators,
  /** Of the bytes of both kept files, which are named by it; null until there is one. */
  hash: z.string().regex(AVATAR_HASH).nullable(),
  checkedAt: Instant.nullable(),
  /** Whether all was well with these very addresses when it was last looked for. */
  settled: z.boolean(),
  /** Why there is no newer picture, in a sentence; null where all is well. */
  problem: textUpTo(300).nullable(),
});
export type Avatar = z.infer<typeof Avatar>;
