import { choices } from './choices.ts';

/**
 * The second wall, the same on every page: should anything get past the sanitiser, a reader's browser runs none of it.
 * `site` is the planet's own address.
 */
export function policy(site: string): string {
  // Pictures and films on a port of their own are left on http, which an https page would not show anyway.
  const web = new URL(site).protocol === 'http:' ? 'https: http:' : 'https:';
  return [
    "default-src 'none'",
    `script-src 'self' '${firstPaintHash}'`,
    "style-src 'self'",
    // Drawings are pictures that stand in their own address (src/core/svg-schema.ts); no picture can run anything.
    `img-src 'self' data: ${web}`,
    `media-src 'self' ${web}`,
    'frame-src https://www.youtube-nocookie.com https://player.vimeo.com',
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    // Only the site itself: tools that look a page over, as search engines do, ask for its robots.txt from within it.
    "connect-src 'self'",
    // The search: Pagefind is WebAssembly and fetches its index. In a worker both are under the worker's policy, and no page
    // needs to allow either.
    "worker-src 'self'",
  ].join(';');
}

/** How much of each entry a page of the river shows; the other pages say nothing. */
export type Density = 'full' | 'excerpts' | 'titles';

/**
 * Runs in `<head>`, before anything is painted: colours must not flash, and who reads titles must not see texts come and go.
 * Every page carries it, so it is short. A browser may refuse storage; then nothing is chosen.
 */
export const firstPaint = `try{const{'${choices.scheme}':s,'${choices.density}':t}=localStorage,d=document.documentElement.dataset
if(/^(light|dark)$/.test(s))d.scheme=s
if(d.density=='full'&&/^(excerpts|titles)$/.test(t))location.replace(t+'/')
}catch{}`;

/** By which the policy knows it: it is the one script that stands in a page. A test computes it anew. */
export const firstPaintHash = 'sha256-O632UmYDlptrMEGVc8EmWGGPm9ESN3dNyBJmjb3cXB8=';
