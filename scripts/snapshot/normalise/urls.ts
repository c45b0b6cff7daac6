import { withoutCdata } from './escaped.ts';

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
