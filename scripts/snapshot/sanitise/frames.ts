import type { Element } from 'hast';
import { cleanText } from '../../../src/core/clean-text.ts';
import { playerOf } from '../../../src/core/players.ts';
import { hostInLetters } from '../../../src/core/site-name.ts';
import { isTracker, webUrl } from './images.ts';
import { newElement } from './parsed-html.ts';

/** The relations of every link: it is no recommendation of ours, and the other page gets no access (https://html.spec.whatwg.org/multipage/links.html#link-type-noopener). */
export const LINK_RELATIONS = ['nofollow', 'ugc', 'noopener'];

export function isEmbeddableVideo(address: string): boolean {
  const url = webUrl(address, null);
  return url !== null && playerOf(url) !== null;
}

/** An address, with https where it takes the scheme of its page: `//youtu.be/…`. */
export function withScheme(address: string): string {
  return address.replace(/^\/\//, 'https://');
}

/** Hosts of frames that only show a card of another page, on Medium, Substack and Hatena. */
const CARDS = /(?:^|\.)(?:embedly\.com|iframe\.ly|hatenablog-parts\.com)$/;

/** What a frame shows: its page first. Drupal's media module names the video in the address of a frame of its own, `/media/oembed?url=…`. */
function shownIn(url: URL): [URL, ...URL[]] {
  const [page, ...more] = ['url', 'src'].flatMap((name) => webUrl(url.searchParams.get(name) ?? '', null) ?? []);
  if (page === undefined) return [url];
  return CARDS.test(url.hostname) ? [page, ...more] : [url, page, ...more];
}

/** A new player made from the video's id; for any other frame, audio or video a link to it; null without a web address, and for advertisements. */
export function frame(element: Element, base: URL | null): Element | null {
  const [src] = [element, ...element.children].flatMap(
    (each) => ('properties' in each && each.properties['src']) || [],
  );
  const url = typeof src === 'string' && src !== '' ? webUrl(src, base) : null;
  if (!url || isTracker(url)) return null;
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
