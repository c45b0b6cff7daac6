import { z } from 'astro/zod';

const webAddress = z.string().refine(isWebAddress, 'is not an address; write it in full: https://example.org/');

const language = z
  .string()
  .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'is not a language as HTML writes it: en, pt-BR, zh-Hant');

const text = z.string().trim().min(1, 'is empty; write some text');

function isTimezone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** One that a browser would open: http(s), with a host. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^/?#]/i.test(url) && URL.canParse(url);
}

/** A web address, or the path of a file inside the operator's folder. */
function isFeedAddress(url: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return isWebAddress(url);
  return isInFolder(url);
}

function isInFolder(path: string): boolean {
  return path !== '' && !/^[\\/]|^[a-z]:/i.test(path) && !path.split(/[\\/]/).includes('..');
}

const words = z.array(text).default([]);

export const FeedConfig = z.strictObject({
  /** Names the feed in the archive and in its page's address; never changes. */
  id: z
    .string()
    .regex(
      /^[a-z0-9]+(-[a-z0-9]+)*$/,
      'is not an id; use lower-case letters, digits and single hyphens: planet-python',
    ),
  title: text,
  /** Where to read it; unlike the id it may change. */
  url: z
    .string()
    .refine(
      isFeedAddress,
      'is not an address; write https://… or http://…, or the path of a file in this folder: feeds/mine.xml',
    ),
  /** Its page for people, where the feed does not say it rightly. */
  home: webAddress.optional(),
  /** Who wrote an entry: `entry` as the entry says, `title` as its title begins ("Author: Title"), `feed` always the feed's title. */
  authors: z.enum(['entry', 'title', 'feed']).default('entry'),
  /** How much of an entry the site shows. */
  content: z.enum(['full', 'excerpt', 'title']).default('full'),
  /** Of its entries the site shows those that have one of these words in title, summary or categories; all, where there is none. */
  include: words,
  /** And none that has one of these. */
  exclude: words,
  /** Not asked any more; what the archive holds of it stays on the site. */
  paused: z.boolean().default(false),
  /** Whether search engines may list its entries' pages here: for a blogger who wants that. */
  index: z.boolean().default(false),
  /** Its entries' language, where it is not the planet's and the feed does not say. */
  language: language.optional(),
});
export type FeedConfig = z.infer<typeof FeedConfig>;

/** Someone whom the planet shows, where the feeds do not say it all, or say it in several ways. */
export const AuthorConfig = z.strictObject({
  /** As the site shows it. */
  name: text,
  /** Other names under which feeds credit the same person. */
  aliases: z.array(text).default([]),
  /** The person's own page. */
  home: webAddress.optional(),
  /** A picture: a file in the operator's folder. */
  avatar: z
    .string()
    .refine(isInFolder, 'is not a path in this folder; write it like avatars/ada.png')
    .regex(
      /\.(?:avif|gif|jpe?g|png|svg|webp)$/i,
      'is not a picture; use a file that ends in .png, .jpg, .webp, .avif, .gif or .svg',
    )
    .optional(),
  /** A sentence or two, plain text. */
  bio: text.optional(),
});
export type AuthorConfig = z.infer<typeof AuthorConfig>;

const count = z.int().min(1, 'is too small; write 1 or more');

export const Owner = z.strictObject({
  name: text,
  url: webAddress.optional(),
  email: z.email('is not an e-mail address').optional(),
});

export const River = z.strictObject({
  /** The newest so many of each feed. */
  entriesPerFeed: count.default(3),
  /** The most on the page. */
  entries: count.default(60),
});

/** What the site does not show, though the archive holds it. */
export const Hide = z.strictObject({
  /** Permalinks: our own addresses of entries. */
  entries: z.array(text).default([]),
  /** Names of authors. */
  authors: z.array(text).default([]),
});

/** `planet.yaml`: one planet. Strict, so that a typo is an error, and without unions, so that an error has one place. */
export const Planet = z.strictObject({
  title: text,
  description: text,
  /** Where the site will stand, path included (`https://example.org/planet/`). */
  site: webAddress.refine((url) => !/[?#]/.test(url), 'is the address of a folder; leave out ? and # and what follows'),
  /** Of the site's own words. */
  language: language.default('en'),
  /** IANA name. Days begin and times are told in it. */
  timezone: z
    .string()
    .refine(isTimezone, 'is not a time zone; write an IANA name: UTC, Europe/Amsterdam, America/New_York')
    .default('UTC'),
  /** A WebSub hub, which tells readers at once when something is new. */
  hub: z
    .string()
    .refine(
      (url) => isWebAddress(url) && /^https:/i.test(url),
      'is not the address of a hub; write it in full: https://hub.example/',
    )
    .optional(),
  /** Who runs the planet. */
  owner: Owner.optional(),
  river: River.prefault({}),
  hide: Hide.prefault({}),
  /** People about whom there is more to say than their feeds do. */
  authors: z.array(AuthorConfig).default([]).superRefine(everyNameOnce),
  feeds: z
    .array(FeedConfig)
    .min(1, 'is empty; follow at least one feed')
    // Also where a feed has other mistakes: all are told at once.
    .superRefine(everyOneOnce, { when: ({ value }) => Array.isArray(value) }),
});
export type Planet = z.infer<typeof Planet>;

function everyOneOnce(feeds: Partial<FeedConfig>[], ctx: z.RefinementCtx): void {
  for (const key of ['id', 'url'] as const) {
    const first = new Map<string, number>();
    for (const [index, feed] of feeds.entries()) {
      const value = feed?.[key];
      if (typeof value !== 'string') continue;
      const before = first.get(value);
      if (before === undefined) first.set(value, index);
      else
        ctx.addIssue({
          code: 'custom',
          path: [index, key],
          message: `is that of feeds[${before}] too; give each feed its own`,
        });
    }
  }
}

function everyNameOnce(authors: AuthorConfig[], ctx: z.RefinementCtx): void {
  const first = new Map<string, number>();
  for (const [index, { name, aliases }] of authors.entries()) {
    for (const [place, each] of [name, ...aliases].entries()) {
      const before = first.get(each.toLowerCase());
      const path = place === 0 ? [index, 'name'] : [index, 'aliases', place - 1];
      if (before === undefined) first.set(each.toLowerCase(), index);
      else if (before !== index) ctx.addIssue({ code: 'custom', path, message: `is a name of authors[${before}] too` });
    }
  }
}
