import type { Header } from './manners.ts';

/** A page that stands before a site to keep robots out. */
interface Guard {
  header?: readonly [name: string, value: RegExp];
  /** Matched in lower case. */
  body?: RegExp;
}

/** They say it whatever the status: one answers 202. */
const outspoken: readonly Guard[] = [
  // https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
  { header: ['cf-mitigated', /./] },
  // https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html
  { header: ['x-amzn-waf-action', /./] },
  // SiteGround
  { header: ['sg-captcha', /./] },
  { header: ['x-sucuri-block', /./] },
];

/** They sign what they let through as well, so only a refusal counts. */
const discreet: readonly Guard[] = [
  { header: ['x-datadome', /./] },
  { header: ['server', /^(sucuri\/cloudproxy|ddos-guard)/i] },
  // Cloudflare, without its header.
  { body: /<title>(just a moment\.\.\.|attention required! \| cloudflare)/ },
  { body: /\/cdn-cgi\/challenge-platform\// },
  // Imperva
  { body: /_incapsula_resource/ },
  // PerimeterX
  { body: /window\._pxappid/ },
  // Anubis
  { body: /<title>making sure you(&#39;|'|’)re not a bot!/ },
];

const refusing = new Set([403, 429, 503]);

export function isGuarded(status: number, header: Header, body: Uint8Array): boolean {
  const text = refusing.has(status) ? Buffer.from(body).toString().toLowerCase() : '';
  const signed = ({ header: mark, body: words }: Guard) =>
    mark?.[1].test(header(mark[0]) ?? '') || words?.test(text) || false;
  return outspoken.some(signed) || (refusing.has(status) && discreet.some(signed));
}
