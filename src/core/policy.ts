import { PLAYERS } from './players.ts';

/** Content-Security-Policy: browsers run no script that the sanitiser missed. `hasPlayers`: the page may have players. */
export function policy(site: string, hasPlayers: boolean): string {
  // An https page does not load pictures over http anyway.
  const web = new URL(site).protocol === 'http:' ? 'https: http:' : 'https:';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // `data:` for drawings (src/core/svg-schema.ts): a picture cannot run scripts.
    `img-src 'self' data: ${web}`,
    `media-src 'self' ${web}`,
    ...(hasPlayers ? [`frame-src ${PLAYERS.map(({ origin }) => origin).join(' ')}`] : []),
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    // For test tools that request robots.txt from within a page.
    "connect-src 'self'",
    // The search worker. Its own policy lets Pagefind use WebAssembly and fetch its index; the pages need not allow either.
    "worker-src 'self'",
  ].join(';');
}
