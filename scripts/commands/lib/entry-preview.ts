import { cleanText } from '../../../src/core/clean-text.ts';
import { type CreditRule, creditOf, namesInTitles } from '../../../src/core/credit.ts';
import { dayOf } from '../../../src/core/dates.ts';
import { authorsByName } from '../../../src/core/name-lists.ts';
import type { FeedConfig, Planet } from '../../../src/core/planet.ts';
import { ruleText } from '../../../src/core/records.ts';
import { applyRules } from '../../../src/core/rules.ts';
import { compareText, countText } from '../../../src/core/text.ts';
import { newIdentity } from '../../snapshot/identity/entry-ids.ts';
import { dating } from '../../snapshot/identity/post.ts';
import { createEntry } from '../../snapshot/new-entry.ts';
import { plainText } from '../../snapshot/sanitise/parsed-html.ts';
import type { SanitisedEntry } from '../../snapshot/sanitised-entry.ts';

export type ShownEntries = ReturnType<typeof shownEntries>;

/**
 * The entries that the planet would show, newest first, of one date in the order of the feed; those that rules of `planet.yaml`
 * hide, each with its rule (`exclude: hiring`, `hide.authors[0]: Bob`); and the number of those that `include` hides although
 * one of its words is in their text, which does not count.
 */
export function shownEntries(incoming: readonly SanitisedEntry[], feed: FeedConfig, planet: Planet, now: Date) {
  const people = authorsByName(planet.authors);
  const rule = { ...feed, names: namesInTitles(incoming) };
  const candidates = incoming.map((input) => ({
    input,
    entry: { ...input, feed: feed.id, path: createEntry(newIdentity(feed.id, input.id), input, planet, now).path },
    credit: creditOf(input, rule, people),
  }));
  const { shown, hidden } = applyRules(candidates, { ...planet, feeds: [feed] }, people, ({ input }) => input);
  const shownDate = ({ published, updated }: SanitisedEntry) => dating(published ?? updated, now).published;
  const entries = shown.map(({ input }) => input).sort((a, b) => compareText(shownDate(b), shownDate(a)));
  const withRules = [...hidden].map(([{ input }, { rule }]) => ({
    title: cleanText(input.title) || '(no title)',
    // The index is that of the only feed here.
    rule: ruleText(rule).replace(/^feeds\[0\]\./, ''),
  }));
  const missed = [...hidden].flatMap(([each, { rule }]) => (rule.key === 'include' ? each : []));
  const inText = applyRules(missed, { ...planet, feeds: [{ ...feed, exclude: [] }] }, people, ({ input }) => ({
    ...input,
    summary: plainText(input.content),
  })).shown.length;
  return { entries, hidden: withRules, inText };
}

/** `exclude: hiring; hide.authors[0]: Bob` */
export function rulesIn(hidden: ShownEntries['hidden']): string {
  return [...new Set(hidden.map(({ rule }) => rule))].join('; ');
}

/** An entry as the planet would show it, in two lines. */
export function previewText(entry: SanitisedEntry, feed: FeedConfig & CreditRule, planet: Planet, now: Date): string {
  const { title, authors } = creditOf(entry, feed, authorsByName(planet.authors));
  const { published, publishedBy } = dating(entry.published ?? entry.updated, now);
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
