import { z } from 'astro/zod';
import { AVATAR_HASH } from './avatar-files.ts';
import { Instant, textUpTo, WebAddress } from './entry.ts';
import { Validators } from './feed-state.ts';
import { storedObject } from './stored-object.ts';

/** A picture that the snapshot fetches: its addresses, its stored file, and the time of the last check. */
export const Avatar = storedObject({
  /** The id of the picture's feed, or of the feed that gives the picture of an author; null if `planet.yaml` gives it. */
  feed: z.string().nullable(),
  /** The key (`nameKey`) of the person in the picture; null for the picture of a feed. */
  author: z.string().nullable(),
  /** Addresses, best first. The first with a picture is used. */
  urls: z.array(WebAddress).min(1),
  /** The address of the stored picture. */
  from: WebAddress.nullable(),
  validators: Validators,
  /** The hash of both stored files, which is their name; null before the first picture. */
  hash: z.string().regex(AVATAR_HASH).nullable(),
  checkedAt: Instant.nullable(),
  /** Whether the last check of these addresses had no problem. */
  settled: z.boolean(),
  /** The reason why there is no newer picture, in a sentence; null if there is no problem. */
  problem: textUpTo(300).nullable(),
});

export type Avatar = z.infer<typeof Avatar>;
