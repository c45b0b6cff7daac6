// This file loads no library: `archive push` runs where none is installed.
import type { EntryMetadata } from './entry.ts';
import { hostOf, isOneSite } from './web-address.ts';

/** A key for an entry. The id of a feed has no space. */
export function entryKey({ feed, id }: Pick<EntryMetadata, 'feed' | 'id'>): string {
  return `${feed} ${id}`;
}

/** The month of an entry's file. In UTC, so that a change of the planet's time zone moves no line. */
export function monthOf({ published }: Pick<EntryMetadata, 'published'>): string {
  return published.slice(0, 7);
}

/** Oldest first, so that a month grows at its end. `published` never changes, so an entry keeps its place. */
export function sortKey({ published, feed, id }: Pick<EntryMetadata, 'published' | 'feed' | 'id'>): string {
  return `${published}\n${feed}\n${id}`;
}

const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|_hsenc|_hsmi|mkt_tok|oly_enc_id|oly_anon_id|vero_id|ref_src|spm|xtor|wt_mc|cmpid|ns_campaign|at_medium|at_campaign|pk_\w+|mtm_\w+|piwik_\w+|source=rss(?:-[\w-]*)?|from=rss)$/i;

/** Index files: a server also shows them at the address of their folder. */
const INDEX_FILE = /\/(?:index|default)\.(?:html?|php|aspx?|shtml|cgi)$/i;

/**
 * The canonical form of an entry's link, the same for all feeds: https, host in lower case without `www.`, no fragment,
 * no tracking parameters, no slash or index file at the end, sorted. Null for a front page, which identifies no entry.
 */
export function canonicalLink(link: string): string | null {
  const url = URL.parse(link);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const host = url.host.replace(/^www\./, '').replace(/:(?:80|443)$/, '');
  const path = url.pathname
    .replace(INDEX_FILE, '/')
    .replace(/(?<!\/)\/+$/, '')
    // https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.1
    .replace(/%[0-9a-f]{2}/gi, (byte) => byte.toUpperCase());
  if (url.search === '') return path === '' ? null : `https://${host}${path}`;
  const parameters = [...url.searchParams].filter(
    ([name, value]) => !TRACKING.test(name) && !TRACKING.test(`${name}=${value}`),
  );
  const query = new URLSearchParams(parameters);
  query.sort();
  if (path === '' && query.size === 0) return null;
  return `https://${host}${path}${query.size === 0 ? '' : `?${query}`}`;
}

/** The page on another site that a link post is about; null for other posts. */
export function subjectOf({ url, source }: Pick<EntryMetadata, 'url' | 'source'>): string | null {
  const { url: page, ...others } = source ?? {};
  // A source with more than a page is the feed that the entry was copied from.
  if (page === undefined || Object.keys(others).length > 0) return null;
  return url !== null && isOneSite(page, url) ? null : page;
}

/** A link without scheme, `www.` and last slashes. The form stays for ever: the archive has hashes of it. */
export function plainLink(link: string): string {
  return link.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/(?<!\/)\/+$/, '');
}

/** Ids that are unique in the world: a tag URI, a UUID, a long hexadecimal number, as of Ghost. Not zeros, which stand for none. */
const UNIQUE_ID =
  /^(?:tag:[^,]+,\d{4}|urn:uuid:|(?!0{8}-)[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$|(?=\d*[a-f])[\da-f]{24,}$)/i;

/**
 * Keys that identify an entry across feeds: its link, and its id if that is an address or unique in the world. Two
 * entries of different feeds with a common key may be the same. The title is no key: two people may write "Hello".
 */
export function identityKeys({ id, url }: Pick<EntryMetadata, 'id' | 'url'>): string[] {
  const keys = [url, id].map((address) => (address === null ? null : canonicalLink(address)));
  if (UNIQUE_ID.test(id)) keys.push(id);
  return [...new Set(keys.filter((key) => key !== null))];
}

type Keyed = Pick<EntryMetadata, 'id' | 'url' | 'path'>;

/** All keys by which entries of other feeds may be the same. */
export function candidateKeys(entry: Keyed): string[] {
  return [...new Set(keysWithFragments(entry).map(({ key }) => key))];
}

/** A key of an entry, and the fragment of its address; empty if there is none. Many posts may have a front page and a day. */
export type IdentityKey = { key: string; fragment: string; isFrontPage?: true };

/** The keys of an entry with their fragments. Several notes on one page differ only in the fragment. */
export function keysWithFragments({ id, url, path }: Keyed): IdentityKey[] {
  const marks = new Map<string, IdentityKey>();
  for (const address of new Set([url ?? id, id])) {
    const keys: Omit<IdentityKey, 'fragment'>[] = identityKeys({ id: address, url: null }).map((key) => ({ key }));
    // A podcast without pages for its episodes: the page, and the day from the permalink. With the space it is no canonical link.
    if (address === url && keys.length === 0 && URL.canParse(url))
      keys.push({ key: `https://${hostOf(url)}/ ${path.slice(0, 10)}`, isFrontPage: true });
    for (const each of keys) {
      const fragment = fragmentOf(address);
      marks.set(`${each.key} ${fragment}`, { ...each, fragment });
    }
  }
  return [...marks.values()];
}

/** The fragment of an address, except for tracking (`#xtor=RSS-1`) and text fragments of browsers (`#:~:text=`). */
function fragmentOf(address: string): string {
  const fragment = URL.parse(address)?.hash.slice(1) ?? '';
  const [name = ''] = fragment.split('=');
  return fragment.startsWith(':~:') || TRACKING.test(name) || TRACKING.test(fragment) ? '' : fragment;
}

/** The canonical form of the address of a feed or home page, which may also be a front page. */
export function feedAddressKey(address: string): string {
  if (!URL.canParse(address)) return address;
  return canonicalLink(address) ?? `https://${hostOf(address)}`;
}

/** An address with its host in canonical form. */
const PLAIN_HOST = /^https?:\/\/(?:www\.)?((?:[a-z0-9-]+\.)*[a-z][a-z0-9-]*)(?=[/?#]|$)/;

/** A fast filter for entries that may have one of these keys: it compares hosts, and is true for unusual addresses. */
export function identityFilter(keys: ReadonlySet<string>): (entry: Pick<EntryMetadata, 'id' | 'url'>) => boolean {
  const hosts = new Set([...keys].map((key) => /^https:\/\/([^/?]+)/.exec(key)?.[1]));
  const mayBe = (address: string) => {
    const host = PLAIN_HOST.exec(address)?.[1];
    return host === undefined ? !UNIQUE_ID.test(address) || keys.has(address) : hosts.has(host);
  };
  return ({ id, url }) => (url !== null && mayBe(url)) || (id !== url && mayBe(id));
}
