import { timeText } from './dates.ts';
import type { EntryMetadata, SameBy } from './entry.ts';
import { canonicalLink, identityKeys, placeKey } from './same-entry.ts';
import { areAlike, contradict, significantWords } from './text-likeness.ts';

/** An entry as far as it tells whether another feed's is the same. */
export interface Story
  extends Pick<EntryMetadata, 'feed' | 'id' | 'url' | 'title' | 'published' | 'publishedBy' | 'source'> {
  /** Its body, or its summary where there is none. Asked for last: it may lie in the archive. */
  text: () => string;
}

/** What else decides. */
export interface Judging {
  /** The day of a date without a time begins in it. */
  timezone: string;
  /** Every address that a feed is known by, as `placeKey` has them. */
  placesOf: (feed: string) => ReadonlySet<string>;
}

/**
 * By which rule two entries of two feeds that share a link or an id are one story; null where they are two. A link alone proves
 * nothing: whoever comments on a page links to it (fraidycat#74), and podcasts link to one page for all
 * episodes. Neither does an id: people copy the UUID of RFC 4287's example.
 * @param isCrowded one of the feeds has several entries on what they share: then only one that agrees in more than its text is meant
 */
export function sameStory(a: Story, b: Story, isCrowded: boolean, judging: Judging): SameBy | null {
  const titles = titlesAgree(a.title, b.title);
  const [mine, other] = [a, b].map((story) => isFull(story, judging.timezone));
  const instants = mine && other && a.published === b.published;
  if (isCrowded && !instants && (!titles || (mine && other))) return null;
  const [left, right] = [a, b].map(toldBy);
  if (left === undefined || right === undefined) return null;
  const named = [names(a, b, judging), names(b, a, judging)].filter((kind) => kind !== null);
  // RSS also names the source of what is commented on; Atom only that of a copy (RFC 4287, 4.2.11).
  if (named.includes('copy') || (named.length > 0 && (titles || !contradict(left.words, right.words)))) return 'source';
  const clash = !titles && !instants && a.title !== '' && b.title !== '';
  if (areAlike(left.words, right.words) && !(clash && isQuoted(left, right))) return 'text';
  if (titles && instants) return 'title-and-date';
  if (titles && (left.words.length === 0 || right.words.length === 0)) return 'title';
  if (titles && hasOwnId(a, b) && canonicalLink(a.url ?? '') === canonicalLink(b.url ?? '')) return 'id';
  return null;
}

/** Whether nothing says that two are one that were once joined by a link or an id alone: no id beside the link, no title, no text. */
export function nothingAgrees(a: Story, b: Story, judging: Judging): boolean {
  if (sameStory(a, b, false, judging) !== null) return false;
  if (likeness(titleWords(a.title), titleWords(b.title)) >= NEARLY) return false;
  return !(hasOwnId(a, b) && canonicalLink(a.url ?? '') === canonicalLink(b.url ?? ''));
}

/** From this Dice coefficient of their words on, two titles are one that was edited. */
const NEARLY = 0.75;

/** `Re: Clocks` is not Clocks by one whose name is Re. */
const REPLY =
  /^(?:re|aw|sv|vs|fwd?|wg|tr|rv|antw|antwort|answer|answered|reply|response|replies|links?|quote|quoting|via|(?:re|new )?comments? (?:on|for|to)|(?:answers?|repl(?:y|ies)|responses?) (?:on|for|to))(?:\[\d+\])?$/i;

/** Whether two entries have one title, be it with `Name: ` before it, as planets write it. Two without a title have none. */
function titlesAgree(a: string, b: string): boolean {
  const [left, right] = [a, b].map((title) => [title, withoutName(title)].map(titleWords));
  return (left ?? []).some((one) => (right ?? []).some((other) => one.length > 0 && isSameTitle(one, other)));
}

function withoutName(title: string): string {
  const [, name = '', rest] = /^([^:]*[^:\s])\s*:\s+(\S.*)$/su.exec(title) ?? [];
  return rest === undefined || REPLY.test(name) ? title : rest;
}

function isSameTitle(a: readonly string[], b: readonly string[]): boolean {
  if (a.join(' ') === b.join(' ')) return true;
  const numbers = (words: readonly string[]) => words.filter((word) => /\p{N}/u.test(word)).join(' ');
  // An "&" that became an "and".
  return Math.min(a.length, b.length) >= 4 && numbers(a) === numbers(b) && likeness(a, b) >= 0.85;
}

/** A title of signs alone (`C++`, `🎉`) is its signs. */
function titleWords(title: string): string[] {
  const words = significantWords(title.replace(/[<>]/g, ' '));
  const whole = title.trim();
  return words.length > 0 || whole === '' ? words : [whole];
}

/** Dice coefficient of the words of two titles. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size + right.size === 0 ? 0 : (2 * left.intersection(right).size) / (left.size + right.size);
}

/** Whether a feed gave a moment, and not only a day. */
function isFull({ published, publishedBy }: Story, timezone: string): boolean {
  if (publishedBy !== 'declared' || published.endsWith('T00:00:00Z')) return false;
  return !(published.endsWith(':00Z') && timeText(published, timezone) === '12:00am');
}

/** What an excerpt ends with, where it does not end by itself. WordPress puts a line of its own behind it. */
const GOES_ON =
  /\s*(?:\[?(?:…|\.\.\.|&#x2026;|&hellip;)\]?|\(?(?:read more|continue reading|read the full)\b[^.]{0,200}|the post\b.{1,300}\bappeared first on\b.{1,200})\s*$/iu;

/** Letters of a text among which that is looked for. */
const END = 800;

interface Told {
  html: string;
  words: string[];
  /** Whether it says itself that it is the beginning of more. */
  goesOn: boolean;
}

function toldBy(story: Story): Told {
  const html = story.text();
  const whole = html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const [body, end] = [whole.slice(0, -END), whole.slice(-END)];
  const cut = end.replace(GOES_ON, '').replace(GOES_ON, '');
  return { html, words: significantWords(body + cut), goesOn: cut !== end };
}

/** A quotation of fewer words than this may be all that a feed tells of the post that is quoted. */
const LONG_EXCERPT = 20;

/** Whether the longer text may be a comment that begins with the words of the other. */
function isQuoted(a: Told, b: Told): boolean {
  const [short, long] = a.words.length <= b.words.length ? [a, b] : [b, a];
  if (short.words.length >= long.words.length * 0.75) return false;
  if (
    /^(?:\s*<(?!blockquote|q\b)[^>]*>)*\s*(?:<(?:blockquote|q)\b|[“„«「‘"]|&#x22;|&quot;|&gt;|&#x3e;)/i.test(long.html)
  )
    return true;
  return short.words.length < LONG_EXCERPT && !short.goesOn;
}

/** Whether the source that an entry names is the other's feed: one that it is a copy of, or one that gets credit. */
function names({ source }: Story, other: Story, { placesOf }: Judging): 'copy' | 'credit' | null {
  if (source === null) return null;
  const places = placesOf(other.feed);
  const said = [source.feedUrl, source.url, source.id].flatMap((address) => (address ? [placeKey(address)] : []));
  if (!said.some((place) => places.has(place))) return null;
  return source.id === undefined ? 'credit' : 'copy';
}

/** Whether two have one id that is not their link. */
function hasOwnId(a: Story, b: Story): boolean {
  const links = new Set([a, b].map(({ url }) => canonicalLink(url ?? '')));
  const isOne =
    a.id === b.id || identityKeys({ ...a, url: null }).some((key) => identityKeys({ ...b, url: null }).includes(key));
  return isOne && !links.has(canonicalLink(a.id) ?? a.id);
}
