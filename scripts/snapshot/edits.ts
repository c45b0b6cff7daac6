import { isDeepStrictEqual } from 'node:util';
import { textWords, withoutTags } from '../../src/core/copy-rules.ts';
import { instant } from '../../src/core/dates.ts';
import type { Entry } from '../../src/core/entry.ts';
import type { FeedState } from '../../src/core/feed-state.ts';
import { compareText, countText, sortedByKey } from '../../src/core/text.ts';
import { beginsWith, significantWords } from '../../src/core/text-likeness.ts';
import { keyOfPath } from './identity/entry-ids.ts';
import { updateEntry } from './new-entry.ts';
import type { SanitisedEntry } from './sanitised-entry.ts';
import { DAY } from './schedule.ts';

export type Pair = { incoming: SanitisedEntry; before: Entry };

/** The entries to change. Where the feed now gives excerpts, the stored texts stay; stamps change once a day. */
export function editsOf(pairs: readonly Pair[], stampedBefore: FeedState['stamped'], now: Date) {
  const shrunk = new Set(shrunkEntries(pairs));
  const stamped: FeedState['stamped'] = {};
  // After an edit of other words, stamps are counted from zero.
  const ended = new Set<string>();
  const changed: Entry[] = [];
  const postponed: SanitisedEntry[] = [];
  for (const { incoming, before } of pairs) {
    const next = updateEntry(before, incoming, now, { keepText: shrunk.has(incoming) });
    if (next === before) continue;
    const key = keyOfPath(before.path);
    const stamp = stampedBefore[key];
    const times = isStamp(before, next) ? (isWithin(2 * DAY, stamp, now) ? stamp.times : 0) + 1 : 0;
    if (times > MOST_STAMPS && isWithin(DAY, stamp, now)) {
      postponed.push(incoming);
      // Remembered, so that a run in which the feed says the stored text is told alike.
      if (stamp.times <= MOST_STAMPS) stamped[key] = { ...stamp, times: MOST_STAMPS + 1 };
      continue;
    }
    if (times > 0) stamped[key] = { times: Math.min(times, MOST_STAMPS + 1), at: instant(now) };
    else ended.add(key);
    changed.push(next);
  }
  const isQuiet = Object.keys(stamped).length + ended.size === 0;
  const recent = Object.entries(stampedBefore).filter(
    ([key, stamp]) => isWithin(2 * DAY, stamp, now) && !ended.has(key),
  );
  const nextStamps = isQuiet ? stampedBefore : sortedByKey([...recent, ...Object.entries(stamped)]);
  const unstable = Object.values(nextStamps).filter(
    (stamp) => stamp.times > MOST_STAMPS && isWithin(2 * DAY, stamp, now),
  ).length;
  return {
    changed,
    /** Entries that changed only in a stamp, and already changed for one today: their change is taken tomorrow. */
    postponed,
    /** How many entries are known to change only in a stamp, in this run or not. */
    unstable,
    /** By key: entries in which only a stamp changed, which is a time, a counter, a token or an order. */
    stamped: nextStamps,
    notes: [...(shrunk.size > 0 ? [shrunkNote(shrunk.size)] : []), ...(unstable > 0 ? [unstableNote(unstable)] : [])],
  };
}

function shrunkNote(count: number): string {
  const texts = countText(count, 'of its texts is', 'of its texts are');
  return `${texts} much shorter than before; the longer ${count === 1 ? 'one stays' : 'ones stay'}`;
}

function unstableNote(count: number): string {
  const entries = countText(count, 'entry changes', 'entries change');
  return `${entries} a little in every run; a change of this kind is taken once a day`;
}

const LONG_TEXT = 100;

type ComparedTexts = Pair & { text: string; textBefore: string };

/** Texts of which nothing, only the beginning or the summary is left, or that shrank together with most others that changed: excerpts. */
function shrunkEntries(pairs: readonly Pair[]): SanitisedEntry[] {
  const compared = pairs
    .filter(({ incoming, before }) => incoming.content !== before.content)
    .map(({ incoming, before }) => ({
      incoming,
      before,
      text: withoutTags(incoming.content),
      textBefore: withoutTags(before.content),
    }))
    // A text that stays says nothing: the feed may have given an excerpt of it from the start.
    .filter(({ text, textBefore }) => textBefore !== '' && text !== textBefore);
  const isHalved = ({ text, textBefore }: ComparedTexts) =>
    textBefore.length >= LONG_TEXT && text.length * 2 < withoutShownTags(textBefore).length;
  const shrunk = new Set(compared.filter(isHalved));
  const areMost = shrunk.size >= 2 && shrunk.size * 2 > compared.length;
  const excerpts = compared.filter((each) => (areMost && shrunk.has(each)) || isExcerptNow(each));
  return [...pairs.filter(isEmptied), ...excerpts].map(({ incoming }) => incoming);
}

/** Whether a body is empty now: a fault of a template, as who takes a post back removes it, or says so in its place. */
function isEmptied({ incoming, before }: Pair): boolean {
  return incoming.content === '' && before.content !== '';
}

/** Older versions showed some HTML as its source, which is longer than its text: https://github.com/hexojs/hexo-generator-feed/issues/274 */
function withoutShownTags(text: string): string {
  return /^&#x3C;[!a-z]/i.test(text) ? withoutTags(text.replaceAll('&#x3C;', '<')) : text;
}

function isExcerptNow({ incoming, before, text, textBefore }: ComparedTexts): boolean {
  const { words, isExcerpt } = textWords(incoming.content);
  if (words.length === 0 || text.length >= textBefore.length || !isExcerpt) return false;
  return [textBefore, before.summary].some((whole) => beginsWith(significantWords(whole), words));
}

/** After this many changed stamps in a row the feed is known to stamp each document. */
const MOST_STAMPS = 3;

type Stamp = FeedState['stamped'][string];

/** Whether a stamp was taken so short a time ago. A stamp in the future was taken by a wrong clock. */
function isWithin(time: number, stamp: Stamp | undefined, now: Date): stamp is Stamp {
  const age = stamp === undefined ? time : now.getTime() - Date.parse(stamp.at);
  return age >= 0 && age < time;
}

/** Whether only a time, a counter, a token or an order differs: in texts, in addresses, of files or of names. */
function isStamp(before: Entry, next: Entry): boolean {
  const rest = (entry: Entry) => ({
    ...entry,
    content: '',
    summary: '',
    updated: null,
    // Some blogs answer at two hosts by turns.
    url: withoutQuery(entry.url)?.replace(/^https?:\/\/[^/]*/, ''),
    // `Comic 3 (5 comments)`, `[12]`. Other numbers are scores, versions, or corrections.
    title: entry.title.replace(/[([]\d+[^\d()[\]]*[)\]]/g, ''),
    rights: entry.rights?.replace(/\d+/g, ''),
    authors: entry.authors.map(({ name }) => name).sort(compareText),
    categories: entry.categories.toSorted(compareText),
    // Length and picture change with advertisements and signatures, and so may the folder.
    enclosures: entry.enclosures.map(({ url, type }) => [type, withoutQuery(url)?.replace(/^.*\//, '')]),
    still: undefined,
  });
  return (
    isDeepStrictEqual(rest(before), rest(next)) &&
    differInFew(significantWords(before.content), significantWords(next.content))
  );
}

function withoutQuery(address: string | null): string | null {
  return address?.replace(/[?#].*$/, '') ?? null;
}

/** Whether two texts have the same words, except numbers and a tenth of the others. */
function differInFew(a: readonly string[], b: readonly string[]): boolean {
  const counts = new Map<string, number>();
  for (const word of a) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const word of b) counts.set(word, (counts.get(word) ?? 0) - 1);
  const most = Math.floor(Math.max(a.length, b.length) / 10);
  let [removed, added, numbers] = [0, 0, 0];
  for (const [word, count] of counts) {
    if (/\d/.test(word)) numbers += Math.abs(count);
    else if (count > 0) removed += count;
    else added -= count;
  }
  return removed <= most && added <= most && numbers <= Math.max(24, 4 * most);
}
