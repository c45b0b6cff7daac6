import { elements, firstText, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { givenAddress } from './links.ts';

/** Reads the address of a picture for a feed, by the name of the element, best first. */
const PICTURES: ReadonlyMap<string, (element: XmlElement) => string | null | undefined> = new Map([
  // https://www.rfc-editor.org/rfc/rfc4287#section-4.2.5
  ['icon', textOf],
  ['logo', textOf],
  // https://www.rssboard.org/rss-specification#ltimagegtSubelementOfLtchannelgt; RSS 1.0 names it in the channel alone.
  ['image', (image) => firstText(image, 'url') ?? image.attributes['rdf:resource'] ?? image.attributes['href']],
  // https://blog.feedly.com/10-ways-to-optimize-your-feed-for-feedly/
  ['webfeeds:icon', textOf],
  ['webfeeds:logo', textOf],
  // https://help.apple.com/itc/podcasts_connect/#/itcb54353390
  ['itunes:image', ({ attributes }) => attributes['href']],
  ['googleplay:image', ({ attributes }) => attributes['href']],
]);

/** The same for a person. */
const PORTRAITS: typeof PICTURES = new Map([
  // Blogger
  ['gd:image', ({ attributes }) => attributes['src']],
  // https://www.w3.org/community/ostatus/wiki/Howto
  ['link', ({ attributes: { rel, href } }) => (rel === 'avatar' || rel === 'photo' ? href : null)],
  ['avatar', textOf],
]);

/** Pictures of software for users who chose none. */
const DEFAULTS = [
  // Blogger: `img1.blogblog.com/img/b16-rounded.gif`
  /^https?:\/\/(?:[\w-]+\.)?blogblog\.com\/img\//,
  // WordPress.com: `s0.wp.com/i/buttonw-com.png`, `s0.wp.com/i/webclip.png`
  /^https?:\/\/(?:[\w-]+\.)?wp\.com\/i\/(?:buttonw-com|webclip)/,
  // Gravatar, asked for the silhouette
  /^https?:\/\/(?:[\w-]+\.)?gravatar\.com\/avatar\/?(?:\?|$)/,
];

/** No feed needs more. */
const MOST = 4;
/** Characters. A longer address holds the picture itself, or a signature that expires. */
const LONGEST = 2000;

/** Addresses of pictures of a feed, best first, each once. `channels` are the elements that describe the feed. */
export function picturesOf(channels: readonly XmlElement[], base: string | null): string[] {
  return fewPictures(channels.flatMap((channel) => namedIn(channel, PICTURES, base)));
}

/** The address of a picture of a person; null where there is none. */
export function portraitOf(person: XmlElement, base: string | null): string | null {
  return fewPictures(namedIn(person, PORTRAITS, base))[0] ?? null;
}

function namedIn(element: XmlElement, known: typeof PICTURES, base: string | null): string[] {
  const children = elements(element);
  return [...known].flatMap(([name, read]) =>
    children.flatMap(
      (child) => (child.name === name ? givenAddress(read(child), child.scope.base ?? base) : null) ?? [],
    ),
  );
}

/** The addresses that may be of a picture that somebody chose, each once, and only a few. */
export function fewPictures(addresses: readonly string[]): string[] {
  const own = addresses.filter((url) => url.length <= LONGEST && !DEFAULTS.some((kind) => kind.test(url)));
  return [...new Set(own)].slice(0, MOST);
}
