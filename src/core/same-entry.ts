import type { EntryMetadata } from './entry.ts';
import { hostOf } from './web-address.ts';

/** Parameters that say how a reader came, not what they came for. */
const tracking =
  /^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|_hsenc|_hsmi|mkt_tok|oly_enc_id|oly_anon_id|vero_id|ref_src|spm|xtor|wt_mc|cmpid|ns_campaign|at_medium|at_campaign|pk_\w+|mtm_\w+|piwik_\w+|source=rss|from=rss)$/i;

/** Files that a folder shows by itself. */
const indexFile = /\/(?:index|default)\.(?:html?|php|aspx?|shtml|cgi)$/i;

/**
 * A link as one entry has it by whatever route: https, host in lower case without `www.`, no fragment, no tracking, no
 * slash or index file at the end, parameters in order. Null for what no entry can be known by: a bare front page.
 */
export function canonicalLink(link: string): string | null {
  const url = URL.parse(link);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const host = url.host.replace(/^www\./, '').replace(/:(?:80|443)$/, '');
  const path = url.pathname.replace(indexFile, '/').replace(/\/+$/, '');
  const parameters = [...url.searchParams].filter(
    ([name, value]) => !tracking.test(name) && !tracking.test(`${name}=${value}`),
  );
  const query = new URLSearchParams(parameters.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))).toString();
  if (path === '' && query === '') return null;
  return `https://${host}${path}${query === '' ? '' : `?${query}`}`;
}

/**
 * What an entry can be known by across feeds: its link, and its id where that is an address or a tag URI. Two entries of
 * different feeds that share one of them are the same entry by two routes. Never the title: two people may write "Hello".
 */
export function identityKeys({ id, url }: Pick<EntryMetadata, 'id' | 'url'>): string[] {
  const keys = [url, id].map((address) => (address === null ? null : canonicalLink(address)));
  if (/^tag:[^,]+,\d{4}/i.test(id) || /^urn:uuid:/i.test(id)) keys.push(id);
  return [...new Set(keys.filter((key) => key !== null))];
}

/** What an entry is known by, and the place in the page that is meant; empty where it is the page. */
export interface IdentityMark {
  key: string;
  fragment: string;
}

/** As `identityKeys`, with the fragments: notes that lie on one page are told apart by nothing else. */
export function identityMarks({ id, url }: Pick<EntryMetadata, 'id' | 'url'>): IdentityMark[] {
  const known = new Map<string, IdentityMark>();
  for (const address of url === null || url === id ? [id] : [url, id]) {
    for (const key of identityKeys({ id: address, url: null })) {
      const fragment = fragmentOf(address);
      known.set(`${key} ${fragment}`, { key, fragment });
    }
  }
  return [...known.values()];
}

/** Fragments tell two entries apart only where both have one: most planets leave them out. */
export function mayBeOne(a: IdentityMark, b: IdentityMark): boolean {
  return a.key === b.key && (a.fragment === '' || b.fragment === '' || a.fragment === b.fragment);
}

/** Newspapers count readers in it (`#xtor=RSS-1`), and browsers mark text. */
function fragmentOf(address: string): string {
  const fragment = URL.parse(address)?.hash.slice(1) ?? '';
  const [name = ''] = fragment.split('=');
  return fragment.startsWith(':~:') || tracking.test(name) || tracking.test(fragment) ? '' : fragment;
}

/** As `canonicalLink`, but a front page is as good as any place: feeds and people have those. */
export function placeKey(address: string): string {
  if (!URL.canParse(address)) return address;
  return canonicalLink(address) ?? `https://${hostOf(address)}`;
}

/** An address whose host is written as canonical links have it, so that it can be read off. */
const plainHost = /^https?:\/\/(?:www\.)?((?:[a-z0-9-]+\.)*[a-z][a-z0-9-]*)(?=[/?#]|$)/;

/**
 * Tells which entries may have one of these keys, at the cost of a glance: most of an archive lies on other hosts. Where an
 * address is out of the ordinary it says yes.
 */
export function identityFilter(keys: ReadonlySet<string>): (entry: Pick<EntryMetadata, 'id' | 'url'>) => boolean {
  const hosts = new Set([...keys].map((key) => /^https:\/\/([^/?]+)/.exec(key)?.[1]));
  const mayBe = (address: string) => {
    const host = plainHost.exec(address)?.[1];
    return host === undefined ? !/^(?:tag|urn):/i.test(address) || keys.has(address) : hosts.has(host);
  };
  return ({ id, url }) => (url !== null && mayBe(url)) || (id !== url && mayBe(id));
}
