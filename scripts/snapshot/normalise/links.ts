import { feedAddressKey } from '../../../src/core/entry-keys.ts';
import { wordSet } from '../../../src/core/text.ts';
import { hasMissingValue, holdsEmail } from '../../../src/core/web-address.ts';
import { childrenNamed, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { LONGEST_URL, parsedBase, webUrl } from '../sanitise/images.ts';
import { withoutCdata } from './escaped.ts';

const HTML_TYPE = /^\s*(?:text\/html|application\/xhtml\+xml|x?html)\s*(?:;|$)/i;
const REGISTRY = /^http:\/\/www\.iana\.org\/assignments\/relation\//i;

export interface Link {
  rel: string;
  /** Absolute. */
  href: string;
  type: string | null;
  length: string | null;
  /** The language of the linked page, from `hreflang`. */
  language: string | null;
  /** Whether the linked page is only for small screens. */
  small: boolean;
  /** Whether the address is the text of the element, as in RSS. */
  text: boolean;
}

/** The links of an element in Atom or RSS, in document order, without those that have no valid address. */
export function linksOf(element: XmlElement, base: string): Link[] {
  return childrenNamed(element, 'link').flatMap((link) => {
    const { rel, type, length, hreflang, media } = link.attributes;
    const attribute = link.attributes['href'] ?? link.attributes['url'] ?? link.attributes['uri'];
    // The text of a link is no markup, so an `&amp;` in it was escaped twice.
    const written = attribute ?? textOf(link).replaceAll('&amp;', '&');
    const isEmpty = written.trim() === '';
    // An empty `href` is the base itself, but only where the feed gives an `xml:base`.
    if (isEmpty && (link.attributes['href'] === undefined || link.scope.base === null)) return [];
    const href = (isEmpty ? webAddress : pageAddress)(written, link.scope.base ?? base);
    if (href === null) return [];
    const found: Link = {
      rel: (rel ?? '').trim().toLowerCase().replace(REGISTRY, '') || 'alternate',
      href,
      type: type?.trim() || null,
      length: length ?? null,
      language: hreflang?.trim() || null,
      small: /handheld|max-(?:device-)?width/i.test(media ?? ''),
      text: attribute === undefined,
    };
    return [found];
  });
}

/**
 * The page of a feed or an entry: in RSS the last link to a page, as a later one corrects an earlier one; in Atom the
 * first. Pages in another language than `language`, in AMP or for small screens come last. Else the permalink, else any
 * alternate. https://github.com/martinrotter/rssguard/issues/403 https://github.com/lwindolf/liferea/issues/442
 */
export function entryPage(
  element: XmlElement,
  base: string,
  language: string | null,
  links = linksOf(element, base),
): string | null {
  const alternates = links.filter(({ rel }) => rel === 'alternate');
  const pages = alternates.filter(({ type }) => type === null || HTML_TYPE.test(type));
  const isRss = pages.some(({ text }) => text);
  const main = (tag: string) => tag.toLowerCase().split(/[-_]/, 1)[0] ?? '';
  const isForeign = ({ language: other }: Link): boolean => {
    if (other === null || language === null) return other !== null && isRss;
    return main(other) !== 'x' && main(other) !== main(language);
  };
  const [page] = (isRss ? pages.toReversed() : pages)
    .map((link) => ({ link, rank: (isForeign(link) ? 2 : 0) + (isAmp(link) || link.small ? 1 : 0) }))
    .sort((a, b) => a.rank - b.rank);
  const href = page?.link.href;
  if (href !== undefined && !isHollow(href)) return href;
  return permalinkOf(element, base) ?? href ?? alternates[0]?.href ?? null;
}

function isAmp({ href, type }: Link): boolean {
  return /[/.?&=]amp(?:[/.?&=]|$)/i.test(href) || /\bamp\b/i.test(type ?? '');
}

/** The id as an address, unless the feed declares that it is no permalink (https://www.rssboard.org/rss-specification#ltguidgtSubelementOfLtitemgt). */
export function permalinkOf(element: XmlElement, base: string): string | null {
  const [id] = childrenNamed(element, 'guid', 'id');
  // In a channel it is the address of the feed.
  const about = element.name === 'item' ? (element.attributes['rdf:about'] ?? '') : '';
  if (!id && isAbsolute(about)) return pageAddress(about, base);
  const declared = id && declaredPermalink(id);
  const text = id ? textOf(id) : '';
  if (!id || text === '' || (declared && declared !== 'true')) return null;
  const isAddress = declared === 'true' || id.scope.base !== null || isRelativeAddress(text) || isAbsolute(text);
  return isAddress ? pageAddress(text, id.scope.base ?? base) : null;
}

/** The value of `isPermaLink` in lower case: `true`, `false`, or what else the feed has. */
export function declaredPermalink(id: XmlElement): string | undefined {
  return id.attributes['ispermalink']?.trim().toLowerCase();
}

/** The id as written; absolute where it can only be a relative address, or has an `xml:base`. Null without an id. */
export function feedEntryId(element: XmlElement, base: string): string | null {
  const [id] = childrenNamed(element, 'guid', 'id').filter((each) => textOf(each) !== '');
  if (!id) return element.attributes['rdf:about']?.trim() || element.attributes['about']?.trim() || null;
  const original = id.attributes['gr:original-id']?.trim();
  const text = original || textOf(id);
  const isAddress = id.scope.base !== null || isRelativeAddress(text);
  if (declaredPermalink(id) === 'false' || !isAddress || URL.canParse(text)) return text;
  return webAddress(text, id.scope.base ?? base) ?? text;
}

/** The address that an attribute or a text gives, as `webAddress`; null if it is missing or blank. */
export function givenAddress(written: string | null | undefined, base: string): string | null {
  return written?.trim() ? webAddress(written.trim(), base) : null;
}

/** An absolute http or https address of limited length, without user and password. Null for any other. */
export function webAddress(written: string, base: string): string | null {
  return webUrl(written, isAbsolute(written) ? null : parsedBase(base))?.href ?? null;
}

/** Texts that software writes instead of a missing address; `#ZgotmplZ` is from Go's `html/template`. */
const NO_ADDRESS =
  /^(?:#|#zgotmplz|[-?]+|(?:https?:\/*|\/)?(?:n\.?\/?a\.?|undefined|null|nil|none|nan|tb[ad]|todo)\/?|(?:undefined|null)\/.*|false|true|https?:?\/*|about:blank|\[object object\]|<no value>|[{%].*[}%])$/i;

/** Whether an address is so doubtful that any other one is better: it lacks a part, or is of the author's own machine. */
export function isHollow(address: string): boolean {
  return hasMissingValue(address) || /^https?:\/\/(?:localhost|127\.0\.0\.1)[:/]/i.test(address);
}

/** Pages that libraries write where a blog names no page of its own: https://github.com/kyleshevlin/blog/pull/139, https://github.com/ralsina/nicolino/issues/79 */
const OF_LIBRARY = /^https?:\/\/github\.com\/(?:dylang\/node-rss|ga2mer\/rss\.cr)\/?$/i;

/** The page of a feed, null where it is none of the blog: that of a library, or the feed itself (https://github.com/jamesvandyne/tanzawa/issues/232). */
export function homePage(page: string | null, feedUrl: string): string | null {
  if (page === null || OF_LIBRARY.test(page)) return null;
  const isFeed = feedAddressKey(page) === feedAddressKey(feedUrl) && URL.parse(page)?.pathname !== '/';
  return isFeed ? null : page;
}

/** Longer than any: https://www.rfc-editor.org/errata/eid1690 */
const LONGEST_EMAIL = 320;

/** The address of a page, repaired: without a scheme, with half of it or with two, on two lines. Null where the text is no address. */
export function pageAddress(written: string, base: string): string | null {
  if (written.length > LONGEST_URL) return null;
  const text = withoutCdata(written.trim()).replace(/\s+/g, (blank) => (/[\r\n]/.test(blank) ? '' : blank));
  // Words are no address: `no link yet`. Nor is an e-mail address, of which a base would make one.
  if (NO_ADDRESS.test(text) || (/\s/.test(text) && !/[/?#.:]/.test(text))) return null;
  if (!text.includes('/') && (text.length > LONGEST_EMAIL ? text.includes('@') : holdsEmail(text))) return null;
  const whole = text
    .replace(/^<(.*)>$|^"(.*)"$|^'(.*)'$/, '$1$2$3')
    // `http://https://example.org`, `http://http//example.org`
    .replace(/^(?:https?:?\/*)+(?=https?:?\/\/)/i, '')
    // The site twice, as in `https://example.org/https://example.org/post`: https://github.com/planetpowershell/planetpowershell/issues/140
    .replace(/^(https?:\/\/)(?=[^/?#]*\.)([^/?#]{4,253}?)(?:\/*https?:\/\/|\/+)\2(?=[/?#]|$)/i, '$1$2')
    // `http:/example.org`, `https//example.org`
    .replace(/^(https?)(?::\/?|\/\/|:\/{3,})(?=[^/\s]+\.[^/\s])/i, '$1://');
  return webAddress(startsWithHost(whole, base) ? `https://${whole}` : whole, base);
}

const HOST = /^((?:[\p{L}\p{N}][\p{L}\p{N}-]*\.)+(\p{L}{2,}))(?::\d+)?(?=([/?#])|$)/u;
/** Top-level domains of more than two letters that links have. Those of two letters are countries, except file extensions. */
const DOMAINS = wordSet(
  'com org net edu gov mil int info biz name mobi pro coop museum xyz online site website web tech page blog app dev cloud ' +
    'code codes software science wiki news live media social club space store shop design digital today world zone life ' +
    'rocks ninja guru academy agency network systems solutions community foundation art music video podcast email company ' +
    'example test invalid',
);
const FILES = wordSet('gz hs js md pl ps py rb rs sh so ts cs');

/** Whether text begins with a host: `www.example.org/x`, `example.org/x`, but not `post.html` or `news/post.html`. */
function startsWithHost(text: string, base: string): boolean {
  const [, host = '', last = '', more] = HOST.exec(text.toLowerCase()) ?? [];
  if (host.startsWith('www.') || host === URL.parse(base)?.hostname) return true;
  return DOMAINS.has(last) || (last.length === 2 && (more !== undefined || !FILES.has(last)));
}

export function isAbsolute(written: string): boolean {
  return /^\s*https?:\/\/[^\s/]/i.test(written);
}

/** Whether text can only be a relative address: `/2026/post`, `../post`, `?p=1`, `//example.org/`. */
export function isRelativeAddress(written: string): boolean {
  return /^\.{0,2}\/|^[?#]./.test(written);
}
