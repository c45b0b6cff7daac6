import slugify from '@sindresorhus/slugify';
import { planetFile } from '../../../src/archive/load-planet.ts';
import { cleanText } from '../../../src/core/clean-text.ts';
import { credit } from '../../../src/core/credit.ts';
import { counted } from '../../../src/core/periods.ts';
import { FeedConfig, type Planet } from '../../../src/core/planet.ts';
import { type Mistake, mistakeText, readPlanet } from '../../../src/core/planet-file.ts';
import { hostOf } from '../../../src/core/web-address.ts';
import { printError } from '../../cli.ts';
import type { FeedReading } from '../../snapshot/outcome.ts';
import type { FetchContext } from '../../snapshot/refresh.ts';
import type { SanitisedEntry } from '../../snapshot/sanitised-entry.ts';
import { authorRules, fittingRule } from '../authors.ts';
import type { Overlap } from './checked-feeds.ts';
import { choose, feedName } from './choose-feeds.ts';
import { followedAt, idsInUse } from './context.ts';
import { preview, previewText, shownEntries } from './entry-preview.ts';
import { findFeeds, overlapsWith } from './feed-discovery.ts';
import type { FeedLines } from './feed-formats.ts';
import { withFeeds } from './planet-text.ts';

/** A feed that can be added, and `planet.yaml` with it. */
export interface Plan {
  kind: 'plan';
  lines: FeedLines;
  reading: FeedReading;
  /** More facts for the operator, in sentences. */
  notes: string[];
  text: string;
  /** The line of the feed in `planet.yaml`. */
  line: number;
}

interface Refused {
  kind: 'refused';
  why: string;
}

/** Finds the feed behind an address. Returns the lines for `planet.yaml`, or the reason why the feed cannot be added. */
export async function planFor(
  url: string,
  { planet, text }: Extract<Draft, { kind: 'draft' }>,
  context: FetchContext,
  options: AddOptions,
): Promise<Plan | Refused> {
  const file = planetFile(context.folder);
  const known = followedAt(url, planet.feeds);
  if (known) return refused(`${file} already has this feed, as "${known.id}": ${known.url}`);
  const search = await findFeeds(url, context, (each) => printError(`trying ${each}`));
  if (search.kind === 'failed') return refused(`${url}: ${search.why}.`);
  const choice = await choose(search.candidates, options.feed);
  if (choice.kind === 'open') return refused(choice.why);
  const { candidate, others } = choice;
  const { reading } = candidate;
  const overlaps = await overlapsWith(candidate.url, reading, planet, context);
  const twin = overlaps.find(({ sameFeed }) => sameFeed);
  if (twin) return refused(`${file} already has this feed, as "${twin.feed}"; ${candidate.url} is the same feed.`);
  const lines = proposal(candidate.url, reading, search.page, await idsInUse(planet, context.folder), options);
  const edited = withFeeds(text, [lines]);
  if (edited.kind === 'refused') return refused(`${file}: ${edited.why}`);
  const mistakes = mistakesIn(edited.text);
  if (mistakes.length > 0) return refused(`${mistakes.join('\n')}\nNothing was written.`);
  const more = others.map((other) => `Another feed of this page: ${feedName(other)}`);
  return { ...edited, kind: 'plan', lines, reading, notes: [...overlapNotes(overlaps, reading), ...more] };
}

function refused(why: string): Refused {
  return { kind: 'refused', why };
}

/** The file was valid before, so each mistake is in an option of the command. */
function mistakesIn(text: string): string[] {
  const read = readPlanet(text);
  return read.kind === 'planet'
    ? []
    : read.mistakes.map(({ where, what }) => `--${where.replace(/^.*\./, '')}: ${what}`);
}

/** A `planet.yaml` to which a feed can be added. It may have no feeds yet. */
type Draft = { kind: 'draft'; text: string; planet: Planet } | { kind: 'mistakes'; problems: string[] };

const placeholder = { id: 'nobody-yet', title: 'Nobody yet', url: 'https://nobody.invalid/' };

export function draftPlanet(text: string | null, name: string): Draft {
  if (text === null)
    return {
      kind: 'mistakes',
      problems: [`${name}: there is no such file; set PLANET_CONTENT to its folder`],
    };
  const read = readPlanet(text);
  if (read.kind === 'planet') return { kind: 'draft', text, planet: read.planet };
  const edited = withFeeds(text, [placeholder]);
  const again = edited.kind === 'text' ? readPlanet(edited.text) : read;
  if (again.kind === 'planet' && again.planet.feeds.length === 1) {
    return { kind: 'draft', text, planet: { ...again.planet, feeds: [] } };
  }
  return { kind: 'mistakes', problems: read.mistakes.map((mistake: Mistake) => mistakeText(name, mistake)) };
}

/** The options of the command. */
export interface AddOptions {
  /** One of several feeds: its number or its address. */
  feed?: string;
  id?: string;
  title?: string;
  authors?: FeedConfig['authors'];
}

/** The lines for a new feed. `page` is the page that named it. */
function proposal(
  url: string,
  reading: FeedReading,
  page: string | null,
  taken: ReadonlySet<string>,
  options: AddOptions,
): FeedLines {
  const title = options.title ?? (cleanText(reading.title) || hostOf(reading.from));
  return {
    id: options.id ?? freeId([title, hostOf(reading.from)], taken),
    title,
    url,
    ...(reading.home === null && page !== null ? { home: page } : {}),
    authors: options.authors ?? fittingRule(reading.entries),
  };
}

/** An unused id, made from the first text that has letters or digits. */
export function freeId(words: readonly string[], taken: ReadonlySet<string>): string {
  const id = words.map(shortSlug).find((slug) => slug !== '') ?? 'feed';
  if (!taken.has(id)) return id;
  for (let number = 2; ; number++) if (!taken.has(`${id}-${number}`)) return `${id}-${number}`;
}

const LONGEST = 40;

function shortSlug(words: string): string {
  const slug = slugify(words, { decamelize: false });
  if (slug.length <= LONGEST) return slug;
  return slug
    .slice(0, LONGEST + 1)
    .replace(/-[^-]*$/, '')
    .slice(0, LONGEST);
}

const NEWEST = 5;

/** The newest entries of a feed as the planet would show them, and their authors by each rule. */
export function describePlan(lines: FeedLines, reading: FeedReading, planet: Planet, now: Date): string {
  const feed = FeedConfig.parse(lines);
  const newest = shownEntries(reading.entries, feed, planet, now).entries.slice(0, NEWEST);
  const about = [
    `${cleanText(reading.title) || '(no title)'}: ${counted(reading.entries.length, 'entry', 'entries')}`,
    '',
  ];
  const entries = newest.flatMap((entry) => [
    previewText(preview(entry, feed, planet, now)),
    `    ${byEachRule(entry, feed)}`,
  ]);
  return [...about, ...entries].join('\n');
}

function byEachRule(entry: SanitisedEntry, feed: FeedConfig): string {
  const names = authorRules.map(({ rule }) => {
    const { authors, title } = credit(entry, { title: feed.title, authors: rule });
    const split = rule !== 'title' || title !== entry.title;
    const who = split ? authors.map(({ name }) => cleanText(name)).join(', ') : '';
    return `${rule === feed.authors ? `[${rule}]` : rule}: ${who || 'nobody'}`;
  });
  return `authors by ${names.join(' · ')}`;
}

/** Sentences about entries that other feeds have too. */
function overlapNotes(overlaps: readonly Overlap[], reading: FeedReading): string[] {
  return overlaps
    .filter(({ entries }) => entries > 0)
    .map(
      ({ feed, entries }) =>
        `${entries} of its ${reading.entries.length} entries are in ${feed} too; each is shown once.`,
    );
}
