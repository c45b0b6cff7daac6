import { type CreditRule, creditOf, namesInTitles } from '../../../src/core/credit.ts';
import { nameKey } from '../../../src/core/name-lists.ts';
import type { FeedConfig } from '../../../src/core/planet.ts';
import { countText } from '../../../src/core/text.ts';
import type { FeedReading } from '../../snapshot/outcome.ts';
import type { SanitisedEntry } from '../../snapshot/sanitised-entry.ts';

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
