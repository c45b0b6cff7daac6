import type { Element } from 'hast';
import { cleanText } from '../../../src/core/clean-text.ts';
import { hostOf } from '../../../src/core/web-address.ts';
import { webUrl } from './images.ts';
import { attribute, everyElement, type ParsedElement, parseInDiv, textWithin } from './parsed-html.ts';

/** The relations of every link: it is no recommendation of ours, and the other page gets no access (https://html.spec.whatwg.org/multipage/links.html#link-type-noopener). */
export const LINK_RELATIONS = ['nofollow', 'ugc', 'noopener'];

interface Player {
  title: string;
  hosts: readonly string[];
  id: (url: URL) => string | undefined;
  embed: (id: string, url: URL) => string;
}

const PLAYERS: readonly Player[] = [
  {
    title: 'Video on YouTube',
    hosts: 'www.youtube.com youtube.com m.youtube.com www.youtube-nocookie.com youtube-nocookie.com youtu.be'.split(
      ' ',
    ),
    id: youTubeId,
    embed: (id, url) => `https://www.youtube-nocookie.com/embed/${id}${startOf(url)}`,
  },
  {
    title: 'Video on Vimeo',
    hosts: ['player.vimeo.com', 'vimeo.com', 'www.vimeo.com'],
    id: (url) => /^\/(?:video\/)?(\d{1,12})(?:\/|$)/.exec(url.pathname)?.[1],
    embed: (id, url) => `https://player.vimeo.com/video/${id}?dnt=1${unlistedKey(url)}`,
  },
];

/** Words of eleven letters in the place of an id. */
const NOT_FILMS: ReadonlySet<string> = new Set(['videoseries', 'live_stream']);

function youTubeId(url: URL): string | undefined {
  const inPath =
    url.hostname === 'youtu.be' ? /^\/([\w-]{11})$/ : /^\/(?:embed|v|shorts|live)\/([\w-]{11})\/?(?:&.*)?$/;
  const inQuery = url.pathname === '/watch' ? /^[\w-]{11}$/.exec(url.searchParams.get('v') ?? '')?.[0] : undefined;
  const id = inPath.exec(url.pathname)?.[1] ?? inQuery;
  return id && !NOT_FILMS.has(id) ? id : undefined;
}

/** Its beginning in seconds, also from `t=90`, `t=90s` and `t=1h2m3s`. */
function startOf({ searchParams }: URL): string {
  const written = searchParams.get('start') ?? searchParams.get('t') ?? '';
  const [, hours = 0, minutes = 0, seconds = 0] = /^(?:(\d)h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?$/.exec(written) ?? [];
  const start = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  return start > 0 || written === '0' ? `?start=${start}` : '';
}

/** An unlisted film is only shown with its key. */
function unlistedKey(url: URL): string {
  const key = /^[\da-f]{6,20}$/.exec(url.searchParams.get('h') ?? '')?.[0];
  return key === undefined ? '' : `&h=${key}`;
}

/** Whether an address is a film that we have a player for. */
export function isFilm(address: string): boolean {
  const url = webUrl(address, null);
  return url !== null && playerOf(url) !== null;
}

function playerOf(url: URL): { src: string; title: string } | null {
  for (const { hosts, id: idIn, embed, title } of PLAYERS) {
    const id = hosts.includes(url.hostname) ? idIn(url) : undefined;
    if (id) return { src: embed(id, url), title };
  }
  return null;
}

/** The first link in the content of a frame. Parsers read that as text, and browsers do not show it. */
export function linkIn(iframe: ParsedElement): Element[] {
  const [content] = iframe.childNodes;
  if (!content || !('value' in content) || !content.value.includes('<a')) return [];
  const link = everyElement(parseInDiv(content.value.slice(0, LONGEST_CONTENT))).find(({ tagName }) => tagName === 'a');
  const href = link && attribute(link, 'href');
  if (!href) return [];
  return [
    { type: 'element', tagName: 'a', properties: { href }, children: [{ type: 'text', value: textWithin(link) }] },
  ];
}

const LONGEST_CONTENT = 2_000;

/** What a frame shows: its page first. Medium has films and posts of other sites in frames of Embedly. */
function shownIn(url: URL): URL[] {
  if (url.hostname !== 'cdn.embedly.com') return [url];
  const shown = ['url', 'src'].flatMap((name) => webUrl(url.searchParams.get(name) ?? '', null) ?? []);
  return shown.length > 0 ? shown : [url];
}

/** A new player made from the film's id; for any other frame, sound or film a link to it; null without a web address. */
export function frame(element: Element, base: URL | null): Element | null {
  const [src] = [element, ...element.children].flatMap(
    (each) => ('properties' in each && each.properties['src']) || [],
  );
  const url = typeof src === 'string' && src !== '' ? webUrl(src, base) : null;
  const shown = url ? shownIn(url) : [];
  const title = cleanText(String(element.properties['title'] ?? ''));
  const player = shown.map(playerOf).find((each) => each !== null);
  if (player === undefined) return linkTo(shown[0], element, title, base);
  const properties = {
    src: player.src,
    title: title || player.title,
    width: element.properties['width'] ?? '560',
    height: element.properties['height'] ?? '315',
    loading: 'lazy',
    // Players need the first two. Together they are dangerous only in a frame of our own origin, which a player never has.
    sandbox: ['allow-scripts', 'allow-same-origin', 'allow-popups', 'allow-presentation'],
    allow: 'fullscreen; picture-in-picture; encrypted-media',
    allowfullscreen: true,
    // YouTube refuses to play without a referrer.
    referrerpolicy: 'strict-origin-when-cross-origin',
  };
  return { type: 'element', tagName: 'iframe', properties, children: [] };
}

/** A link to a frame's page, or the one in its content: without an address, or if the site of the frame has written it. */
function linkTo(
  page: URL | undefined,
  { tagName, children }: Element,
  title: string,
  base: URL | null,
): Element | null {
  const [link] = tagName === 'iframe' ? children : [];
  const [text] = link?.type === 'element' ? link.children : [];
  const inner = link?.type === 'element' ? webUrl(String(link.properties['href']), base) : null;
  const isInner = inner !== null && (page === undefined || `.${inner.hostname}`.endsWith(`.${hostOf(page.href)}`));
  const url = isInner ? inner : page;
  if (url === undefined) return null;
  const words = isInner && text?.type === 'text' ? cleanText(text.value) : '';
  const value = (/^https?:/i.test(words) ? '' : words) || title || url.hostname;
  const properties = { href: url.href, rel: LINK_RELATIONS };
  return { type: 'element', tagName: 'a', properties, children: [{ type: 'text', value }] };
}
