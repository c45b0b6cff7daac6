import { z } from 'astro/zod';

const inFolder = '(?![\\\\/])(?![a-zA-Z]:)(?!(.*[\\\\/])?\\.\\.([\\\\/]|$)).';

/** What the JSON Schema says of a value that the checks below look at more closely: never more than they want. */
const asPattern = {
  webAddress: '^[hH][tT][tT][pP][sS]?://[^/?#]',
  secureAddress: '^[hH][tT][tT][pP][sS]://[^/?#]',
  text: '\\S',
  inFolder: `^${inFolder}`,
  feedAddress: `^([hH][tT][tT][pP][sS]?://[^/?#]|(?![a-zA-Z][a-zA-Z0-9+.-]*:)${inFolder})`,
};

const webAddress = z
  .string()
  .refine(isWebAddress, 'is not an address; write it in full: https://example.org/')
  .meta({ pattern: asPattern.webAddress });

const language = z
  .string()
  .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'is not a language as HTML writes it: en, pt-BR, zh-Hant');

const text = z.string().trim().min(1, 'is empty; write some text').meta({ pattern: asPattern.text });

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

/** Endings of files that every browser shows as a picture. */
export const PICTURES = ['.avif', '.gif', '.jpeg', '.jpg', '.png', '.svg', '.webp'] as const;

function isPicture(path: string): boolean {
  return PICTURES.some((ending) => path.toLowerCase().endsWith(ending));
}

const words = z.array(text).default([]);

export const FeedConfig = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not an id; use lower-case letters, digits and single hyphens: planet-python')
    .describe("Names the feed in the archive and in its page's address; never changes."),
  title: text.describe('Its name for people.'),
  url: z
    .string()
    .refine(
      isFeedAddress,
      'is not an address; write https://… or http://…, or the path of a file in this folder: feeds/mine.xml',
    )
    .meta({ pattern: asPattern.feedAddress })
    .describe('Where to read it: a web address, or the path of a file in this folder. Unlike the id it may change.'),
  home: webAddress.optional().describe('Its page for people, where the feed does not say it rightly.'),
  authors: z
    .enum(['entry', 'title', 'feed'])
    .default('entry')
    .describe(
      'Who wrote an entry: `entry` as the entry says, `title` as its title begins ("Author: Title"), `feed` always the feed\'s title.',
    ),
  content: z.enum(['full', 'excerpt', 'title']).default('full').describe('How much of an entry the site shows.'),
  include: words.describe(
    'Of its entries the site shows those that have one of these words in title, summary or categories; all, where there is none.',
  ),
  exclude: words.describe('And none that has one of these.'),
  paused: z.boolean().default(false).describe('Not asked any more; what the archive holds of it stays on the site.'),
  index: z
    .boolean()
    .default(false)
    .describe("Whether search engines may list its entries' pages here: for a blogger who wants that."),
  language: language
    .optional()
    .describe("Its entries' language, where it is not the planet's and the feed does not say."),
});
export type FeedConfig = z.infer<typeof FeedConfig>;

/** Someone whom the planet shows, where the feeds do not say it all, or say it in several ways. */
export const AuthorConfig = z.strictObject({
  name: text.describe('As the site shows it.'),
  aliases: z.array(text).default([]).describe('Other names under which feeds credit the same person.'),
  home: webAddress.optional().describe("The person's own page."),
  avatar: z
    .string()
    .refine(isInFolder, 'is not a path in this folder; write it like avatars/ada.png')
    .refine(isPicture, 'is not a picture; use a file that ends in .png, .jpg, .webp, .avif, .gif or .svg')
    .meta({ pattern: asPattern.inFolder })
    .optional()
    .describe("A picture: a file in the operator's folder."),
  bio: text.optional().describe('A sentence or two, plain text.'),
});
export type AuthorConfig = z.infer<typeof AuthorConfig>;

const count = z.int().min(1, 'is too small; write 1 or more');

export const Owner = z.strictObject({
  name: text.describe('As people and feed readers are told it.'),
  url: webAddress.optional().describe("The owner's own page."),
  email: z.email('is not an e-mail address').optional().describe('Published in the feeds; may be left out.'),
});

export const River = z.strictObject({
  entriesPerFeed: count.default(3).describe('The newest so many of each feed.'),
  entries: count.default(60).describe('The most on the page.'),
});

export const Hide = z.strictObject({
  entries: z.array(text).default([]).describe('Permalinks: our own addresses of entries.'),
  authors: z.array(text).default([]).describe('Names of authors.'),
});

/** How the site looks: each is a file of `src/styles/themes/`. */
const Theme = z.enum(
  ['brass', 'meridian', 'letterpress'],
  'is not one of: brass, meridian, letterpress; to change single colours, put a theme.css beside this file',
);
export type Theme = z.infer<typeof Theme>;

/** `planet.yaml`: one planet. Strict, so that a typo is an error, and without unions, so that an error has one place. */
export const Planet = z.strictObject({
  title: text.describe('The name at the top of every page.'),
  description: text.describe('One sentence for search engines, feed readers and people who are new here.'),
  site: webAddress
    .refine((url) => !/[?#]/.test(url), 'is the address of a folder; leave out ? and # and what follows')
    .describe('Where the site will stand, path included (`https://example.org/planet/`).'),
  language: language.default('en').describe("Of the site's own words."),
  timezone: z
    .string()
    .refine(isTimezone, 'is not a time zone; write an IANA name: UTC, Europe/Amsterdam, America/New_York')
    .default('UTC')
    .describe('IANA name. Days begin and times are told in it.'),
  layout: z
    .enum(['entry', 'month'])
    .default('entry')
    .describe(
      'Whether every entry has a page of its own (`entry`), or those of past years are anchors in the page of their month (`month`): a large planet then fits a host that counts files.',
    ),
  readEvery: z
    .int()
    .min(1, 'is too small; write 1 or more minutes')
    .optional()
    .describe('How many minutes lie between two runs of your schedule. The site says so; it sets no schedule.'),
  theme: Theme.default('brass').describe('How it looks. A file theme.css in this folder changes single colours.'),
  hub: z
    .string()
    .refine(
      (url) => isWebAddress(url) && /^https:/i.test(url),
      'is not the address of a hub; write it in full: https://hub.example/',
    )
    .meta({ pattern: asPattern.secureAddress })
    .optional()
    .describe('A WebSub hub, which tells readers at once when something is new.'),
  owner: Owner.optional().describe('Who runs the planet.'),
  river: River.prefault({}).describe('The front page.'),
  hide: Hide.prefault({}).describe('What the site does not show, though the archive holds it.'),
  authors: z
    .array(AuthorConfig)
    .default([])
    // Also where an author or a feed has other mistakes: all are told at once.
    .superRefine(everyNameOnce, { when: ({ value }) => Array.isArray(value) })
    .describe('People about whom there is more to say than their feeds do.'),
  feeds: z
    .array(FeedConfig)
    .min(1, 'is empty; follow at least one feed')
    .superRefine(everyOneOnce, { when: ({ value }) => Array.isArray(value) })
    .describe('What the planet follows, in the order in which people see it.'),
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

function everyNameOnce(authors: Partial<AuthorConfig>[], ctx: z.RefinementCtx): void {
  const first = new Map<string, number>();
  for (const [index, author] of authors.entries()) {
    const aliases = Array.isArray(author?.aliases) ? author.aliases : [];
    for (const [place, each] of [author?.name, ...aliases].entries()) {
      if (typeof each !== 'string') continue;
      const before = first.get(each.toLowerCase());
      const path = place === 0 ? [index, 'name'] : [index, 'aliases', place - 1];
      if (before === undefined) first.set(each.toLowerCase(), index);
      else if (before !== index) ctx.addIssue({ code: 'custom', path, message: `is a name of authors[${before}] too` });
    }
  }
}
