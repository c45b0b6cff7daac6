import { getRssString, type RSSFeedItem } from '@astrojs/rss';
import { escapeHtml, xmlText } from '../lib/markup.ts';
import { absolute, routes } from '../lib/routes.ts';
import { headingText, inWords, type Reading, type Shown } from '../lib/shown.ts';
import type { Planet } from '../model/planet.ts';

/** What an output feed says of one entry. */
export interface Item extends Shown {
  reading: Reading;
  /** Whether another feed brought an entry of the same id: then it is not one to tell entries apart by. */
  sharedId: boolean;
}

/** RSS 2.0 of these entries, newest first. The clock has no part in it: an unchanged planet gives unchanged bytes. */
export async function rss(planet: Planet, items: readonly Item[]): Promise<string> {
  const newest = items[0]?.entry.published;
  const sealed = await getRssString({
    title: xmlText(planet.title),
    description: xmlText(planet.description),
    site: absolute(planet.site, routes.river),
    xmlns: { atom: 'http://www.w3.org/2005/Atom', dc: 'http://purl.org/dc/elements/1.1/' },
    customData: [
      `<language>${planet.language}</language>`,
      newest === undefined ? '' : `<lastBuildDate>${new Date(newest).toUTCString()}</lastBuildDate>`,
      '<generator>Orrery</generator>',
      `<atom:link href="${seal(absolute(planet.site, routes.rss))}" rel="self" type="application/rss+xml"/>`,
    ].join(''),
    items: items.map((item) => itemOf(planet, item)),
  });
  return unseal(sealed);
}

function itemOf(planet: Planet, { entry, feed, authors, title, reading, sharedId }: Item): RSSFeedItem {
  const page = absolute(planet.site, routes.entry(entry.path));
  const text = reading.kind === 'title' ? '' : reading.kind === 'excerpt' ? reading.text : entry.summary;
  return {
    title: xmlText(headingText({ authors, title })),
    link: entry.url ?? page,
    pubDate: new Date(entry.published),
    // Before the content, as feed readers want it. A description is read as HTML, a summary is plain text.
    ...(text === '' ? {} : { description: xmlText(escapeHtml(text)) }),
    ...(reading.kind === 'whole' ? { content: xmlText(reading.html) } : {}),
    ...(entry.categories.length === 0 ? {} : { categories: entry.categories.map(xmlText) }),
    source: { url: sourceOf(planet, feed), title: xmlText(feed.title) },
    customData: [
      `<guid isPermaLink="false">${seal(sharedId ? page : entry.id)}</guid>`,
      authors.length === 0 ? '' : `<dc:creator>${seal(inWords(authors.map(({ name }) => name)))}</dc:creator>`,
    ].join(''),
  };
}

/** A feed that is a file in the operator's folder has no address that others can open: its page has. */
function sourceOf(planet: Planet, feed: Shown['feed']): string {
  return URL.canParse(feed.url) ? feed.url : (feed.home ?? absolute(planet.site, routes.feed(feed.id)));
}

/**
 * `customData` is parsed and printed again, and on the way the library reads `007` as the number 7 and counts entities
 * against a limit. Noncharacters, which `xmlText` has taken out of everything else, carry the text through as it is.
 */
const SEALS = { '': '\uFDD0', '&': '\uFDD1', '<': '\uFDD2', '>': '\uFDD3', '"': '\uFDD4' } as const;

function seal(text: string): string {
  return SEALS[''] + xmlText(text).replace(/[&<>"]/g, (character) => SEALS[character as keyof typeof SEALS]);
}

function unseal(xml: string): string {
  return Object.entries(SEALS).reduce((text, [character, seal]) => text.replaceAll(seal, escapeHtml(character)), xml);
}
