import { cutTo } from '../../../src/core/clean-text.ts';
import { isOneSite } from '../../../src/core/web-address.ts';
import { childrenNamed, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { givenAddress, type Link, linksOf } from './links.ts';
import { plainLine } from './texts.ts';

export type Rights = ReturnType<typeof rightsOf>;

/** A line of plain text, empty if there is none, and the address of a licence. */
export function rightsOf(element: XmlElement, guess: boolean, base: string, links = linksOf(element, base)) {
  const [rights] = childrenNamed(element, 'rights', 'copyright', 'dc:rights', 'dcterms:rights');
  return { line: rights ? plainLine(rights, guess) : '', licence: licenceOf(element, base, links) };
}

/** Longer lines of a feed are paragraphs of law, which would stand below each of its posts. */
const LONGEST_OF_FEED = 200;

/** One line of text, with what the feed says where the entry says nothing; null if neither says anything. */
export function rightsLine(entry: Rights, feed: Rights | null): string | null {
  const line = entry.line || cutTo(LONGEST_OF_FEED, feed?.line ?? '');
  const licence = entry.licence ?? feed?.licence ?? '';
  return [line, line.includes(licence) ? '' : licence].filter(Boolean).join(' ') || null;
}

/** What Flickr (https://www.flickr.com/services/feeds/) names for photos without a licence: `deed.en` alone, which is no address. */
const NO_LICENCE = /^(?!https?:\/\/(?:[\w-]+\.)?creativecommons\.org\/).*\/deed\.[a-z-]+\/?$/i;

/** https://www.rfc-editor.org/rfc/rfc4946 https://www.rssboard.org/creative-commons */
function licenceOf(element: XmlElement, base: string, links: readonly Link[]): string | null {
  const linked = links.find(({ rel, href }) => rel === 'license' && !NO_LICENCE.test(href))?.href;
  const [named] = childrenNamed(element, 'creativecommons:license', 'cc:license');
  return linked ?? givenAddress(named && (named.attributes['rdf:resource'] ?? textOf(named)), base);
}

/** Whether the rights of the feed hold for an entry: not if it is copied, or its page is on another site, as in most planets. */
export function hasFeedRights(source: XmlElement | undefined, page: string | null, home: string): boolean {
  return source === undefined && (page === null || isOneSite(page, home));
}
