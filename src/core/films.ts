import { escapeHtml } from './clean-text.ts';
import type { Still } from './entry.ts';
import { loadedFrom } from './media.ts';

/** A player in the sanitiser's form (scripts/snapshot/sanitise/frames.ts), which the body check accepts. */
const PLAYER = /<iframe src="([^"]*)"(?: title="([^"]*)")?[^>]*><\/iframe>/g;

/**
 * A safe body with a link in the place of each film's player. The player is in a `<template>`: the browser requests nothing from its
 * site before the reader clicks the link (src/client/reader/film-switch.ts). The first link shows the entry's still picture.
 */
export function withStills(html: string, still: Still | undefined): string {
  if (!html.includes('<iframe')) return html;
  let picture = still === undefined ? '' : pictureOf(still);
  return html.replaceAll(PLAYER, (player: string, src: string, title = '') => {
    const before = picture;
    picture = '';
    // In attributes, the player's address and title are escaped already; in a text, `<` must be too.
    const words = title.replaceAll('<', '&lt;') || new URL(src).host;
    const link = `<a class="still" href="${watchPage(src)}" rel="nofollow ugc noopener">${before}<span>${words}</span></a>`;
    return `${link}<template>${player}</template>`;
  });
}

function pictureOf({ url, width, height }: Still): string {
  const size = width !== undefined && height !== undefined ? ` width="${width}" height="${height}"` : '';
  const src = escapeHtml(loadedFrom(url));
  return `<img src="${src}" alt=""${size} loading="lazy" decoding="async" referrerpolicy="no-referrer">`;
}

/** The page of a player's film. An unlisted film of Vimeo can be seen only in its player. */
export function watchPage(src: string): string {
  const [, film] = /^https:\/\/www\.youtube-nocookie\.com\/embed\/([\w-]+)/.exec(src) ?? [];
  if (film !== undefined) return `https://www.youtube.com/watch?v=${film}`;
  const [, listed] = /^https:\/\/player\.vimeo\.com\/video\/(\d+)(?:\?dnt=1)?$/.exec(src) ?? [];
  return listed === undefined ? src : `https://vimeo.com/${listed}`;
}
