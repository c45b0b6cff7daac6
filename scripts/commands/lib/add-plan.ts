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
import { preview, previewEntry, previewText } from './entry-preview.ts';
import { common, findFeeds } from './feed-discovery.ts';
import type { FeedLines } from './feed-formats.ts';
import { withFeeds } from './planet-text.ts';

/** A feed that can be added, and `planet.yaml` with it. */
export interface Plan {
  kind: 'plan';
  lines: FeedLines;
  reading: FeedReading;
  /** What the operator should know besides. */
  notes: string[];
  text: string;
  /** Of `planet.yaml`: where the feed stands. */
  line: number;
}

interface Refused {
  kind: 'refused';
  why: string;
}

/** What adding the feed behind an address comes to, or why it cannot be added. */
export async function planFor(
  url: string,
  { planet, text }: Extract<Draft, { kind: 'draft' }>,
  means: FetchContext,
  wishes: Wishes,
): Promise<Plan | Refused> {
  const file = planetFile(means.folder);
  const known = followedAt(url, planet.feeds);
  if (known) return refused(`${file} follows it already, as "${known.id}": ${known.url}`);
  const search = await findFeeds(url, means, (each) => printError(`asking ${each}`));
  if (search.kind === 'failed') return refused(`${url}: ${search.why}.`);
  const choice = await choose(search.candidates, wishes.feed);
  if (choice.kind === 'open') return refused(choice.why);
  const { candidate, others } = choice;
  const { reading } = candidate;
  const overlaps = await common(candidate.url, reading, planet, means);
  const twin = overlaps.find(({ sameFeed }) => sameFeed);
  if (twin) return refused(`${file} follows it already, as "${twin.feed}"; ${candidate.url} is the same feed.`);
  const lines = proposal(candidate.url, reading, search.page, await idsInUse(planet, means.folder), wishes);
  const longer = withFeeds(text, [lines]);
  if (longer.kind === 'refused') return refused(`${file}: ${longer.why}`);
  const mistakes = mistakesIn(longer.text);
  if (mistakes.length > 0) return refused(`${mistakes.join('\n')}\nNothing was written.`);
  const more = others.map((other) => `There is another: ${feedName(other)}`);
  return { ...longer, kind: 'plan', lines, reading, notes: [...shared(overlaps, reading), ...more] };
}

function refused(why: string): Refused {
  return { kind: 'refused', why };
}

/** All else was right before: what is wrong now is what the operator wished. */
function mistakesIn(text: string): string[] {
  const read = readPlanet(text);
  return read.kind === 'planet'
    ? []
    : read.mistakes.map(({ where, what }) => `--${where.replace(/^.*\./, '')}: ${what}`);
}

/** A `planet.yaml` that a feed can be added to. Following nobody yet is no mistake here. */
type Draft = { kind: 'draft'; text: string; planet: Planet } | { kind: 'mistakes'; told: string[] };

const stranger = { id: 'nobody-yet', title: 'Nobody yet', url: 'https://nobody.invalid/' };

export function draftPlanet(text: string | null, name: string): Draft {
  if (text === null)
    return {
      kind: 'mistakes',
      told: [`${name}: there is no such file; PLANET_CONTENT names the folder that holds it`],
    };
  const read = readPlanet(text);
  if (read.kind === 'planet') return { kind: 'draft', text, planet: read.planet };
  const longer = withFeeds(text, [stranger]);
  const again = longer.kind === 'text' ? readPlanet(longer.text) : read;
  if (again.kind === 'planet' && again.planet.feeds.length === 1) {
    return { kind: 'draft', text, planet: { ...again.planet, feeds: [] } };
  }
  return { kind: 'mistakes', told: read.mistakes.map((mistake: Mistake) => mistakeText(name, mistake)) };
}

/** What the operator said already. */
export interface Wishes {
  /** Which of several feeds: its number or its address. */
  feed?: string;
  id?: string;
  title?: string;
  authors?: FeedConfig['authors'];
}

/** The lines that a new feed should have. `page` is the page that led to it. */
function proposal(
  url: string,
  reading: FeedReading,
  page: string | null,
  taken: ReadonlySet<string>,
  wishes: Wishes,
): FeedLines {
  const title = wishes.title ?? (cleanText(reading.title) || hostOf(reading.from));
  return {
    id: wishes.id ?? freeId([title, hostOf(reading.from)], taken),
    title,
    url,
    ...(reading.home === null && page !== null ? { home: page } : {}),
    authors: wishes.authors ?? fittingRule(reading.entries),
  };
}

/** An id that no feed has, from the first of the words that letters and digits can be made of. */
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

/** What the planet would make of a feed: its newest entries, and who wrote them by each rule. */
export function describePlan(lines: FeedLines, reading: FeedReading, planet: Planet, now: Date): string {
  const feed = FeedConfig.parse(lines);
  const newest = previewEntry(reading.entries, feed, planet, now).entries.slice(0, NEWEST);
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

/** What other feeds bring of it already. */
function shared(overlaps: readonly Overlap[], reading: FeedReading): string[] {
  return overlaps
    .filter(({ entries }) => entries > 0)
    .map(
      ({ feed, entries }) =>
        `${entries} of its ${reading.entries.length} entries come by ${feed} too; each is shown once.`,
    );
}
