import { cleanText } from '../../../src/core/clean-text.ts';
import { type CreditRule, creditOf, namesInTitles } from '../../../src/core/credit.ts';
import { dayOf } from '../../../src/core/dates.ts';
import type { FeedStates } from '../../../src/core/feed-state.ts';
import { authorsByName, nameKey } from '../../../src/core/name-lists.ts';
import type { FeedConfig, Planet } from '../../../src/core/planet.ts';
import { ruleText } from '../../../src/core/records.ts';
import { applyRules } from '../../../src/core/rules.ts';
import { compareText, countText } from '../../../src/core/text.ts';
import { dating } from '../../snapshot/feed-entry.ts';
import { newIdentity } from '../../snapshot/identity/entry-ids.ts';
import { createEntry } from '../../snapshot/new-entry.ts';
import type { FeedReading } from '../../snapshot/outcome.ts';
import { plainText } from '../../snapshot/sanitise/parsed-html.ts';
import type { SanitisedEntry } from '../../snapshot/sanitised-entry.ts';

export type ShownEntries = ReturnType<typeof shownEntries>;

/**
 * The entries that the planet would show, newest first, of one date in the order of the feed; those that rules of `planet.yaml`
 * hide, each with its rule (`exclude: hiring`, `hide.authors[0]: Bob`); and the number of those that `include` hides although
 * one of its words is in their text, which does not count.
 */
export function shownEntries(
  incoming: readonly SanitisedEntry[],
  feed: FeedConfig,
  planet: Planet,
  now: Date,
  states: FeedStates = {},
) {
  const people = authorsByName(planet.authors);
  const rule = { ...feed, names: namesInTitles(incoming) };
  const candidates = incoming.map((input) => ({
    input,
    entry: { ...input, feed: feed.id, path: createEntry(newIdentity(feed.id, input.id), input, planet, now).path },
    credit: creditOf(input, rule, people),
  }));
  const { shown, hidden } = applyRules(candidates, { ...planet, feeds: [feed] }, people, ({ input }) => input, states);
  const shownDate = (entry: SanitisedEntry) => dating(entry, now).published;
  const entries = shown.map(({ input }) => input).sort((a, b) => compareText(shownDate(b), shownDate(a)));
  const withRules = [...hidden].map(([{ input }, { rule }]) => ({
    title: cleanText(input.title) || '(no title)',
    // The index is that of the only feed here.
    rule: ruleText(rule).replace(/^feeds\[0\]\./, ''),
  }));
  const missed = [...hidden].flatMap(([each, { rule }]) => (rule.key === 'include' ? each : []));
  const withText = ({ input }: (typeof candidates)[number]) => ({ ...input, summary: plainText(input.content) });
  const inText = applyRules(missed, { ...planet, feeds: [{ ...feed, exclude: [] }] }, people, withText, states).shown
    .length;
  return { entries, hidden: withRules, inText };
}

/** `exclude: hiring; hide.authors[0]: Bob` */
export function rulesIn(hidden: ShownEntries['hidden']): string {
  return [...new Set(hidden.map(({ rule }) => rule))].join('; ');
}

/** An entry as the planet would show it, in two lines. */
export function previewText(entry: SanitisedEntry, feed: FeedConfig & CreditRule, planet: Planet, now: Date): string {
  const { title, authors } = creditOf(entry, feed, authorsByName(planet.authors));
  const { published, publishedBy } = dating(entry, now);
  const date = publishedBy === 'declared' ? '' : ` (its own date is ${badDates[publishedBy]})`;
  const names = authors.map(({ name }) => cleanText(name)).join(', ') || 'nobody';
  return [
    `${dayOf(published, planet.timezone)}${date}  ${cleanText(title) || '(no title)'}`,
    `    ${names} · ${textSummary(entry, feed)} · ${entry.url ?? 'no link'}`,
  ].join('\n');
}

const badDates = { missing: 'missing', future: 'in the future', ancient: 'before 1990' } as const;

/** `full text, 3,120 characters` */
function textSummary({ content }: SanitisedEntry, feed: FeedConfig): string {
  const text = plainText(content).trim();
  if (feed.content === 'title') return 'title only';
  if (text === '') return 'no text';
  if (feed.content === 'excerpt') return 'excerpt';
  return `${looksCut(text) ? 'only a beginning' : 'full text'}, ${countText(text.length, 'character', 'characters')}`;
}

/** Whether a short text ends like a teaser: with “…” or “read more”. */
export function looksCut(text: string): boolean {
  return (
    text.length < 2000 &&
    /(?:…|\.\.\.|\[(?:…|\.\.\.)\]|read more|continue reading|weiterlesen|lire la suite)\W*$/iu.test(text)
  );
}

/** The rules in the order in which they are tried, with an explanation for operators. */
export const authorRules: readonly { rule: CreditRule['authors']; description: string }[] = [
  { rule: 'entry', description: 'the author in the entry' },
  { rule: 'title', description: 'the name at the start of its title' },
  { rule: 'feed', description: "always the feed's title" },
];

/** The number of entries for which a rule finds an author. */
function credited(entries: readonly SanitisedEntry[], authors: CreditRule['authors'], title: string): number {
  const rule = { authors, title, names: namesInTitles(entries) };
  return entries.filter((entry) => namesFor(entry, rule).length > 0).length;
}

/** Whether the rule of a feed finds an author for most entries. */
function isCredited({ authors, title }: FeedConfig, entries: readonly SanitisedEntry[]): boolean {
  return credited(entries, authors, title) * 2 > entries.length || entries.length === 0;
}

/** The rule that finds an author for most entries; `feed` if neither entries nor titles name authors. */
export function fittingRule(entries: readonly SanitisedEntry[]): CreditRule['authors'] {
  if (entries.length === 0) return 'entry';
  if (titlesBeginWithNames(entries)) return 'title';
  return credited(entries, 'entry', '') * 2 >= entries.length ? 'entry' : 'feed';
}

/** The authors that a rule finds; none if it looks for a name in a title that begins with none. */
export function namesFor(entry: SanitisedEntry, rule: CreditRule): string[] {
  const found = creditOf(entry, rule);
  const isFound = rule.authors !== 'title' || found.title !== entry.title;
  return isFound ? found.authors.map(({ name }) => name) : [];
}

/** Whether the titles (not empty ones) look like a planet's: nearly all begin with a name and a colon, most names are full names, and there are several. */
function titlesBeginWithNames(entries: readonly SanitisedEntry[]): boolean {
  const titled = entries.filter(({ title }) => title !== '');
  const rule: CreditRule = { authors: 'title', title: '', names: namesInTitles(entries) };
  const names = titled.flatMap((entry) => namesFor(entry, rule));
  const full = names.filter((name) => FULL_NAME.test(name)).length;
  const people = new Set(names.map(nameKey)).size;
  return people >= 2 && names.length >= titled.length * 0.8 && full >= titled.length / 2;
}

/** Two to five capitalised words (in scripts with capitals), with short lower-case words between them: `Ada Lovelace`, `Guido van Rossum`. */
const FULL_NAME = /^[\p{Lu}\p{Lo}][^\s\d]*(?:\s+\p{Ll}{1,3})*(?:\s+[\p{Lu}\p{Lo}][^\s\d]*){1,4}$/u;

/** Whether another rule finds more authors. */
export function authorProblem({ reading: { feed, entries } }: { reading: FeedReading }): string | null {
  const better = fittingRule(entries);
  if (isCredited(feed, entries) || better === feed.authors || better === 'feed') return null;
  return `${missingAuthors(feed, entries)}; "authors: ${better}" fits better`;
}

export function authorNotice({ reading: { feed, entries } }: { reading: FeedReading }): string | null {
  if (isCredited(feed, entries) || fittingRule(entries) !== 'feed') return null;
  return `${missingAuthors(feed, entries)}; if it is one person's blog, write authors: feed`;
}

function missingAuthors(feed: FeedConfig, entries: readonly SanitisedEntry[]): string {
  const nobody = entries.length - credited(entries, feed.authors, feed.title);
  const description = authorRules.find(({ rule }) => rule === feed.authors)?.description;
  return `"authors: ${feed.authors}" (${description}) finds no author for ${nobody} of its ${countText(entries.length, 'entry', 'entries')}`;
}
