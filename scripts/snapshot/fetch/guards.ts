import type { Header } from './headers.ts';

/** Headers of a bot protection: one service answers 202. Other refusals name their status. */
const HEADERS: readonly string[] = [
  // https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
  'cf-mitigated',
  // https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html
  'x-amzn-waf-action',
  // https://github.com/gautamkrishnar/blog-post-workflow/issues/277
  'x-vercel-mitigated',
  // SiteGround
  'sg-captcha',
  'x-sucuri-block',
];

/** Signs of pages that some services send with status 200, in lower case. */
const PAGES: readonly RegExp[] = [
  // Cloudflare, without its header.
  /<title>(just a moment\.\.\.|attention required! \| cloudflare)/,
  // Anubis, in every language: https://github.com/miniflux/v2/issues/3340
  /<title>making sure you(&#39;|'|’)re not a bot!|<script id="anubis_/,
  // https://github.com/FreshRSS/FreshRSS/issues/4412
  /is protected by imunify360/,
  // https://github.com/goodtrailer/daily-desktop/issues/115
  /\/\.bunny-shield\//,
  /<title>vercel security checkpoint/,
  // go-away, at SourceHut, freedesktop.org and Alpine Linux; some of its pages lead on by themselves, as a feed that moved.
  // https://git.gammaspectra.live/git/go-away
  /\/\.well-known\/\.git\.gammaspectra\.live\/git\/go-away\//,
];

/** Letters. Enough of such a page to recognise it. */
const PAGE_START = 64 * 1024;

export function isGuarded(header: Header): boolean {
  return HEADERS.some((name) => Boolean(header(name)));
}

/** Whether a web page that came in place of a feed is that of a bot protection. */
export function isGuardPage(page: string): boolean {
  const start = page.slice(0, PAGE_START).toLowerCase();
  return PAGES.some((sign) => sign.test(start));
}
