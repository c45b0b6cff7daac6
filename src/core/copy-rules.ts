import { splitTitle } from './credit.ts';
import { timeText } from './dates.ts';
import type { EntryMetadata, SameBy } from './entry.ts';
import { canonicalLink, feedAddressKey, identityKeys } from './entry-keys.ts';
import { ComparedText, haveOneBeginning, significantWords } from './text-likeness.ts';

export interface ComparedEntry
  extends Pick<EntryMetadata, 'feed' | 'id' | 'url' | 'title' | 'published' | 'publishedBy' | 'source'> {
  /** Its title, and the rest of it after `Name: `, as `titleForms` returns them. Every comparison needs them. */
  titles: readonly TitleForm[];
  /** Its body, or its summary if it has none. Called last: it may have to be read from the archive. */
  text: () => string;
}

export interface CopyContext {
  /** The planet's time zone: a date without a time is the start of a day in it. */
  timezone: string;
  /** All addresses of a feed, as `feedAddressKey` returns them. */
  addressesOf: (feed: string) => ReadonlySet<string>;
}

/**
 * The rule by which two entries with a common link or id are one story; else null. A link is not enough: comments link
 * to their page (https://github.com/kickscondor/fraidycat/issues/74), all episodes of a podcast to one. Nor is an id:
 * people copy the UUID in RFC 4287. With `isCrowded`, a feed has several entries with the key: then a similar text is
 * not enough, as all may end with one advertisement. Nor is a title where the key is a front page: several feeds of one
 * site may have `Weekly links` at nine o'clock.
 */
export function copyRule(
  a: ComparedEntry,
  b: ComparedEntry,
  isCrowded: boolean,
  context: CopyContext,
  wordsOf: typeof textWords = textWords,
): SameBy | null {
  // Titles are the same if one of their forms is. Empty titles are never the same.
  const titles = a.titles.some((one) => b.titles.some((other) => isSameTitle(one, other)));
  const clash = !titles && a.title !== '' && b.title !== '';
  if (isCrowded && clash && !(a.published === b.published && (isPartOfTitle(a, b) || isPartOfTitle(b, a)))) return null;
  const [mine, other] = [a, b].map((story) => hasTime(story, context.timezone));
  const instants = mine && other && a.published === b.published;
  if (isCrowded && !instants && (!titles || (mine && other))) return null;
  const [left, right] = [bodyOf(a, wordsOf), bodyOf(b, wordsOf)];
  const compared = new ComparedText(left.words);
  const areContrary = () => compared.contradicts(right.words);
  // The source alone proves nothing: a comment names its subject, and anybody can name a feed and guess its next link.
  const isNamed = namesAsSource(a, b, context) || namesAsSource(b, a, context);
  if (isNamed && (titles || !areContrary())) return 'source';
  const link = canonicalLink(a.url ?? '');
  // Several shows of one site may have an "Episode 12" at one second, with few words before one advertisement.
  const isOneTitle =
    titles && (link !== null || (instants && [...a.titles, ...b.titles].every(({ length }) => length > 2)));
  const isExact = isCrowded && !isOneTitle;
  const isOneText = isExact ? haveOneBeginning(left.words, right.words) : compared.isAlike(right.words);
  if (isOneText && !(clash && !instants && isQuoted(left, right))) return 'text';
  const isWordless = left.words.length === 0 || right.words.length === 0;
  if (isCrowded && link === null && !(instants && isWordless)) return null;
  // A photograph, or a video, may have neither title nor words. One second and one page may be those of a whole gallery.
  const sayNothingElse = !isCrowded && (a.title === '' || b.title === '') && !areContrary();
  if (instants && (titles || sayNothingElse)) return 'title-and-date';
  if (titles && isWordless) return 'title';
  const isSame = titles && shareOwnId(a, b) && link === canonicalLink(b.url ?? '');
  return isSame && (link !== null || !areContrary()) ? 'id' : null;
}

/** Whether two entries that older versions joined by a link or id differ in everything else: id, title and text. */
export function nothingAgrees(a: ComparedEntry, b: ComparedEntry, context: CopyContext): boolean {
  if (copyRule(a, b, false, context) !== null) return false;
  if (likeness(new Set(titleWords(a.title)), new Set(titleWords(b.title))) >= SIMILAR_TITLES) return false;
  return !(shareOwnId(a, b) && canonicalLink(a.url ?? '') === canonicalLink(b.url ?? ''));
}

/** The least Dice coefficient of two versions of one title. */
const SIMILAR_TITLES = 0.75;

/** Prefixes of replies: `Re: Clocks` is not the post Clocks by an author named Re. */
const REPLY =
  /^(?:re|aw|sv|vs|fwd?|wg|tr|rv|antw|antwort|answer|answered|reply|response|replies|links?|quote|quoting|via|(?:re|new )?comments? (?:on|for|to)|(?:answers?|repl(?:y|ies)|responses?) (?:on|for|to))(?:\[\d+\])?$/i;

interface TitleForm {
  text: string;
  length: number;
  words: ReadonlySet<string>;
  numbers: string;
}

/** A title in the forms in which it is compared: as it is, and without `Name: `, which planets add. None for an empty title. */
export function titleForms(title: string): TitleForm[] {
  return [...new Set([title, withoutName(title)])].map(titleWords).flatMap((words) => {
    const numbers = words.filter((word) => /\p{N}/u.test(word)).join(' ');
    return words.length === 0 ? [] : { text: words.join(' '), length: words.length, words: new Set(words), numbers };
  });
}

/** Whether a planet may have cut the title of the other, or the other one may have more before it or behind it. */
function isPartOfTitle({ title, titles }: ComparedEntry, other: ComparedEntry): boolean {
  const isCut = /(?:…|\.\.\.)\W*$/.test(title);
  return titles.some((part) => {
    // The last word may be cut.
    const text = isCut ? part.text.replace(/ \S+$/, '') : part.text;
    const isIn = (whole: TitleForm) =>
      (isCut || part.numbers === whole.numbers) && ` ${whole.text} `.includes(` ${text} `);
    return text.includes(' ') && other.titles.some(isIn);
  });
}

function withoutName(title: string): string {
  const split = splitTitle(title);
  return split === null || REPLY.test(split.name) ? title : split.rest;
}

function isSameTitle(a: TitleForm, b: TitleForm): boolean {
  if (a.text === b.text) return true;
  // For small differences, such as "and" for "&".
  return Math.min(a.length, b.length) >= 4 && a.numbers === b.numbers && likeness(a.words, b.words) >= 0.85;
}

/** The words of a title; the whole title if it has no word (`++`, `🎉`). */
function titleWords(title: string): string[] {
  const words = significantWords(title.replace(/[<>]/g, ' '));
  const whole = title.trim();
  return words.length > 0 || whole === '' ? words : [whole];
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return a.size + b.size === 0 ? 0 : (2 * a.intersection(b).size) / (a.size + b.size);
}

/** Whether the date of an entry has a time, and not only a day. */
function hasTime({ published, publishedBy }: ComparedEntry, timezone: string): boolean {
  if (publishedBy !== 'declared' || published.endsWith('T00:00:00Z')) return false;
  return !(published.endsWith(':00Z') && timeText(published, timezone) === '12:00am');
}

/** The end of an excerpt: an ellipsis, "read more", or the last line that WordPress adds. */
const EXCERPT_END =
  /\s*(?:\[?(?:…|\.\.\.|&#x2026;|&hellip;)\]?|\(?(?:read more|continue reading|read the full)\b[^.]{0,200}|the post\b.{1,300}\bappeared first on\b.{1,200})\s*$/iu;

/** A link behind the ellipsis of an excerpt, in any language: "… Weiterlesen". */
const MORE_LINK = /(…|\.\.\.|&#x2026;|&hellip;)(\]?)\s*(?:<[^>]*>\s*)*<a [^>]*>[^<]{1,80}<\/a>(?:\s*<[^>]*>)*\s*$/iu;

/** In characters: the part of a text in which `EXCERPT_END` is searched. */
const END_LENGTH = 800;

type ComparedBody = { html: string; words: string[]; isExcerpt: boolean };

function bodyOf(story: ComparedEntry, wordsOf: typeof textWords): ComparedBody {
  const html = story.text();
  return { html, ...wordsOf(html) };
}

/** HTML without its tags, and with single spaces. References stay. */
export function withoutTags(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The words of a text without the end of an excerpt. */
export function textWords(html: string): { words: string[]; isExcerpt: boolean } {
  const whole = withoutTags(html.slice(0, -END_LENGTH) + html.slice(-END_LENGTH).replace(MORE_LINK, '$1$2'));
  const [body, end] = [whole.slice(0, -END_LENGTH), whole.slice(-END_LENGTH)];
  const cut = end.replace(EXCERPT_END, '').replace(EXCERPT_END, '');
  return { words: significantWords(body + cut), isExcerpt: cut !== end };
}

/** In words. A shorter text may be a quotation that another post comments on. */
const LONG_EXCERPT = 20;

/** Whether the longer text may be a comment that quotes the other. */
function isQuoted(a: ComparedBody, b: ComparedBody): boolean {
  const [short, long] = a.words.length <= b.words.length ? [a, b] : [b, a];
  if (short.words.length >= long.words.length * 0.75) return false;
  if (
    /^(?:\s*<(?!blockquote|q\b)[^>]*>)*\s*(?:<(?:blockquote|q)\b|[“„«「‘"]|&#x22;|&quot;|&gt;|&#x3e;)/i.test(long.html)
  )
    return true;
  return short.words.length < LONG_EXCERPT && !short.isExcerpt;
}

/** Whether an entry names the other's feed as its source. */
function namesAsSource({ source }: ComparedEntry, other: ComparedEntry, { addressesOf }: CopyContext): boolean {
  const feedKeys = addressesOf(other.feed);
  return [source?.feedUrl, source?.url, source?.id].some((address) => address && feedKeys.has(feedAddressKey(address)));
}

/** Whether two entries have a common id that is not their link. */
function shareOwnId(a: ComparedEntry, b: ComparedEntry): boolean {
  const links = new Set([a, b].map(({ url }) => canonicalLink(url ?? '')));
  const isSame =
    a.id === b.id || identityKeys({ ...a, url: null }).some((key) => identityKeys({ ...b, url: null }).includes(key));
  return isSame && !links.has(canonicalLink(a.id) ?? a.id);
}
