import { escapeHtml } from './clean-text.ts';
import type { Still } from './entry.ts';
import { loadedFrom } from './media.ts';

/** A player as the sanitiser prints it (scripts/snapshot/sanitise/frames.ts), and as the body check lets it stand. */
const PLAYER = /<iframe src="([^"]*)"(?: title="([^"]*)")?[^>]*><\/iframe>/g;

/**
 * A safe body with a link before each film's player, which is kept in a `<template>`: nobody is asked for anything before a
 * reader wants to see it (src/client/reader/film-switch.ts). The first has the entry's still picture.
 */
export function withStills(html: string, still: Still | undefined): string {
  if (!html.includes('<iframe')) return html;
  let picture = still === undefined ? '' : pictureOf(still);
  return html.replaceAll(PLAYER, (player: string, src: string, title = '') => {
    const before = picture;
    picture = '';
    // The player's address and title stand escaped in their attributes; in a text `<` must be too.
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

/** The page of the film that a player shows. An unlisted film of Vimeo's answers only at its player. */
export function watchPage(src: string): string {
  const [, film] = /^https:\/\/www\.youtube-nocookie\.com\/embed\/([\w-]+)/.exec(src) ?? [];
  if (film !== undefined) return `https://www.youtube.com/watch?v=${film}`;
  const [, listed] = /^https:\/\/player\.vimeo\.com\/video\/(\d+)(?:\?dnt=1)?$/.exec(src) ?? [];
  return listed === undefined ? src : `https://vimeo.com/${listed}`;
}
