import type { Element } from 'hast';
import { cleanText } from '../../../src/core/clean-text.ts';
import { hostInLetters } from '../../../src/core/site-name.ts';
import { webUrl } from './images.ts';
import { newElement } from './parsed-html.ts';

/** The relations of every link: it is no recommendation of ours, and the other page gets no access (https://html.spec.whatwg.org/multipage/links.html#link-type-noopener). */
export const LINK_RELATIONS = ['nofollow', 'ugc', 'noopener'];

interface Player {
  title: string;
  /** Without `www.` and `m.`. */
  hosts: readonly string[];
  id: (url: URL) => string | undefined;
  embed: (id: string, url: URL) => string;
}

const PLAYERS: readonly Player[] = [
  {
    title: 'Video on YouTube',
    hosts: ['youtube.com', 'youtube-nocookie.com', 'youtu.be'],
    id: youTubeId,
    embed: (id, url) => `https://www.youtube-nocookie.com/embed/${id}${youTubeQuery(url)}`,
  },
  {
    title: 'Video on Vimeo',
    hosts: ['player.vimeo.com', 'vimeo.com'],
    id: (url) => /^\/(?:video\/)?(\d{1,12})(?:\/|$)/.exec(url.pathname)?.[1],
    embed: (id, url) => `https://player.vimeo.com/video/${id}?dnt=1${unlistedKey(url)}`,
  },
];

/** Words of eleven letters in the place of an id. */
const NOT_VIDEOS: ReadonlySet<string> = new Set(['videoseries', 'live_stream']);

function youTubeId(url: URL): string | undefined {
  const inPath =
    url.hostname === 'youtu.be' ? /^\/([\w-]{11})$/ : /^\/(?:embed|v|shorts|live)\/([\w-]{11})\/?(?:&.*)?$/;
  const inQuery = url.pathname === '/watch' ? /^[\w-]{11}$/.exec(url.searchParams.get('v') ?? '')?.[0] : undefined;
  const id = inPath.exec(url.pathname)?.[1] ?? inQuery;
  return id && (!NOT_VIDEOS.has(id) || (id === 'videoseries' && playlist(url) !== undefined)) ? id : undefined;
}

/** A list of videos for everybody: of a person, of a channel, or an album. */
function playlist({ searchParams }: URL): string | undefined {
  return /^(?:PL|OL|UU)[\w-]{10,60}$/.exec(searchParams.get('list') ?? '')?.[0];
}

/** Its playlist, and its beginning in seconds, also from `t=90`, `t=90s` and `t=1h2m3s`. */
function youTubeQuery(url: URL): string {
  const list = playlist(url);
  const written = url.searchParams.get('start') ?? url.searchParams.get('t') ?? '';
  const [, hours = 0, minutes = 0, seconds = 0] = /^(?:(\d)h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?$/.exec(written) ?? [];
  const start = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  const query = [list && `list=${list}`, (start > 0 || written === '0') && `start=${start}`].filter(Boolean).join('&');
  return query && `?${query}`;
}

/** An unlisted video is only shown with its key. */
function unlistedKey(url: URL): string {
  const key = /^[\da-f]{6,20}$/.exec(url.searchParams.get('h') ?? '')?.[0];
  return key === undefined ? '' : `&h=${key}`;
}

export function isEmbeddableVideo(address: string): boolean {
  const url = webUrl(address, null);
  return url !== null && playerOf(url) !== null;
}

function playerOf(url: URL): { src: string; title: string } | null {
  const host = url.hostname.replace(/^(?:www|m)\./, '');
  for (const { hosts, id: idIn, embed, title } of PLAYERS) {
    const id = hosts.includes(host) ? idIn(url) : undefined;
    if (id) return { src: embed(id, url), title };
  }
  return null;
}

/** What a frame shows: its page first. Medium has videos and posts of other sites in frames of Embedly. */
function shownIn(url: URL): [URL, ...URL[]] {
  if (url.hostname !== 'cdn.embedly.com') return [url];
  const [page = url, ...more] = ['url', 'src'].flatMap((name) => webUrl(url.searchParams.get(name) ?? '', null) ?? []);
  return [page, ...more];
}

/** A new player made from the video's id; for any other frame, audio or video a link to it; null without a web address. */
export function frame(element: Element, base: URL | null): Element | null {
  const [src] = [element, ...element.children].flatMap(
    (each) => ('properties' in each && each.properties['src']) || [],
  );
  const url = typeof src === 'string' && src !== '' ? webUrl(src, base) : null;
  if (!url) return null;
  const shown = shownIn(url);
  const title = cleanText(String(element.properties['title'] ?? ''));
  const player = shown.map(playerOf).find((each) => each !== null);
  if (player === undefined) {
    const words = { type: 'text', value: title || hostInLetters(shown[0].hostname) } as const;
    return newElement('a', { href: shown[0].href, rel: LINK_RELATIONS }, [words]);
  }
  return newElement('iframe', {
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
  });
}
