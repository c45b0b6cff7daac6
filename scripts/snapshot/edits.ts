import { isDeepStrictEqual } from 'node:util';
import type { Entry } from '../../src/core/entry.ts';
import type { FeedState } from '../../src/core/feed-state.ts';
import { counted } from '../../src/core/periods.ts';
import { significantWords } from '../../src/core/text-likeness.ts';
import { instant } from './dating.ts';
import { keyIn } from './identity/names.ts';
import { updateEntry } from './new-entry.ts';
import type { SanitisedEntry } from './sanitised-entry.ts';

export interface Edits {
  changed: Entry[];
  stamped: FeedState['stamped'];
  /** Those whose stamps are not taken now. */
  rested: SanitisedEntry[];
  /** What an operator should know, in sentences. */
  notes: string[];
}

type Pair = readonly [said: SanitisedEntry, before: Entry];

/** What known entries say now, as far as it is taken: texts that are cut in most of a feed stay as they were, and stamps are taken once a day. */
export function editsOf(pairs: readonly Pair[], stampedBefore: FeedState['stamped'], now: Date): Edits {
  const shrunk = new Set(shrunkOf(pairs));
  const stamped: FeedState['stamped'] = {};
  const changed: Entry[] = [];
  const rested: SanitisedEntry[] = [];
  let resting = 0;
  for (const [said, before] of pairs) {
    const next = updateEntry(before, said, now, { keepText: shrunk.has(said) });
    if (next === before) continue;
    const key = keyIn(before.path);
    const times = isStamp(before, next) ? timesBefore(stampedBefore[key], now) + 1 : 0;
    if (times > ENOUGH) resting += 1;
    if (times > ENOUGH && isWithin(DAY, stampedBefore[key], now)) {
      rested.push(said);
      continue;
    }
    if (times > 0) stamped[key] = { times: Math.min(times, ENOUGH), at: instant(now) };
    changed.push(next);
  }
  const isQuiet = Object.keys(stamped).length === 0;
  const recent = Object.entries(stampedBefore).filter(([, stamp]) => isWithin(2 * DAY, stamp, now));
  return {
    changed,
    rested,
    stamped: isQuiet ? stampedBefore : sorted({ ...Object.fromEntries(recent), ...stamped }),
    notes: [...shrunkNote(shrunk.size), ...restNote(resting)],
  };
}

function shrunkNote(count: number): string[] {
  return count === 0 ? [] : [`${count} of its texts are much shorter than before; the longer ones stay`];
}

function restNote(count: number): string[] {
  const entries = counted(count, 'entry changes', 'entries change');
  return count === 0 ? [] : [`${entries} a few words in every run; such a change is taken once a day`];
}

const LONG = 100;

/** Where most texts of a feed are cut at once, its template broke, or it turned to excerpts. One that is cut is an edit. */
function shrunkOf(pairs: readonly Pair[]): SanitisedEntry[] {
  const compared = pairs
    .map(([said, before]) => ({ said, length: lettersOf(said.content), was: lettersOf(before.content) }))
    .filter(({ was }) => was > 0);
  const shrunk = compared.filter(({ length, was }) => length === 0 || (was >= LONG && length * 2 < was));
  return shrunk.length >= 2 && shrunk.length * 2 > compared.length ? shrunk.map(({ said }) => said) : [];
}

function lettersOf(html: string): number {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim().length;
}

/** So many stamps in a row are a feed that stamps each document. */
const ENOUGH = 3;

const DAY = 86_400_000;

function timesBefore(stamp: Stamp | undefined, now: Date): number {
  return stamp !== undefined && isWithin(2 * DAY, stamp, now) ? stamp.times : 0;
}

type Stamp = FeedState['stamped'][string];

function isWithin(time: number, stamp: Stamp | undefined, now: Date): boolean {
  return stamp !== undefined && now.getTime() - Date.parse(stamp.at) < time;
}

/** Whether only a time, a counter or a number of the session moved: in the text, in the markup, or behind the `?` of an address. */
function isStamp(before: Entry, next: Entry): boolean {
  const rest = (entry: Entry) => ({
    ...entry,
    content: '',
    summary: '',
    updated: null,
    url: pageOf(entry.url),
    enclosures: entry.enclosures.map((each) => ({ ...each, url: pageOf(each.url) })),
  });
  return (
    isDeepStrictEqual(rest(before), rest(next)) &&
    differInFew(significantWords(before.content), significantWords(next.content))
  );
}

function pageOf(address: string | null): string | null {
  return address?.replace(/[?#].*$/, '') ?? null;
}

/** Whether two texts have the same words, but for numbers and a tenth of the others. */
function differInFew(a: readonly string[], b: readonly string[]): boolean {
  const counts = new Map<string, number>();
  for (const word of a) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const word of b) counts.set(word, (counts.get(word) ?? 0) - 1);
  const most = Math.floor(Math.max(a.length, b.length) / 10);
  let [gone, came, numbers] = [0, 0, 0];
  for (const [word, count] of counts) {
    if (/\d/.test(word)) numbers += Math.abs(count);
    else if (count > 0) gone += count;
    else came -= count;
  }
  return gone <= most && came <= most && numbers <= Math.max(24, 4 * most);
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
