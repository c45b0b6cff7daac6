import { credit } from '../../src/lib/credit.ts';
import { nameKey } from '../../src/lib/names.ts';
import type { FeedConfig } from '../../src/model/planet.ts';
import type { Incoming } from '../snapshot/incoming.ts';

type Rule = FeedConfig['authors'];

/** The rules in the order in which they are tried, and what each is, for people. */
export const authorRules: readonly { rule: Rule; says: string }[] = [
  { rule: 'entry', says: 'as the entry says' },
  { rule: 'title', says: 'as its title begins' },
  { rule: 'feed', says: "always the feed's title" },
];

/** How many of the entries a rule finds somebody for. */
export function credited(entries: readonly Incoming[], authors: Rule, title: string): number {
  return entries.filter((entry) => somebody(entry, authors, title).length > 0).length;
}

/** The rule under which most entries have an author; the feed's title where neither entries nor titles name anybody. */
export function fittingRule(entries: readonly Incoming[]): Rule {
  if (entries.length === 0) return 'entry';
  if (titlesBeginWithNames(entries)) return 'title';
  return credited(entries, 'entry', '') * 2 >= entries.length ? 'entry' : 'feed';
}

function somebody(entry: Incoming, authors: Rule, title: string): string[] {
  const names = credit(entry, { authors, title }).authors.map(({ name }) => name);
  const split = authors !== 'title' || credit(entry, { authors, title }).title !== entry.title;
  return split ? names : [];
}

/** A planet's titles: nearly all begin with a name and a colon, most with first and last name, and of several people. */
function titlesBeginWithNames(entries: readonly Incoming[]): boolean {
  const names = entries.flatMap((entry) => somebody(entry, 'title', ''));
  const full = names.filter((name) => FULL_NAME.test(name)).length;
  const people = new Set(names.map(nameKey)).size;
  return people >= 2 && names.length >= entries.length * 0.8 && full >= entries.length / 2;
}

/** Two to five words with capitals, where the script has any, and small ones between them: `Ada Lovelace`, `Guido van Rossum`. */
const FULL_NAME = /^[\p{Lu}\p{Lo}][^\s\d]*(?:\s+\p{Ll}{1,3})*(?:\s+[\p{Lu}\p{Lo}][^\s\d]*){1,4}$/u;
