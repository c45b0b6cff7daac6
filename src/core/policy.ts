import { RIVER, SCHEME } from './choices.ts';

/**
 * The Content-Security-Policy of every page: if the sanitiser misses a script, the browser does not run it.
 * @param site the planet's address
 */
export function policy(site: string): string {
  // An https page does not load pictures over http anyway.
  const web = new URL(site).protocol === 'http:' ? 'https: http:' : 'https:';
  return [
    "default-src 'none'",
    `script-src 'self' '${firstPaintHash}'`,
    "style-src 'self'",
    // `data:` for drawings (src/core/svg-schema.ts): a picture cannot run scripts.
    `img-src 'self' data: ${web}`,
    `media-src 'self' ${web}`,
    'frame-src https://www.youtube-nocookie.com https://player.vimeo.com',
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    // For tools that test a page and request its robots.txt from within it.
    "connect-src 'self'",
    // The search worker. Its own policy lets Pagefind use WebAssembly and fetch its index; the pages need not allow either.
    "worker-src 'self'",
  ].join(';');
}

/** How much of each entry a page of the river shows. */
export const DENSITIES = ['full', 'excerpts', 'titles'] as const;
export type Density = (typeof DENSITIES)[number];

/**
 * The script that runs in `<head>` before the first paint, so that colours and texts do not flash. Every page has it, so it is
 * short. From the front page, whose `data-rivers` names the others, it leads to the chosen river. If a browser refuses storage,
 * the defaults apply.
 */
export const firstPaint = `try{const{'${SCHEME}':s,'${RIVER}':r}=localStorage,d=document.documentElement.dataset
if(/^(light|dark)$/.test(s))d.scheme=s
if(d.rivers?.split(' ').includes(r))location.replace(r+'/')
}catch{}`;

/** The hash that allows this script, the only inline one, in the policy. A test compares the two. */
export const firstPaintHash = 'sha256-OLYeXfG0prwbS/D4rDbfht12B+08YIBSu3pNje6kdiU=';
