/**
 * The second wall: should anything get past the sanitiser, a reader's browser runs none of it. What every page may load
 * beside its own scripts and styles; `site` is the planet's own address.
 */
export function policy(site: string) {
  // Pictures and films on a port of their own are left on http, which an https page would not show anyway.
  const web = new URL(site).protocol === 'http:' ? 'https: http:' : 'https:';
  return [
    "default-src 'none'",
    // Drawings are pictures that stand in their own address (src/model/svg.ts); no picture can run anything.
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
  ] as const;
}
