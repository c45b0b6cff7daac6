import { z } from 'astro/zod';
import {
  addressValue,
  avatarValue,
  isFeedAddress,
  isTimezone,
  isWebAddress,
  languageValue,
  patterns,
  refuseSharedIds,
  refuseSharedNames,
  refuseTwice,
  siteValue,
  textValue,
} from './planet-values.ts';

const words = z.array(textValue).default([]);

export const FeedConfig = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not an id; use lower-case letters, digits and single hyphens: planet-python')
    .describe('The name of the feed in the archive and in addresses. Never change it.'),
  title: textValue.describe('The title that people see.'),
  url: z
    .string()
    .refine(
      isFeedAddress,
      'is not an address; write https://… or http://…, or the path of a file in this folder: feeds/mine.xml',
    )
    .meta({ pattern: patterns.feedAddress })
    .describe('The address of the feed, or the path of a file in this folder. Unlike the id, it may change.'),
  home: addressValue.optional().describe('Its web page, if the feed does not give the right one.'),
  avatar: avatarValue
    .optional()
    .describe('A picture, if the feed has none or another: a file in this folder, or the address of one.'),
  authors: z
    .enum(['entry', 'title', 'feed'])
    .default('entry')
    .describe(
      'The author of an entry: from the entry (`entry`), from its title (`title`: "Author: Title"), or always the feed\'s title (`feed`).',
    ),
  content: z.enum(['full', 'excerpt', 'title']).default('full').describe('How much of an entry the site shows.'),
  include: words.describe(
    'Show only entries with any of these words in title, summary or categories. Without words, show all.',
  ),
  exclude: words.describe('Hide entries with any of these words in title, summary or categories.'),
  by: words.describe(
    'Show only entries by any of these authors: names as the site shows them, or aliases. Without names, show all.',
  ),
  notBy: words.describe('Hide entries by any of these authors: names as the site shows them, or aliases.'),
  paused: z.boolean().default(false).describe('No longer read. Its entries stay on the site.'),
  gone: z
    .boolean()
    .default(false)
    .describe('Its blog is dead, or its site belongs to somebody else: as paused, and the planet does not link there.'),
  index: z
    .boolean()
    .default(false)
    .describe('Whether search engines may list the pages of its entries here, if the blogger wants that.'),
  language: languageValue
    .optional()
    .describe('The language of its entries, if neither the entries nor the feed name one.'),
  only: z
    .array(languageValue)
    .default([])
    .describe(
      'Show only its entries in these languages, and entries of unknown language. If the list is empty, show all.',
    ),
});
export type FeedConfig = z.infer<typeof FeedConfig>;

/** Settings of feeds that can hold for all of them. */
const Defaults = FeedConfig.pick({
  ...{ authors: true, content: true, include: true, exclude: true, index: true, only: true },
});

export const AuthorConfig = z.strictObject({
  name: textValue.describe('The name that the site shows.'),
  aliases: z.array(textValue).default([]).describe('Other names of the same person in feeds.'),
  home: addressValue.optional().describe("The person's own page."),
  avatar: avatarValue.optional().describe("A picture: a file in the operator's folder, or the address of one."),
  bio: textValue.optional().describe('A sentence or two, plain text.'),
});
export type AuthorConfig = z.infer<typeof AuthorConfig>;

const count = z.int().min(1, 'is too small; write 1 or more');

export const Owner = z.strictObject({
  name: textValue.describe('The name that people and feed readers see.'),
  url: addressValue.optional().describe("The owner's own page."),
  email: z.email('is not an e-mail address').optional().describe('Optional; published in the feeds.'),
});

export const River = z.strictObject({
  entriesPerFeed: count.default(3).describe('The most entries of one feed on the page.'),
  entries: count.default(60).describe('The most entries on the page.'),
});

const Hide = z.strictObject({
  entries: z.array(textValue).default([]).describe('Permalinks of entries: their addresses on this site.'),
  authors: z.array(textValue).default([]).describe('Names of authors.'),
});

const THEMES = ['brass', 'meridian', 'letterpress', 'ephemeris'] as const;
/** The look of the site: a file in `src/styles/themes/`. */
export const Theme = z.enum(
  THEMES,
  `is not one of: ${THEMES.join(', ')}; to change single colours, put a theme.css beside this file`,
);
export type Theme = z.infer<typeof Theme>;

/** The settings in `planet.yaml`. Strict, so that a typo is an error; without unions, so that each mistake has one place. */
export const Planet = z.strictObject({
  title: textValue.describe('The name at the top of every page.'),
  description: textValue.describe('One sentence for search engines, feed readers and people who are new here.'),
  site: siteValue.describe('The address of the site, with its path (`https://example.org/planet/`).'),
  idsFrom: siteValue
    .optional()
    .describe('The first address of a site that has moved: feed readers know entries by ids that begin with it.'),
  language: languageValue.default('en').describe("The language of the site's own texts."),
  languages: z
    .array(languageValue)
    .superRefine(refuseTwice, { when: ({ value }) => Array.isArray(value) })
    .default([])
    .describe('Languages that each get a river and feeds of their own.'),
  timezone: z
    .string()
    .refine(isTimezone, 'is not a time zone; write an IANA name: UTC, Europe/Amsterdam, America/New_York')
    .default('UTC')
    .describe('The IANA name of the time zone for days and times.'),
  layout: z
    .enum(['entry', 'month'])
    .default('entry')
    .describe(
      'Whether every entry has its own page (`entry`), or entries of past years are anchors in the page of their month (`month`), so that a large planet fits a host that limits the number of files.',
    ),
  readEvery: z
    .int()
    .min(1, 'is too small; write 1 or more minutes')
    .optional()
    .describe('Minutes between two runs of your schedule. The site shows it; it sets no schedule.'),
  theme: Theme.default('brass').describe(
    'The look of the site. A file theme.css in this folder changes single colours.',
  ),
  hub: z
    .string()
    .refine(
      (url) => isWebAddress(url) && /^https:/i.test(url),
      'is not the address of a hub; write it in full: https://hub.example/',
    )
    .meta({ pattern: patterns.secureAddress })
    .optional()
    .describe('A WebSub hub, which tells feed readers at once about new entries.'),
  owner: Owner.optional().describe('Who runs the planet.'),
  avatars: z
    .boolean()
    .default(true)
    .describe('Whether the snapshot fetches pictures of feeds and authors, and the site shows them.'),
  river: River.prefault({}).describe('The front page.'),
  hide: Hide.prefault({}).describe('Entries and authors of the archive that the site does not show.'),
  authors: z
    .array(AuthorConfig)
    .default([])
    // `when`: also if there are other mistakes, so that all are reported at once.
    .superRefine(refuseSharedNames, { when: ({ value }) => Array.isArray(value) })
    .describe('Details of authors that their feeds do not give.'),
  defaults: Defaults.prefault({}).describe('Settings of all feeds that do not have them themselves.'),
  feeds: z
    .array(FeedConfig)
    .min(1, 'is empty; follow at least one feed')
    .superRefine(refuseSharedIds, { when: ({ value }) => Array.isArray(value) })
    .describe('The feeds that the planet follows, in the order in which people see them.'),
});
export type Planet = z.infer<typeof Planet>;
