import { cleanText, cutTo, escapeHtml } from '../../src/core/clean-text.ts';
import { type Entry, EntryMetadata, type Person } from '../../src/core/entry.ts';
import { feedAddressKey, subjectOf } from '../../src/core/entry-keys.ts';
import { PRINTED_TAG } from '../../src/core/html-schema.ts';
import { publishable } from '../../src/core/persons.ts';
import { UNSPACED } from '../../src/core/search-words.ts';
import { siteName } from '../../src/core/site-name.ts';
import { countText } from '../../src/core/text.ts';
import { type FeedEntry, type FeedPerson, MOST_ENTRIES } from './feed-entry.ts';
import { digest, idInArchive } from './identity/entry-ids.ts';
import { decoded } from './normalise/escaped.ts';
import { excerpt } from './sanitise/excerpt.ts';
import { isEmbeddableVideo } from './sanitise/frames.ts';
import { isTracker } from './sanitise/images.ts';
import { sanitise } from './sanitise/sanitise.ts';
import { isCut } from './sanitise/trim.ts';

/** An incoming entry: safe to keep, not yet merged, so that its dates are still the feed's own. */
export interface SanitisedEntry
  extends Omit<Entry, 'feed' | 'path' | 'copyOf' | 'sameBy' | 'published' | 'publishedBy' | 'updated' | 'firstSeen'> {
  published: Date | null;
  updated: Date | null;
  /** The prefix of ids in `content` until the entry has its key: a hash of the body, which no feed can write there. */
  idPrefix: string;
}

/** The schema of the archive cleans and cuts these fields. It is applied here, so that reading the entry again changes nothing. */
const { authors, language, enclosures: files, source, rights } = EntryMetadata.shape;

/** Makes one entry of a feed safe to keep. Throws if the archive could not read it again. */
export function sanitiseEntry(entry: FeedEntry): SanitisedEntry {
  const input = [entry.content?.html ?? '', entry.summary?.html ?? '', ...entry.enclosures.map(({ url }) => url)];
  const idPrefix = digest(input).slice(0, 20);
  const body = entry.content ?? entry.summary;
  const html = withTextLinks(shortBody(body?.html ?? ''));
  const safe = (html: string) => (html === '' ? '' : sanitise(html, { base: body?.base ?? null, idPrefix }));
  const written = safe(html);
  const video = videoOf(entry);
  const player = video && !written.includes('<iframe') ? `<iframe src="${escapeHtml(video)}"></iframe>\n` : '';
  const added = linkToSubject(entry, written) || hoverText(entry, written);
  const content = player + added === '' ? written : safe(player + html + added);
  const summary = entry.summary && sanitise(shortBody(entry.summary.html), { base: null, idPrefix });
  return {
    id: idInArchive(entry),
    url: entry.original ?? entry.url,
    title: shortTitle(cleanText(entry.title)),
    authors: authors.parse(entry.authors.flatMap(publicPerson)),
    published: entry.published,
    updated: entry.updated,
    language: language.parse(entry.language),
    categories: [...new Set(entry.categories.map(cleanText).filter(Boolean))].slice(0, LIMITS.categories),
    enclosures: files.parse(entry.enclosures.filter(({ url }) => !isEmbeddableVideo(url))),
    ...(video && entry.still && { still: entry.still }),
    source: source.parse(entry.source),
    rights: rights.parse(entry.rights),
    summary: summary === null ? excerpt(written) || excerpt(content) : excerpt(summary),
    content,
    idPrefix,
  };
}

/** The video is the entry's page (YouTube) or a file; it becomes a player before the text, unless that has one. */
function videoOf({ url, source, enclosures }: FeedEntry): string | undefined {
  const addresses = [url, source?.url, ...enclosures.map((file) => file.url)];
  return addresses.find((each) => each != null && isEmbeddableVideo(each)) ?? undefined;
}

/** A link post whose text does not link to its subject gets that link: its title leads to the blogger's own page. */
function linkToSubject(entry: FeedEntry, content: string): string {
  const subject = subjectOf(entry);
  if (subject === null || isEmbeddableVideo(subject) || isTracker(new URL(subject))) return '';
  const key = feedAddressKey(subject);
  for (const [, href = ''] of content.matchAll(/ href="([^"]*)"/g))
    if (feedAddressKey(href.replaceAll('&#x26;', '&')) === key) return '';
  return `\n<p><a href="${escapeHtml(subject)}">${escapeHtml(siteName(subject))}</a></p>`;
}

/**
 * The words of an only picture, which readers see only with a mouse: half of a comic's joke
 * (https://github.com/samuelclay/NewsBlur/issues/171, https://github.com/readrops/Readrops/issues/316).
 */
function hoverText({ title }: FeedEntry, content: string): string {
  // All tags: values of attributes may hold the beginnings of others.
  const [picture, ...more] = (content.match(PRINTED_TAG) ?? []).filter((tag) => MEDIA.test(tag));
  const [, written = ''] = /^<img .* title="([^"]*)"/.exec(picture ?? '') ?? [];
  const words = decoded(written);
  const isSentence = words.split(/\s+/).length > 3 && cleanText(words) !== cleanText(title);
  return isSentence && more.length === 0 && excerpt(content) === '' ? `\n<p>${escapeHtml(words)}</p>` : '';
}

const MEDIA = /^<(?:img|video|audio|iframe|math)\b/;

/** The public part of a person: name and page, never the e-mail address. */
function publicPerson({ name, url }: FeedPerson): Person[] {
  const clean = cleanText(name);
  return clean === '' ? [] : publishable(url === undefined ? { name: clean } : { name: clean, url });
}

/** The limits of an entry. Those of authors and files are in the schema of the archive. */
const LIMITS = { bodyBytes: 1_000_000, titleCharacters: 300, categories: 20 };

/** The newest entries of a feed with too many. Undated entries count as the newest, in document order, as most feeds begin with the newest. */
export function newestEntries(entries: readonly FeedEntry[]): { entries: readonly FeedEntry[]; notes: string[] } {
  if (entries.length <= MOST_ENTRIES) return { entries, notes: [] };
  const time = ({ published, updated }: FeedEntry) => (published ?? updated)?.getTime() ?? Number.MAX_SAFE_INTEGER;
  const newest = new Set(entries.toSorted((a, b) => time(b) - time(a)).slice(0, MOST_ENTRIES));
  const notes = [`it has ${entries.length} entries; the newest ${MOST_ENTRIES} are taken`];
  return { entries: entries.filter((entry) => newest.has(entry)), notes };
}

/** Its beginning, without a tag that is cut, and with a link to all of it. */
function shortBody(html: string): string {
  if (html.length <= LIMITS.bodyBytes) return html;
  return `${html.slice(0, LIMITS.bodyBytes).replace(/<[^<>]*$/, '')}<p><a href="">…</a></p>`;
}

export function shortTitle(title: string): string {
  return cutTo(LIMITS.titleCharacters, title);
}

export function cutNotes(before: readonly FeedEntry[], kept: readonly SanitisedEntry[]): string[] {
  const bodies = before.filter(({ content }) => (content?.html.length ?? 0) > LIMITS.bodyBytes);
  const long = new Set(bodies.map(idInArchive));
  const ends = kept.filter(({ id, content }) => isCut(content) && !long.has(id)).length;
  return [
    ...(bodies.length > 0 ? [`${countText(bodies.length, 'body', 'bodies')} of more than 1 MB cut`] : []),
    ...(ends > 0 ? [`${countText(ends, 'body', 'bodies')} of more than 20,000 elements and texts cut`] : []),
  ];
}

/** An address in text. Not in an example of markup: `href="https://…"`. */
const ADDRESS = /(?<![\p{L}\p{N}"'=/@.-]|&quot;|&#34;)https?:\/\/[!#-;=?-_a-~\p{L}\p{M}\p{N}]{4,2000}/giu;

/** References of characters that end an address, and of those that are in one. Before any other it may have been cut. */
const END = /&(?:lt|gt|quot|apos|nbsp|#0*3[49]|#160);/i;
const OTHER = /&(?!amp;|#0*38;)#?\w+;/i;

/** Scripts that write no space between an address and the next word. */
const NEXT_WORD = new RegExp(`[${UNSPACED}\\p{sc=Hangul}]`, 'u');

/** Lines and addresses of a text. Links in a longer one would be too many elements, and its end cut off. */
const MOST = 6_000;

/**
 * HTML with links to the addresses in it if it is only text in lines, as YouTube, Bluesky and podcasts have it
 * (https://github.com/miniflux/v2/issues/202, https://github.com/Seneca-CDOT/telescope/issues/2679). An address that is
 * cut, or whose end is in doubt, stays text: a link that leads elsewhere is worse than none.
 */
function withTextLinks(html: string): string {
  if (!html.includes('://') || /<(?!br ?\/?>)/i.test(html)) return html;
  if ((html.match(/<|:\/\//g)?.length ?? 0) > MOST) return html;
  return html.replace(ADDRESS, (run, at: number) => {
    const [written = run] = run.split(END, 1);
    const isCut = /^(?:[\p{L}\p{N}…/-]|\.\.)/u.test(html.slice(at + written.length, at + written.length + 2));
    if (isCut || written.endsWith('..') || NEXT_WORD.test(written) || OTHER.test(written)) return run;
    const address = withoutPunctuation(written);
    const isWhole = /^https?:\/\/[^/?#]*[^/?#.]\.[^/?#.]/i.test(address) && URL.canParse(address);
    // A bracket that stays open is of a text around it: `[url]https://…[/url]`, `https://…[...]`.
    return isWhole && !/[([{][^()[\]{}]*$/.test(address)
      ? `<a href="${address}">${address}</a>${run.slice(address.length)}`
      : run;
  });
}

/** Without the punctuation of the sentence around it. A bracket that was opened in it stays. */
function withoutPunctuation(written: string): string {
  let closed = written.split(')').length - written.split('(').length;
  let end = written.length;
  for (; end > 0; end -= 1) {
    const last = written.charAt(end - 1);
    if (last === ')' ? closed <= 0 : !".,;:!?'*_~|]}".includes(last)) break;
    closed -= Number(last === ')');
  }
  return written.slice(0, end);
}
