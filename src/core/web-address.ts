import type { FeedConfig } from './planet.ts';

/** A text with marks in place of its e-mail and web addresses. */
export type Marked = { text: string; emails: string[]; pages: string[] };

/** The marks: a number between two noncharacters of Unicode, which no text has. */
export const EMAIL = /\uFFFF(\d+)\uFFFF/;
export const PAGE = /\uFFFE(\d+)\uFFFE/;
const MARKS = /[\uFFFE\uFFFF]/g;
const WEB = /https?:\/\/[^\s<>()[\]"'|,;\uFFFE\uFFFF]+/gi;
const LOCAL = String.raw`[^\s@<>()[\]{},;:"'|/\\\uFFFE\uFFFF](?:[^\s@<>()[\]{},;:"|/\\\uFFFE\uFFFF]*[^\s@<>()[\]{},;:"'|/\\\uFFFE\uFFFF])?`;
const HOST = String.raw`(?:[^\s@<>()[\]{},;:"'|/\\?\uFFFE\uFFFF]+|\[[\d.a-f:]+\])`;
/** Without the words of `DOT`: else the ways to match `a_dot_a_dot_a` would double with each of them. */
const WORD = String.raw`(?:(?![_-]dot[_-])[\p{L}\p{N}_-])+`;
/** Not inside a word, and not a handle such as `@alice@social.example`. */
const START = String.raw`(?<![^\s<>()[\]{},;:"'|/\\\uFFFF])`;
const SCHEME = String.raw`(?:(?:mailto|e-?mail|xmpp|sip)\s?:\s?)?`;
const AT = String.raw`\s*(?:[[({<]\s*(?:at|@|ät|arroba|a)\s*[\])}>]|_at_|-at-)\s*`;
const DOT = String.raw`\s*(?:[[({]\s*(?:dot|\.|punkt|punto|point|ponto)\s*[\])}]|_dot_|-dot-|\s(?:dot|punkt|punto|point|ponto)\s)\s*`;

const FORMS: readonly RegExp[] = [
  new RegExp(String.raw`${SCHEME}"[^"@\uFFFE\uFFFF]{1,64}"@${HOST}`, 'giu'),
  new RegExp(String.raw`${SCHEME}${START}${LOCAL}@+${HOST}(?:\?\S*)?`, 'giu'),
  // `ann [at] example.org`, `ann(at)example(dot)org`
  new RegExp(String.raw`${START}${LOCAL}${AT}${WORD}(?:(?:${DOT}|\.)${WORD})+`, 'giu'),
  // `ann at example dot org`
  new RegExp(
    String.raw`${START}${WORD}(?:(?:${DOT}|\.)${WORD})*(?:\s+at\s+|\s+@\s+)${WORD}(?:${DOT}${WORD})+(?:\.${WORD})*`,
    'giu',
  ),
  // `ann at example.org`, if nothing else is around it, or if a name follows as in archives of mailing lists: `the team at example.org` is a name.
  new RegExp(
    String.raw`(?=\S)(?<=^\s*|[(<[,;]\s*)${LOCAL}(?:\s+(?:at|@)|@)\s+${WORD}(?:(?:\.|\s+\.\s+)${WORD})+(?=\s*(?:$|[)>\],;]|\([^()]*\)\s*$))`,
    'giu',
  ),
];

/** Finds texts that may have an address: the fast path, because most names have none. */
const MAYBE = /[@＠﹫]|%40|[\s[({<_-](?:at|ät|arroba|a)[\s\])}>_-]/iu;

export function markAddresses(line: string): Marked {
  const emails: string[] = [];
  const pages: string[] = [];
  const withoutPages = line.replace(MARKS, '').replace(WEB, (page) => `\uFFFE${pages.push(page) - 1}\uFFFE`);
  if (!MAYBE.test(withoutPages)) return { text: withoutPages, emails, pages };
  let text = withoutPages
    .replaceAll('%40', '@')
    .replace(/[＠﹫]/g, '@')
    .replace(/\bacct:@?(?=[^\s@]+@)/gi, '@');
  for (const form of FORMS)
    text = text.replace(form, (found) => (isEmail(found) ? `\uFFFF${emails.push(plain(found)) - 1}\uFFFF` : found));
  return { text, emails, pages };
}

/** Whether a match is an address: its host has a dot or is an IP address. `M@tt Lee` is a name. */
function isEmail(found: string): boolean {
  const [, host] = /@([^@]*)$/.exec(found) ?? [];
  return host === undefined || /^localhost\b|[.[]|^\s/.test(host);
}

function plain(found: string): string {
  return found.replace(/^(?:mailto|e-?mail|xmpp|sip)\s?:\s?/i, '').replace(/\?.*$|(?<!\.)\.+$/, '');
}

/** Whether a text has an e-mail address, plain or hidden from programs. */
export function holdsEmail(text: string): boolean {
  return markAddresses(text).emails.length > 0;
}

export function withoutEmails(text: string): string {
  const { text: marked, emails, pages } = markAddresses(text);
  if (emails.length === 0) return text;
  return marked
    .replace(/\s*[(<[]?\uFFFF\d+\uFFFF[)>\]]?,?\s*/gu, ' ')
    .replace(new RegExp(PAGE, 'gu'), (_, page) => pages[Number(page)] ?? '')
    .trim();
}

/** An address without user and password: `https://bank.example@evil.example/` misleads, `https://jane@doe.example/` is an e-mail address. */
export function withoutUser(address: string): string {
  const url = /^https?:[/\\]*[^/\\?#]*@/i.test(address) ? URL.parse(address) : null;
  if (url === null) return address;
  url.username = '';
  url.password = '';
  return url.href;
}

/** Names of query parameters with secrets: GitLab's `feed_token`, Redmine's `key`, Amazon's `X-Amz-Signature`. */
const SECRET = /(?:token|key|secret|passw(?:or)?d|auth|signature|credential)s?$|^(?:sig|pass|pwd?)$/i;

/** An address without passwords and secret parameters. The path of a file stays as it is. */
export function withoutSecrets(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  const secrets = [...url.searchParams.keys()].filter((name) => SECRET.test(name));
  if (secrets.length === 0 && url.username === '' && url.password === '') return address;
  url.username = '';
  url.password = '';
  for (const name of secrets) url.searchParams.delete(name);
  return url.href;
}

/** Secret parameters as written: `feed_token=XyZ`. Shorter values, as in `auth=1`, may be in any text. */
export function secretParameters(addresses: readonly string[]): string[] {
  return addresses
    .flatMap((address) => URL.parse(address)?.search.slice(1).split('&') ?? [])
    .filter((each) => /=.{6,}/.test(each) && [...new URLSearchParams(each).keys()].some((name) => SECRET.test(name)));
}

/** Removes them from all texts of a value: feeds link to themselves, and `#comments` repeats the query of its base. */
export function secretRemover(parameters: readonly string[]): <T>(value: T) => T {
  if (parameters.length === 0) return (value) => value;
  const literal = parameters.map((each) => each.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
  // In HTML, `;` ends the character reference of `&`.
  const pattern = new RegExp(`(?<=[?&;])(?:${literal})(?![\\w%.~-])`, 'g');
  const open = (_key: string, text: unknown) => (typeof text === 'string' ? text.replace(pattern, '') : text);
  return (value) => JSON.parse(JSON.stringify(value, open));
}

export interface FeedHome extends Pick<FeedConfig, 'url' | 'home'> {
  /** Its web page, as the feed itself says. It counts only on the host of the feed. */
  declaredHome?: string | null | undefined;
  /** Earlier addresses in `planet.yaml`, each with the home that the feed gave there. */
  formerly?: readonly { url: string; home: string | null }[] | undefined;
}

/**
 * Whether an address is on the site of a feed: on its host, and on a shared host in its folder. The `home` in
 * `planet.yaml` decides, else the address of the feed. The feed's own word is not enough: it could claim another blog.
 */
export function isAtHome(address: string, feed: FeedHome): boolean {
  if (feed.formerly?.some(({ url, home }) => isAtHome(address, { url, declaredHome: home }))) return true;
  const link = URL.parse(address);
  const home = URL.parse(feed.home ?? feed.url);
  if (link === null || home === null || !isWeb(link) || !isWeb(home)) return false;
  if (hostOf(link.href) !== hostOf(home.href)) return false;
  if (feed.home !== undefined) return isUnder(link, home);
  const claimed = URL.parse(feed.declaredHome ?? '');
  const users = home.pathname.split('/').filter((segment) => /^[~@]./.test(segment));
  const isUsers = users.every((user) => link.pathname.split('/').includes(user));
  return isUsers && (claimed === null || (hostOf(claimed.href) === hostOf(home.href) && isUnder(link, claimed)));
}

/** Whether a link is in the folder of a home page: `/~ada/`, `/@ada`, or `/blog/` for `/blog/index.html`. */
function isUnder(link: URL, home: URL): boolean {
  const folder = home.pathname.replace(/\/[^/.]*\.[^/]*$/, '/').replace(/(?<!\/)\/*$/, '/');
  return `${link.pathname}/`.startsWith(folder);
}

function isWeb({ protocol }: URL): boolean {
  return /^https?:$/.test(protocol);
}

/** The host of an address without `www.`, for comparing sites: `example.org`. In texts it is its `siteName`. */
export function hostOf(address: string): string {
  return new URL(address).host.replace(/^www\./, '');
}

/** Whether two addresses are on one host, or on hosts of which one is inside the other: `blog.example.org` and `example.org`. */
export function isOneSite(one: string, other: string): boolean {
  const [a, b] = [hostOf(one), hostOf(other)];
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}

const MISSING_VALUE = /^https?:\/\/(?:(?:undefined|null)[:/]|[^?#]*\/(?:undefined|null|nan|\[object%20object\])\/?$)/i;

/** Whether an address has the name of a missing value, as in `https://example.org/undefined`: themes of Astro write it for a post without a picture (https://github.com/cworld1/astro-theme-pure/issues/126). */
export function hasMissingValue(address: string): boolean {
  return MISSING_VALUE.test(address);
}
