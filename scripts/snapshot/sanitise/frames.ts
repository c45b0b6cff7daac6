import type { Element } from 'hast';
import { cleanText } from '../../../src/core/clean-text.ts';
import { webUrl } from './images.ts';

/** Of every link: not vouched for by us, and the page behind it gets no hold on ours. */
export const LINK_RELATIONS = ['nofollow', 'ugc', 'noopener'];

interface Player {
  title: string;
  hosts: readonly string[];
  /** The film's id, out of any of the addresses that its host gives out. */
  id: (url: URL) => string | undefined;
  embed: (id: string, url: URL) => string;
}

const PLAYERS: readonly Player[] = [
  {
    title: 'Video on YouTube',
    hosts: [
      'www.youtube.com',
      'youtube.com',
      'm.youtube.com',
      'www.youtube-nocookie.com',
      'youtube-nocookie.com',
      'youtu.be',
    ],
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

/** As long as an id, and the names of other things. */
const NOT_FILMS: ReadonlySet<string> = new Set(['videoseries', 'live_stream']);

function youTubeId(url: URL): string | undefined {
  const inPath = url.hostname === 'youtu.be' ? /^\/([\w-]{11})$/ : /^\/(?:embed|v|shorts|live)\/([\w-]{11})\/?$/;
  const inQuery = url.pathname === '/watch' ? /^[\w-]{11}$/.exec(url.searchParams.get('v') ?? '')?.[0] : undefined;
  const id = inPath.exec(url.pathname)?.[1] ?? inQuery;
  return id && !NOT_FILMS.has(id) ? id : undefined;
}

function startOf(url: URL): string {
  const start = /^\d{1,6}$/.exec(url.searchParams.get('start') ?? '')?.[0];
  return start === undefined ? '' : `?start=${start}`;
}

/** A film that is not listed answers only to its key. */
function unlistedKey(url: URL): string {
  const key = /^[\da-f]{6,20}$/.exec(url.searchParams.get('h') ?? '')?.[0];
  return key === undefined ? '' : `&h=${key}`;
}

/** Whether there is a player for what an address leads to. */
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

/** A player built anew from the film's id; of any other frame a link to what it would have shown. */
export function frame(element: Element, base: URL | null): Element | null {
  const src = element.properties['src'];
  const url = typeof src === 'string' && src !== '' ? webUrl(src, base) : null;
  if (!url) return null;
  const title = cleanText(String(element.properties['title'] ?? ''));
  const player = playerOf(url);
  if (player) return playerFrame(element, player.src, title || player.title);
  return {
    type: 'element',
    tagName: 'a',
    properties: { href: url.href, rel: LINK_RELATIONS },
    children: [{ type: 'text', value: title || url.hostname }],
  };
}

function playerFrame({ properties }: Element, src: string, title: string): Element {
  return {
    type: 'element',
    tagName: 'iframe',
    properties: {
      src,
      title,
      width: properties['width'] ?? '560',
      height: properties['height'] ?? '315',
      loading: 'lazy',
      // Without the first two no player starts; their pair is harmless here, for the frame's origin is never ours.
      sandbox: ['allow-scripts', 'allow-same-origin', 'allow-popups', 'allow-presentation'],
      allow: 'fullscreen; picture-in-picture; encrypted-media',
      allowfullscreen: true,
      // YouTube refuses to play for a page that does not say who it is.
      referrerpolicy: 'strict-origin-when-cross-origin',
    },
    children: [],
  };
}
