import type { Header } from './headers.ts';

/** Statuses of a bot protection, whose page may tell which one it is. */
export const REFUSING: ReadonlySet<number> = new Set([403, 429, 503]);

/** Enough of such a page to recognise it. */
export const PAGE_BYTES = 64 * 1024;

type HeaderSign = readonly [name: string, value: RegExp];

/** Signs that are certain with any status: one service answers 202. */
const SURE_HEADERS: readonly HeaderSign[] = [
  // https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
  ['cf-mitigated', /./],
  // https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html
  ['x-amzn-waf-action', /./],
  // https://github.com/gautamkrishnar/blog-post-workflow/issues/277
  ['x-vercel-mitigated', /./],
  // SiteGround
  ['sg-captcha', /./],
  ['x-sucuri-block', /./],
];

/** Signs that normal answers have too: they count only with a refusing status. */
const WEAK_HEADERS: readonly HeaderSign[] = [
  ['x-datadome', /./],
  ['server', /^(sucuri\/cloudproxy|ddos-guard)/i],
];

/** The same for pages. */
const WEAK_PAGES: readonly RegExp[] = [
  /\/cdn-cgi\/challenge-platform\//,
  // Imperva
  /_incapsula_resource/,
  // PerimeterX
  /window\._pxappid/,
];

/** Signs of pages that some services send with status 200, in lower case. */
const SURE_PAGES: readonly RegExp[] = [
  // Cloudflare, without its header.
  /<title>(just a moment\.\.\.|attention required! \| cloudflare)/,
  // Anubis, in every language: https://github.com/miniflux/v2/issues/3340
  /<title>making sure you(&#39;|'|’)re not a bot!|<script id="anubis_/,
  // https://github.com/FreshRSS/FreshRSS/issues/4412
  /is protected by imunify360/,
  // https://github.com/goodtrailer/daily-desktop/issues/115
  /\/\.bunny-shield\//,
  /<title>vercel security checkpoint/,
];

/** Whether an answer is that of a bot protection, as far as its head and its status show. */
export function isGuarded(status: number, header: Header, body: Uint8Array): boolean {
  const matches = ([name, value]: HeaderSign) => value.test(header(name) ?? '');
  if (SURE_HEADERS.some(matches)) return true;
  if (!REFUSING.has(status)) return false;
  return WEAK_HEADERS.some(matches) || isGuardPage(Buffer.from(body).toString(), [...SURE_PAGES, ...WEAK_PAGES]);
}

/** Whether a web page that came in place of a feed is that of a bot protection. */
export function isGuardPage(page: string, signs = SURE_PAGES): boolean {
  const text = page.slice(0, PAGE_BYTES).toLowerCase();
  return signs.some((sign) => sign.test(text));
}
