import { planetFile } from '../../../src/archive/load-planet.ts';
import { cleanText } from '../../../src/core/clean-text.ts';
import { type CreditRule, namesInTitles } from '../../../src/core/credit.ts';
import { feedAddressKey } from '../../../src/core/entry-keys.ts';
import { OperatorError } from '../../../src/core/operator-error.ts';
import { FeedConfig, type Planet } from '../../../src/core/planet.ts';
import { readPlanet } from '../../../src/core/planet-file.ts';
import { siteName } from '../../../src/core/site-name.ts';
import { countText } from '../../../src/core/text.ts';
import { hostOf } from '../../../src/core/web-address.ts';
import { openTerminal, printError } from '../../cli.ts';
import type { FeedReading } from '../../snapshot/outcome.ts';
import type { FetchContext } from '../../snapshot/refresh.ts';
import type { SanitisedEntry } from '../../snapshot/sanitised-entry.ts';
import type { Overlap } from './checked-feeds.ts';
import { authorRules, fittingRule, namesFor, previewText, shownEntries } from './entry-preview.ts';
import { type DiscoveredFeed, findFeeds, overlapsWith } from './feed-discovery.ts';
import {
  type Draft,
  type FeedLines,
  followedAt,
  type IdsInUse,
  idsInUse,
  newFeedId,
  withFeeds,
} from './planet-text.ts';

/**
 * Finds the feed behind an address. Returns `planet.yaml` with the feed and its line in it, the lines that were added, and more
 * facts for the operator in sentences; throws an `OperatorError` if it cannot be added.
 */
export async function planFor(url: string, { planet, text }: Draft, context: FetchContext, options: AddOptions) {
  const file = planetFile(context.folder);
  const followed = followedAt(url, planet.feeds);
  const search = await findFeeds(url, context, (each) => printError(`trying ${each}`));
  if (followed) {
    const advice = search.kind === 'found' ? await movedAdvice(followed, search, planet, context) : '';
    throw new OperatorError(`${file} already has this feed, as "${followed.id}": ${followed.url}${advice}`);
  }
  if (search.kind === 'failed') throw new OperatorError(`${url}: ${search.why}.`);
  const candidate = await choose(search.candidates, options.feed);
  const { reading } = candidate;
  const overlaps = await overlapsWith(candidate.url, reading, planet, context);
  const twin = overlaps.find(({ sameFeed }) => sameFeed);
  if (twin)
    throw new OperatorError(`${file} already has this feed, as "${twin.feed}"; ${candidate.url} is the same feed.`);
  const lines = proposal(candidate.url, reading, search.page, await idsInUse(planet, context.folder), options);
  const edited = withFeeds(text, [lines]);
  if (edited.kind === 'refused') throw new OperatorError(`${file}: ${edited.why}`);
  const mistakes = mistakesIn(edited.text);
  if (mistakes.length > 0) throw new OperatorError(`${mistakes.join('\n')}\nNothing was written.`);
  const others = search.candidates.filter((each) => each !== candidate);
  const more = others.map((other) => `Another feed of this page: ${feedName(other)}`);
  return { ...edited, lines, reading, notes: [...overlapNotes(overlaps, reading), ...more] };
}

/** The line to write for a followed feed that is elsewhere now. A page may name the feed of another owner. */
async function movedAdvice(
  followed: FeedConfig,
  { candidates: [present], page }: { candidates: DiscoveredFeed[]; page: string | null },
  planet: Planet,
  context: FetchContext,
): Promise<string> {
  if (present === undefined || followedAt(present.url, planet.feeds)) return '';
  const { url, reading } = present;
  const overlaps = page === null ? [] : await overlapsWith(url, reading, planet, context);
  const isSame = page === null || overlaps.some(({ feed, entries }) => feed === followed.id && entries > 0);
  if (isSame) return `; it has moved: write url: ${url}`;
  const name = cleanText(reading.title) || '(no title)';
  return `; its address is now a page that names "${name}". If that is the same blog, write url: ${url}`;
}

/** The file was valid before, so each mistake is in an option of the command. */
function mistakesIn(text: string): string[] {
  const read = readPlanet(text);
  return read.kind === 'planet'
    ? []
    : read.mistakes.map(({ where, what }) => `--${where.replace(/^.*\./, '')}: ${what}`);
}

export interface AddOptions {
  /** One of several feeds: its number or its address. */
  feed?: string;
  id?: string;
  title?: string;
  authors?: FeedConfig['authors'];
}

/** The lines for a new feed. `page` is the web page that named it, if one did. */
function proposal(
  url: string,
  reading: FeedReading,
  page: string | null,
  taken: IdsInUse,
  options: AddOptions,
): FeedLines {
  const title = options.title ?? (cleanText(reading.title) || siteName(reading.from));
  return {
    id: options.id ?? newFeedId(url, [title, hostOf(reading.from)], taken),
    title,
    url,
    ...(reading.home === null && page !== null ? { home: page } : {}),
    authors: options.authors ?? fittingRule(reading.entries),
  };
}

const NEWEST = 5;

export function describePlan(lines: FeedLines, reading: FeedReading, planet: Planet, now: Date): string {
  const feed = { ...FeedConfig.parse({ ...planet.defaults, ...lines }), names: namesInTitles(reading.entries) };
  const newest = shownEntries(reading.entries, feed, planet, now).entries.slice(0, NEWEST);
  const about = [
    `${cleanText(reading.title) || '(no title)'}: ${countText(reading.entries.length, 'entry', 'entries')}`,
    '',
  ];
  const entries = newest.flatMap((entry) => [previewText(entry, feed, planet, now), `    ${byEachRule(entry, feed)}`]);
  return [...about, ...entries].join('\n');
}

function byEachRule(entry: SanitisedEntry, feed: CreditRule): string {
  const names = authorRules.map(({ rule }) => {
    const who = namesFor(entry, { ...feed, authors: rule })
      .map(cleanText)
      .join(', ');
    return `${rule === feed.authors ? `[${rule}]` : rule}: ${who || 'nobody'}`;
  });
  return `authors by ${names.join(' · ')}`;
}

function overlapNotes(overlaps: readonly Overlap[], reading: FeedReading): string[] {
  return overlaps
    .filter(({ entries }) => entries > 0)
    .map(
      ({ feed, entries }) =>
        `In ${feed} too, and shown once: ${entries} of its ${countText(reading.entries.length, 'entry', 'entries')}.`,
    );
}

/** By the option, else the only feed that is not of comments, else by a question. Throws if none is chosen. */
async function choose(candidates: readonly DiscoveredFeed[], option: string | undefined): Promise<DiscoveredFeed> {
  const list = candidates.map((candidate, index) => `  ${index + 1}  ${feedName(candidate)}`).join('\n');
  if (option !== undefined) {
    const named = byAnswer(candidates, option);
    if (named) return named;
    throw new OperatorError(`There is no feed "${option}". The feeds are:\n${list}`);
  }
  const ofEntries = candidates.filter(({ comments }) => !comments);
  const [only = candidates[0]] = ofEntries;
  if (only && (ofEntries.length === 1 || candidates.length === 1)) return only;
  const terminal = openTerminal();
  if (terminal === null)
    throw new OperatorError(
      `There are several feeds; choose one with "npm run planet -- add ADDRESS --feed NUMBER":\n${list}`,
    );
  try {
    printError(`There are several feeds:\n${list}`);
    const chosen = byAnswer(candidates, await terminal.ask('Which one? '));
    if (chosen) return chosen;
    throw new OperatorError('No feed was chosen; nothing was written.');
  } finally {
    terminal.close();
  }
}

function byAnswer(candidates: readonly DiscoveredFeed[], answer: string): DiscoveredFeed | undefined {
  if (/^\d+$/.test(answer.trim())) return candidates[Number(answer) - 1];
  return candidates.find(({ url }) => feedAddressKey(url) === feedAddressKey(answer.trim()));
}

function feedName({ url, reading, comments }: DiscoveredFeed): string {
  const entries = countText(reading.entries.length, 'entry', 'entries');
  return `${cleanText(reading.title) || '(no title)'}, ${entries}${comments ? ' of comments' : ''}: ${url}`;
}
