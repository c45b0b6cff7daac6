import { createServer, type RequestListener, type Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface FeedServer extends AsyncDisposable {
  /** `127.0.0.1:40123`, as PLANET_ALLOW_PRIVATE wants it. */
  host: string;
  url: (path: string) => string;
  /** What each path answers; a test changes it between two snapshots. */
  answers: Record<string, string | Buffer | RequestListener>;
}

/** A server that has begun to listen on loopback: `127.0.0.1:40123`. */
export async function onLoopback(server: Server | SecureServer): Promise<AsyncDisposable & { host: string }> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** A real server on loopback. A path without an answer is a 404. */
export async function serveFeeds(answers: FeedServer['answers']): Promise<FeedServer> {
  const server = createServer((request, response) => {
    const answer = feeds.answers[request.url ?? ''];
    if (typeof answer === 'function') answer(request, response);
    else response.writeHead(answer === undefined ? 404 : 200).end(answer);
  });
  const open = await onLoopback(server);
  const feeds: FeedServer = { ...open, url: (path) => `http://${open.host}${path}`, answers };
  return feeds;
}

/** Text, or HTML, as an element of a feed holds it. */
export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A small RSS 2.0 feed. */
export function rss(items: { title: string; link: string; date?: string; html?: string }[]): string {
  const item = ({
    title,
    link,
    date = 'Fri, 23 Jan 2026 08:40:00 GMT',
    html = '<p>Text.</p>',
  }: (typeof items)[number]) =>
    `<item><title>${escaped(title)}</title><link>${link}</link><guid>${link}</guid><pubDate>${date}</pubDate>` +
    `<description>${escaped(html)}</description></item>`;
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>https://t.example/</link>${items.map(item).join('')}</channel></rss>`;
}
