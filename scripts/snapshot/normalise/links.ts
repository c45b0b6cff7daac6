import { childrenNamed, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { withoutCdata } from './escaped.ts';

const HTML_TYPES = new Set(['text/html', 'application/xhtml+xml', 'html', 'xhtml']);
const LINK = new Set(['link']);
const ID = new Set(['guid', 'id']);
const REGISTRY = /^http:\/\/www\.iana\.org\/assignments\/relation\//i;

export interface Link {
  rel: string;
  /** Absolute. */
  href: string;
  type: string | null;
  length: string | null;
  /** Of the page that it leads to, where the link says it. */
  language: string | null;
  /** Whether it is of a page for small screens only. */
  small: boolean;
  /** Whether the address is its text, as in RSS. */
  text: boolean;
}

/** An element's links, Atom's and RSS's alike, in document order; those that no reader could follow are left out. */
export function linksOf(element: XmlElement, base: string | null): Link[] {
  return childrenNamed(element, LINK).flatMap((link) => {
    const { rel, type, length, hreflang, media } = link.attributes;
    const attribute = link.attributes['href'] ?? link.attributes['url'] ?? link.attributes['uri'];
    const written = attribute ?? linkText(link);
    // An empty address is the base itself, where a base is given on purpose.
    const empty = written.trim() === '' && (link.attributes['href'] === undefined || link.scope.base === null);
    const address = written.trim() === '' ? webAddress : pageAddress;
    const href = empty ? null : address(written, link.scope.base ?? base);
    if (href === null) return [];
    const plainRel = (rel ?? 'alternate').trim().toLowerCase().replace(REGISTRY, '') || 'alternate';
    return [
      {
        rel: plainRel,
        href,
        type: type?.trim() || null,
        length: length ?? null,
        language: hreflang?.trim() || null,
        small: /handheld|max-(?:device-)?width/i.test(media ?? ''),
        text: attribute === undefined,
      },
    ];
  });
}

/** A link's text, which is no markup: an `&amp;` left in it was escaped once too often. */
function linkText(link: XmlElement): string {
  return textOf(link).replaceAll('&amp;', '&');
}

/**
 * The page that something has for people: in RSS the last link to one, as the publisher corrects itself, in Atom the first;
 * a page in another language than `language`, in Google's AMP or for small screens only where there is no other. Else its
 * permalink; else any other form of it.
 * https://github.com/martinrotter/rssguard/issues/403 https://github.com/lwindolf/liferea/issues/442
 */
export function entryPage(
  element: XmlElement,
  base: string | null,
  language: string | null,
  links = linksOf(element, base),
): string | null {
  const alternates = links.filter(({ rel }) => rel === 'alternate');
  const pages = alternates.filter(({ type }) => type === null || HTML_TYPES.has(plainType(type)));
  const isRss = pages.some(({ text }) => text);
  const foreign = (link: Link): boolean =>
    language === null ? isRss && link.language !== null : isForeign(link, language);
  const [page] = (isRss ? pages.toReversed() : pages)
    .map((link) => ({ link, rank: (foreign(link) ? 2 : 0) + (isAmp(link) || link.small ? 1 : 0) }))
    .sort((a, b) => a.rank - b.rank);
  const href = page?.link.href;
  if (href !== undefined && !isHollow(href)) return href;
  return permalinkOf(element, base) ?? href ?? alternates[0]?.href ?? null;
}

function plainType(type: string): string {
  return type.toLowerCase().split(';', 1)[0]?.trim() ?? '';
}

function isForeign({ language }: Link, own: string): boolean {
  const main = (tag: string): string => tag.toLowerCase().split(/[-_]/, 1)[0] ?? '';
  return language !== null && main(language) !== 'x' && main(language) !== main(own);
}

function isAmp({ href, type }: Link): boolean {
  return /[/.?&=]amp(?:[/.?&=]|$)/i.test(href) || /\bamp\b/i.test(type ?? '');
}

/** An id that is an address leads to what it names, unless the feed says that it does not. */
function permalinkOf(element: XmlElement, base: string | null): string | null {
  const [id] = childrenNamed(element, ID);
  // That of a channel is the feed itself.
  const about = element.name === 'item' ? (element.attributes['rdf:about'] ?? '') : '';
  if (!id && isAbsolute(about)) return pageAddress(about, base);
  const permalink = id?.attributes['ispermalink']?.trim().toLowerCase() || undefined;
  const text = id ? textOf(id) : '';
  if (!id || text === '' || (permalink !== undefined && permalink !== 'true')) return null;
  const relative = permalink === 'true' || id.scope.base !== null || isRelativeAddress(text);
  return isAbsolute(text) || relative ? pageAddress(text, id.scope.base ?? base) : null;
}

/** As given; where it can only be a relative address, or is one by an `xml:base`, absolute. */
export function feedEntryId(element: XmlElement, base: string | null): string | null {
  const [id] = childrenNamed(element, ID).filter((each) => textOf(each) !== '');
  if (!id) return element.attributes['rdf:about']?.trim() || element.attributes['about']?.trim() || null;
  const original = id.attributes['gr:original-id']?.trim();
  const text = original || textOf(id);
  const token = id.attributes['ispermalink']?.trim().toLowerCase() === 'false';
  if (token || !(id.scope.base !== null || isRelativeAddress(text)) || URL.canParse(text)) return text;
  return webAddress(text, id.scope.base ?? base) ?? text;
}

/**
 * What everyone should be able to take (https://www.rfc-editor.org/rfc/rfc9110#section-4.1-5). All addresses that are
 * relative to one repeat it, so that a longer one would cost the square of a feed's size.
 */
const LONGEST = 8000;

/** An address that can be printed as a link: absolute, http or https, not endless. Null for any other. */
export function webAddress(written: string, base: string | null): string | null {
  if (written.length > LONGEST) return null;
  // Given a base it would be parsed each time, needed or not.
  const url = isAbsolute(written) ? URL.parse(written) : URL.parse(written, base ?? undefined);
  return url && /^https?:$/.test(url.protocol) && url.href.length <= LONGEST ? url.href : null;
}

/** What software writes where it has no address; `#ZgotmplZ` is Go's. */
const NO_ADDRESS =
  /^(?:#|#zgotmplz|[-?]+|(?:https?:\/*|\/)?(?:n\.?\/?a\.?|undefined|null|nil|none|nan|tb[ad]|todo)\/?|false|true|https?:?\/*|about:blank|\[object object\]|<no value>|[{%].*[}%])$/i;

/** Where a template put what it had not: `https://example.org/undefined`; or a writer's own machine. */
const HOLLOW = /^https?:\/\/(?:(?:undefined|null|localhost|127\.0\.0\.1)[:/]|[^?#]*\/(?:undefined|null|nan)\/?$)/i;

/** Whether an address is less likely to lead to what is meant than any other would be. */
export function isHollow(address: string): boolean {
  return HOLLOW.test(address);
}

/** The address of a page, as people write one: without its scheme, with half or two of it, over two lines. Null where none is meant. */
export function pageAddress(written: string, base: string | null): string | null {
  if (written.length > LONGEST) return null;
  const text = withoutCdata(written.trim()).replace(/\s+/g, (blank) => (/[\r\n]/.test(blank) ? '' : blank));
  // Nor are words one: `no link yet`.
  if (NO_ADDRESS.test(text) || /^[^/?#.:]*\s[^/?#.:]*$/.test(text)) return null;
  const whole = text
    .replace(/^<(.*)>$|^"(.*)"$|^'(.*)'$/, '$1$2$3')
    // `http://https://example.org`, `http://http//example.org`
    .replace(/^(?:https?:?\/*)+(?=https?:?\/\/)/i, '')
    // `http:/example.org`, `https//example.org`
    .replace(/^(https?)(?::\/?|\/\/|:\/{3,})(?=[^/\s]+\.[^/\s])/i, '$1://');
  const absolute = startsWithHost(whole, base)
    ? `https://${whole}`
    : base === null && whole.startsWith('//')
      ? `https:${whole}`
      : whole;
  return webAddress(absolute, base);
}

const HOST = /^((?:[\p{L}\p{N}][\p{L}\p{N}-]*\.)+(\p{L}{2,}))(?::\d+)?(?=([/?#])|$)/u;
/** Endings of two letters are countries, but for those that files have. These are the others that links are seen to have. */
const DOMAINS = new Set(
  (
    'com org net edu gov mil int info biz name mobi pro coop museum xyz online site website web tech page blog app dev cloud ' +
    'code codes software science wiki news live media social club space store shop design digital today world zone life ' +
    'rocks ninja guru academy agency network systems solutions community foundation art music video podcast email company ' +
    'example test invalid'
  ).split(' '),
);
const FILES = new Set('gz hs js md pl ps py rb rs sh so ts cs'.split(' '));

/** `www.example.org/x`, `example.org/x`; no `post.html`, `news/post.html`. */
function startsWithHost(text: string, base: string | null): boolean {
  const [, host = '', last = '', more] = HOST.exec(text.toLowerCase()) ?? [];
  if (host === '') return false;
  if (host.startsWith('www.') || (base !== null && host === URL.parse(base)?.hostname)) return true;
  return DOMAINS.has(last) || (last.length === 2 && (more !== undefined || !FILES.has(last)));
}

/** Written so that it is absolute as it stands. */
export function isAbsolute(written: string): boolean {
  return /^\s*https?:\/\/[^\s/]/i.test(written);
}

/** Written so that it can only be an address, and a relative one: `/2026/post`, `../post`, `?p=1`, `//example.org/`. */
export function isRelativeAddress(written: string): boolean {
  return /^\.{0,2}\/|^[?#]./.test(written);
}
