import { cleanText, cutTo } from '../../src/core/clean-text.ts';
import { countText } from '../../src/core/text.ts';
import type { FeedDocument, FeedEntry } from './feed-entry.ts';
import { isGuardPage } from './fetch/guards.ts';
import { MEDIA } from './normalise/entry-bodies.ts';
import { readJsonFeed } from './normalise/json-feed.ts';
import { type FeedRead, normalise } from './normalise/normalise-feed.ts';
import { type Failure, failure } from './outcome.ts';
import { decode, wholeCharacters } from './parse/decode.ts';
import { readJson, rssInJson } from './parse/json.ts';
import { parseFeed } from './parse/parse-feed.ts';
import {
  attribute,
  baseAddress,
  everyElement,
  type ParsedElement,
  parseInDiv,
  plainText,
} from './sanitise/parsed-html.ts';
import { sanitiseInTime } from './sanitise-in-time.ts';
import { cutNotes, newestEntries, type SanitisedEntry, shortTitle } from './sanitised-entry.ts';

/** `refresh`: the header, which some pages have in place of a redirect. */
export type FeedOrigin = { url: string; contentType: string | null; refresh?: string | null };

/** A feed from its bytes, not yet safe. No bytes make it throw. */
export function readFeed(bytes: Uint8Array, { url, contentType, refresh }: FeedOrigin): FeedRead {
  const text = atItsHost(wholeCharacters(decode(bytes, contentType)), url);
  if (text.trim() === '') return failure({ kind: 'empty' });
  if (/^\s*[{[]/.test(text)) {
    const json = readJson(text);
    const feed = readJsonFeed(json, url);
    if (feed) return { kind: 'feed', feed };
    const tree = rssInJson(json);
    return tree ? normalise(tree, url) : failure({ kind: 'not-a-feed', detail: 'it is JSON, but no JSON Feed' });
  }
  const parsed = parseFeed(text, url);
  if (parsed.kind === 'tree') return normalise(parsed.tree, url);
  const isPage = parsed.reason.kind === 'web-page';
  if (isPage && isGuardPage(text))
    return failure({ kind: 'bot-protection', host: URL.parse(url)?.hostname ?? url, status: 200 });
  return isPage ? failure({ kind: 'web-page', refresh: pageRefresh(text, url, refresh) }) : parsed;
}

/** The page of a feed at the address where its author previews the blog (https://github.com/tholman/tholman-blog/issues/3), or at a host of nobody. */
const PREVIEWED =
  /(?:<link>|<link\s[^>]*?href=["']|"home_page_url"\s*:\s*")\s*(https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|[\w.-]+\.local|(?:www\.)?example\.com)(?::\d{1,5})?)(?=[\s/"'<])/i;

/** What is before an address in XML, HTML, `srcset` or JSON, but not in a sentence. */
const BEFORE_ADDRESS = /(?:["'=>[]|(?:quot|apos|gt|#3[49]|#x2[27]);|\d[wx],)\s*$/i;

/** The text of a feed whose ids, links and pictures lead to such a host, with the host that we asked instead. */
function atItsHost(text: string, url: string): string {
  const [head = ''] = text.slice(0, 10_000).split(/<(?:item|entry)[\s>]|"items"/i, 1);
  const [, previewed] = PREVIEWED.exec(head) ?? [];
  const origin = URL.parse(url)?.origin ?? '';
  if (previewed === undefined || !origin.startsWith('http')) return text;
  // Of one network, both may be right.
  if ([previewed, origin].every((address) => /\.local\b/i.test(address))) return text;
  const host = new RegExp(`${previewed.replaceAll('.', '\\.')}(?=[\\s/"'&<])`, 'gi');
  return text.replace(host, (found, at: number) =>
    BEFORE_ADDRESS.test(text.slice(Math.max(0, at - 100), at)) ? origin : found,
  );
}

/** Seconds. A page that waits longer is to be read first, or loads itself again. */
const LONGEST_DELAY = 10;

/** Letters. A page that only leads elsewhere is small. */
const LONGEST_PAGE = 50_000;

/** `0; url=/feed.xml` (https://html.spec.whatwg.org/#shared-declarative-refresh-steps) */
const REFRESH = /^\s*(\d+)(?:\.\d*)?(?:\s*[;,]|\s)\s*(?:url\s*=\s*|(?!url\s*=))["']?([^"'\s][^"']*)/i;

/** The address to which a web page leads by itself, as a static host redirects; undefined if to none. `header` is its `Refresh`. */
function pageRefresh(page: string, url: string, header?: string | null): string | undefined {
  // A browser follows what is in <noscript> only without scripts.
  const isLeaf = ({ tagName }: ParsedElement) => tagName === 'noscript';
  const elements = everyElement(parseInDiv(page.slice(0, LONGEST_PAGE)), isLeaf);
  const meta = elements.find(
    (each) => each.tagName === 'meta' && /^refresh$/i.test(attribute(each, 'http-equiv') ?? ''),
  );
  const [, delay, address = ''] = REFRESH.exec(header ?? (meta && attribute(meta, 'content')) ?? '') ?? [];
  const target = URL.parse(address, baseAddress(elements, url));
  const isElsewhere = address !== '' && target !== null && target.href !== url;
  return isElsewhere && Number(delay) <= LONGEST_DELAY ? target.href : undefined;
}

/** A feed, safe to keep and of limited size. */
export interface SafeFeed
  extends Pick<FeedDocument, 'title' | 'description' | 'home' | 'language' | 'manners' | 'pictures' | 'partial'> {
  entries: SanitisedEntry[];
  /** Whether an entry was left out: what there is of the feed is whole, and the next run asks for all of it. */
  delta: boolean;
  /** The names of authors as the feed writes them, each with the address of a picture. */
  authorPictures: [name: string, picture: string][];
  notes: string[];
}

export type SafeRead = { kind: 'feed'; feed: SafeFeed } | Failure;

/** Safe entries from the bytes of a feed: all the work whose time and memory depend on the feed, and nothing else. */
export function readSafely(bytes: Uint8Array, from: FeedOrigin, timeForEntry?: number): SafeRead {
  const read = readFeed(bytes, from);
  if (read.kind === 'failed') return read;
  const { home, language, manners, partial, pictures } = read.feed;
  const title = shortTitle(read.feed.title);
  const description = cutTo(LONGEST_DESCRIPTION, cleanText(read.feed.description ?? '')) || null;
  const withContent = read.feed.entries.filter(hasContent);
  const newest = newestEntries(withContent);
  const { safe: entries, late } = sanitiseInTime(newest.entries, timeForEntry);
  const notes = [
    ...(partial ? [cutOffNote(withContent.length)] : []),
    ...newest.notes,
    ...cutNotes(newest.entries, entries),
    ...(late > 0 ? [`left out ${countText(late, 'entry', 'entries')} that took too long to read`] : []),
    ...untypedNotes(newest.entries),
  ];
  const authorPictures = authorPicturesIn(read.feed, newest.entries);
  const delta = late > 0;
  return {
    kind: 'feed',
    feed: { title, description, home, language, manners, partial, delta, pictures, authorPictures, entries, notes },
  };
}

function authorPicturesIn(feed: FeedDocument, entries: readonly FeedEntry[]): [string, string][] {
  const people = [...feed.authors, ...entries.flatMap(({ authors }) => authors)];
  return [...new Map(people.flatMap(({ name, avatar }) => (name && avatar ? [[cleanText(name), avatar]] : [])))];
}

/** Characters of a feed's description. */
const LONGEST_DESCRIPTION = 500;

function cutOffNote(entries: number): string {
  if (entries === 0) return 'the document ends in the middle, and none of its entries is complete';
  const complete = countText(entries, 'complete entry was', 'complete entries were');
  return `the document ends in the middle; ${complete} taken`;
}

function untypedNotes(entries: readonly FeedEntry[]): string[] {
  const count = entries.filter(({ content, summary }) => content?.untyped || summary?.untyped).length;
  return count === 0 ? [] : [`it declares no type for ${countText(count, 'text', 'texts')} of HTML`];
}

/** Elements that show something without words. An empty table does not. */
const MEDIA_ELEMENT = new RegExp(String.raw`<(?:${MEDIA}|math)\b`, 'i');

/** Whether an entry has anything to read or to follow: an `<item/>` would be an empty page. */
function hasContent({ id, url, original, title, content, summary, enclosures }: FeedEntry): boolean {
  if (id || url || original || title || enclosures.length > 0) return true;
  return [content, summary].some(
    (body) => body && (MEDIA_ELEMENT.test(body.html) || plainText(body.html).trim() !== ''),
  );
}
