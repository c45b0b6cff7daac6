import type { FeedConfig } from './planet.ts';

/** A text whose addresses are taken out; where each was stands its mark. */
export interface Marked {
  text: string;
  emails: string[];
  pages: string[];
}

/** Two characters that no text has: Unicode says that they are none. */
export const EMAIL = /\uFFFF(\d+)\uFFFF/;
export const PAGE = /\uFFFE(\d+)\uFFFE/;
const MARKS = /[\uFFFE\uFFFF]/g;

const WEB = /https?:\/\/[^\s<>()[\]"'|,;\uFFFE\uFFFF]+/gi;

const LOCAL = String.raw`[^\s@<>()[\]{},;:"'|/\\\uFFFE\uFFFF](?:[^\s@<>()[\]{},;:"|/\\\uFFFE\uFFFF]*[^\s@<>()[\]{},;:"'|/\\\uFFFE\uFFFF])?`;
const HOST = String.raw`(?:[^\s@<>()[\]{},;:"'|/\\?\uFFFE\uFFFF]+|\[[\d.a-f:]+\])`;
const WORD = String.raw`[\p{L}\p{N}_-]+`;
/** Not within a word, and not a handle: `@alice@social.example`. */
const START = String.raw`(?<![^\s<>()[\]{},;:"'|/\\\uFFFF])`;
const SCHEME = String.raw`(?:(?:mailto|e-?mail|xmpp|sip)\s?:\s?)?`;
const AT = String.raw`\s*(?:[[({<]\s*(?:at|@|ät|arroba|a)\s*[\])}>]|_at_|-at-)\s*`;
const DOT = String.raw`\s*(?:[[({]\s*(?:dot|\.|punkt|punto|point|ponto)\s*[\])}]|_dot_|-dot-|\s(?:dot|punkt|punto|point|ponto)\s)\s*`;

/** How people write an address, and how they hide one; each is taken out whole. */
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
  // `ann at example.org`, where nothing else stands beside it: `the team at example.org` is a name.
  new RegExp(String.raw`(?<=^\s*|[(<[,;]\s*)${LOCAL}\s+(?:at|@)\s+${WORD}(?:\.${WORD})+(?=\s*(?:$|[)>\],;]))`, 'giu'),
];

/** Most names are seen to hold none at a glance. */
const MAYBE = /[@＠﹫]|%40|[\s[({<_-](?:at|ät|arroba|a)[\s\])}>_-]/iu;

/** Takes e-mail addresses and addresses of pages out of a line of text. */
export function markAddresses(line: string): Marked {
  const emails: string[] = [];
  const pages: string[] = [];
  const withoutPages = line.replace(MARKS, '').replace(WEB, (page) => `\uFFFE${pages.push(page) - 1}\uFFFE`);
  if (!MAYBE.test(withoutPages)) return { text: withoutPages, emails, pages };
  let text = withoutPages
    .replaceAll('%40', '@')
    .replace(/[＠﹫]/g, '@')
    .replace(/\bacct:@?(?=[^\s@]+@)/gi, '@');
  for (const form of FORMS) {
    text = text.replace(form, (found) => (isEmail(found) ? `\uFFFF${emails.push(plain(found)) - 1}\uFFFF` : found));
  }
  return { text, emails, pages };
}

/** `M@tt` is a name; what has a host with a dot, or an IP, is an address. */
function isEmail(found: string): boolean {
  const [, host] = /@([^@]*)$/.exec(found) ?? [];
  return host === undefined || /^localhost\b|[.[]|^\s/.test(host);
}

function plain(found: string): string {
  return found.replace(/^(?:mailto|e-?mail|xmpp|sip)\s?:\s?/i, '').replace(/\?.*$|\.+$/, '');
}

/** Whether a text holds an e-mail address, written plainly or hidden from machines. */
export function holdsEmail(text: string): boolean {
  return markAddresses(text).emails.length > 0;
}

/** As much of a feed as tells where it is at home. */
export interface FeedHome extends Pick<FeedConfig, 'url' | 'home'> {
  /** Its page for people as the feed itself says; its word counts only on the host that it is read from. */
  saidHome?: string | null | undefined;
}

/**
 * Whether an address lies at a feed's home: on its host, and where many share a host under its folder. The operator's `home`
 * decides, else the address of the feed: a feed that could say where it is at home would be at home in another's blog.
 */
export function isAtHome(address: string, feed: FeedHome): boolean {
  const link = URL.parse(address);
  const home = URL.parse(feed.home ?? feed.url);
  if (link === null || home === null || !isWeb(link) || !isWeb(home)) return false;
  if (hostOf(link.href) !== hostOf(home.href)) return false;
  if (feed.home !== undefined) return isUnder(link, home);
  const said = URL.parse(feed.saidHome ?? '');
  const users = home.pathname.split('/').filter((segment) => /^[~@]./.test(segment));
  const isUsers = users.every((user) => link.pathname.split('/').includes(user));
  return isUsers && (said === null || (hostOf(said.href) === hostOf(home.href) && isUnder(link, said)));
}

/** In the folder of a home page: `/~ada/`, `/@ada`, and `/blog/` of `/blog/index.html`. */
function isUnder(link: URL, home: URL): boolean {
  const folder = home.pathname.replace(/\/[^/]*\.[^/]*$/, '/').replace(/\/*$/, '/');
  return `${link.pathname}/`.startsWith(folder);
}

function isWeb({ protocol }: URL): boolean {
  return /^https?:$/.test(protocol);
}

/** `example.org`: how a link to an address reads, and what tells two sites apart. */
export function hostOf(address: string): string {
  return new URL(address).host.replace(/^www\./, '');
}
