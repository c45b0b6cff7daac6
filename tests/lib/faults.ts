import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

export type Fault = (request: IncomingMessage, response: ServerResponse) => void;

export const feed = '<?xml version="1.0"?><rss version="2.0"><channel><title>A blog</title></channel></rss>';

export const etag = 'W/"caf\xe9, \\"1\\""';
export const lastModified = 'Thu, 1 Jan 2026 00:00:00 +0000 (to the letter)';

/** A proper answer, but for what is said. */
function answer(status: number, headers: OutgoingHttpHeaders = {}, body: string | Uint8Array = ''): Fault {
  return (_request, response) => response.writeHead(status, headers).end(body);
}

function packed(encoding: string, body: Uint8Array): Fault {
  return answer(200, { 'content-encoding': encoding }, body);
}

/** Bytes as they are, HTTP or not; then the connection ends, or stays open in silence. */
function raw(bytes: string, then: 'end' | 'reset' | 'silence' = 'end'): Fault {
  return ({ socket }) => {
    socket.write(bytes, 'latin1', () => {
      if (then === 'end') socket.end();
      if (then === 'reset') socket.resetAndDestroy();
    });
  };
}

/** Sends a piece every few milliseconds until the other side has enough. */
function drip(head: string, piece: string): Fault {
  return ({ socket }) => {
    socket.write(head);
    const timer = setInterval(() => socket.write(piece), 10);
    socket.on('error', () => {}).on('close', () => clearInterval(timer));
  };
}

/** Sends as fast as the other side reads. */
const flood: Fault = (_request, response) => {
  response.writeHead(200);
  const piece = Buffer.alloc(64 * 1024, 'x');
  const pour = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', pour);
  pour();
};

const whenUnchanged: Fault = ({ headers }, response) => {
  // Node reads and writes header values as latin1, like the wire.
  const knows = headers['if-none-match'] === etag && headers['if-modified-since'] === lastModified;
  if (knows) response.writeHead(304, { 'cache-control': 'max-age=7200' }).end();
  else response.writeHead(200, { etag, 'last-modified': lastModified }).end(feed);
};

function whereCookie(cookie: string, then: Fault, otherwise: Fault = answer(500)): Fault {
  return (request, response) => (request.headers.cookie === cookie ? then : otherwise)(request, response);
}

const cookieToItself = answer(302, { 'set-cookie': 'seen=1; HttpOnly; SameSite=Lax', location: '/cookie-to-itself' });

const gzipped = gzipSync(feed);
/** With an extra field, a name and a comment in its header (https://www.rfc-editor.org/rfc/rfc1952#section-2.3). */
const gzipNamed = Buffer.concat([
  Buffer.from([0x1f, 0x8b, 8, 0b11100, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7]),
  Buffer.from('feed.xml\0a comment\0'),
  gzipped.subarray(10),
]);
const challenge = '<!DOCTYPE html><title>Just a moment...</title>';

const head = 'HTTP/1.1 200 OK\r\n';
const length = `Content-Length: ${feed.length}\r\n`;
const chunked = `${feed.length.toString(16)}\r\n${feed}\r\n0\r\n\r\n`;

/** What a server may do to who asks it, by the path that it does it under. */
export const faults = {
  // Answers
  feed: answer(200, { 'content-type': 'application/rss+xml' }, feed),
  'not-authoritative': answer(203, {}, feed),
  'early-hints': (_request, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.end(feed);
  },
  unchanged: whenUnchanged,
  'unchanged-unasked': answer(304),
  'part-unasked': answer(206, { 'content-range': 'bytes 0-9/100' }, feed.slice(0, 10)),
  delta: ({ headers }, response) => {
    response.writeHead(headers['a-im'] === 'feed' ? 226 : 200, { im: 'feed', etag: '"2"' }).end(feed);
  },
  'no-content': answer(204),
  'reset-content': answer(205),
  nothing: answer(200),
  'fresh-for-a-year': answer(200, { 'cache-control': 'public, max-age=31536000' }, feed),
  'two-etags': raw(`${head}ETag: "first"\r\nETag: "second"\r\nContent-Length: 6\r\n\r\n<rss/>`),
  'endless-etag': answer(200, { etag: `"${'x'.repeat(5000)}"` }, feed),
  'shows-the-question': ({ rawHeaders }, response) => response.end(rawHeaders.join('\n')),

  // Cookies
  'sets-a-cookie': answer(302, { 'set-cookie': 'seen=1; Path=/', location: '/wants-a-cookie' }),
  'wants-a-cookie': whereCookie('seen=1', answer(200, {}, feed)),
  'cookie-to-itself': whereCookie('seen=1', answer(200, {}, feed), cookieToItself),
  'cookie-in-two-steps': ({ headers }, response) => {
    const cookies: Record<string, string[]> = {
      none: ['a=1', 'b=é; Max-Age=60', 'gone=1; Max-Age=0', '=; Domain'],
      'a=1; b=é': ['a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'c=3; Expires=Fri, 01 Jan 2027 00:00:00 GMT'],
    };
    const step = cookies[headers.cookie ?? 'none'];
    if (step) response.writeHead(307, { 'set-cookie': step, location: 'cookie-in-two-steps' }).end();
    else if (headers.cookie === 'b=é; c=3') response.end(feed);
    else response.writeHead(500).end();
  },
  'cookie-for-others': answer(302, {
    'set-cookie': [
      ...['path=1; Path=/elsewhere', 'path=2; Path=/wants-no', 'secure=1; Secure', 'domain=1; Domain=blog.example'],
      ...['domain=2; Domain=1', 'domain=3; Domain=0.0.1', 'expired=1; Expires=Thu, 22 Jan 2026 00:00:00 GMT'],
    ],
    location: '/wants-no-cookie',
  }),
  'wants-no-cookie': ({ headers }, response) => {
    if (headers.cookie || headers.referer) response.writeHead(500).end();
    else response.end(feed);
  },
  'cookie-for-one-host': ({ headers: { host } }, response) => {
    const location = `/to?http://${host?.replace('127.0.0.1', 'localhost')}/wants-no-cookie`;
    response.writeHead(302, { 'set-cookie': 'here=1; Path=/', location }).end();
  },
  'cookie-to-metadata': answer(302, { 'set-cookie': 'a=1', location: 'http://169.254.169.254/latest/meta-data/' }),
  'cookie-in-a-circle': answer(302, { 'set-cookie': 'seen=1', location: '/cookie-in-a-circle' }),
  'cookies-without-end': ({ headers }, response) => {
    response.writeHead(302, { 'set-cookie': `a=${headers.cookie ?? ''}x`, location: '/cookies-without-end' }).end();
  },

  // Refusals
  created: answer(201, {}, feed),
  accepted: answer(202, {}, feed),
  'use-proxy': answer(305, { location: '/feed' }),
  'bad-request': answer(400),
  password: answer(401, { 'www-authenticate': 'Basic' }),
  pay: answer(402),
  forbidden: answer(403, {}, 'Forbidden'),
  missing: answer(404, {}, feed),
  'not-acceptable': answer(406),
  gone: answer(410, {}, feed),
  teapot: answer(418),
  legal: answer(451),
  broken: answer(500, {}, feed),
  'bad-gateway': answer(502),
  unavailable: answer(503),
  'odd-status': raw('HTTP/1.1 599 What\r\nContent-Length: 0\r\n\r\n'),
  'slow-down': answer(429),
  'slow-down-for-2-hours': answer(429, { 'retry-after': '7200' }),
  'slow-down-for-a-second': answer(429, { 'retry-after': '1' }),
  'slow-down-for-a-year': answer(429, { 'retry-after': '31536000' }),
  'slow-down-till-a-date': answer(503, {
    date: 'Fri, 23 Jan 2026 08:40:00 GMT',
    'retry-after': 'Fri, 23 Jan 2026 18:40:00 GMT',
  }),
  'slow-down-oddly': answer(429, { 'retry-after': 'soon' }),
  'unavailable-oddly': answer(503, { 'retry-after': '-5' }),

  // Bot protection
  'cloudflare-403': answer(403, { 'cf-mitigated': 'challenge' }, challenge),
  'cloudflare-503': answer(503, { 'cf-mitigated': 'challenge', 'retry-after': '10' }, challenge),
  'cloudflare-429': answer(429, { 'cf-mitigated': 'challenge' }, challenge),
  'aws-waf': answer(202, { 'x-amzn-waf-action': 'challenge' }),
  'signed-by-a-guard': answer(200, { server: 'ddos-guard', 'cf-mitigated': '' }, feed),
  vercel: answer(429, { 'x-vercel-mitigated': 'challenge' }),

  // Redirects
  'choice-made': answer(300, { location: '/feed' }),
  'choice-open': answer(300, {}, '<a href="/feed">feed</a>'),
  moved: answer(301, { location: '/feed' }),
  'moved-again': answer(308, { location: 'moved' }),
  'moved-then-found': answer(301, { location: '/found' }),
  'moved-unchanged': answer(301, { location: '/unchanged' }),
  'moved-to-gone': answer(301, { location: '/gone' }),
  'gone-for-now': answer(302, { location: '/gone' }),
  found: answer(302, { location: '/feed' }),
  'see-other': answer(303, { location: '/feed' }),
  elsewhere: answer(307, { location: '/feed' }),
  'found-then-moved': answer(302, { location: '/moved' }),
  'moved-to-umlaut': raw('HTTP/1.1 301 Moved\r\nLocation: /caf\xc3\xa9\r\nContent-Length: 0\r\n\r\n'),
  'moved-to-latin1': raw('HTTP/1.1 301 Moved\r\nLocation: /caf\xe9\r\nContent-Length: 0\r\n\r\n'),
  'caf%C3%A9': answer(200, {}, feed),
  'moved-nowhere': answer(301),
  'moved-to-nothing': answer(301, { location: '' }),
  'moved-to-nonsense': answer(302, { location: 'http://[nonsense' }),
  'to-itself': answer(302, { location: '/to-itself#again' }),
  ping: answer(302, { location: '/pong' }),
  pong: answer(302, { location: '/ping' }),
  'five-steps': answer(302, { location: '/four-steps' }),
  'four-steps': answer(302, { location: '/three-steps' }),
  'three-steps': answer(302, { location: '/two-steps' }),
  'two-steps': answer(302, { location: '/found' }),
  'six-steps': answer(302, { location: '/five-steps' }),
  'endless-steps': ({ url }, response) => {
    response.writeHead(302, { location: `${url}x` }).end();
  },
  'to-ftp': answer(301, { location: 'ftp://files.example/feed.xml?key=hush' }),
  'to-file': answer(302, { location: 'file:///etc/passwd' }),
  'to-data': answer(302, { location: 'data:application/rss+xml,<rss/>' }),
  'to-javascript': answer(302, { location: 'javascript:alert(1)' }),
  'to-credentials': answer(302, { location: 'https://me:hush@blog.example/feed' }),
  'to-metadata': answer(302, { location: 'http://169.254.169.254/latest/meta-data/' }),
  'to-host-agent': answer(302, { location: 'http://168.63.129.16/machine' }),
  'redirect-with-endless-body': drip(
    'HTTP/1.1 302 Found\r\nLocation: /feed\r\nTransfer-Encoding: chunked\r\n\r\n',
    '1\r\nx\r\n',
  ),

  // Packing
  gzip: packed('gzip', gzipped),
  'x-gzip': packed('X-GZip', gzipped),
  brotli: packed('br', brotliCompressSync(feed)),
  deflate: packed('deflate', deflateSync(feed)),
  'deflate-raw': packed('deflate', deflateRawSync(feed)),
  identity: packed('identity', Buffer.from(feed)),
  'gzip-unlabelled': answer(200, { 'content-type': 'application/x-gzip' }, gzipped),
  'gzip-in-members': packed('gzip', Buffer.concat([gzipSync(feed.slice(0, 40)), gzipSync(feed.slice(40))])),
  'gzip-and-a-line-end': packed('gzip', Buffer.concat([gzipped, Buffer.from('\n')])),
  'gzip-and-a-comment': packed('gzip', Buffer.concat([gzipNamed, gzipSync(''), Buffer.from('<!-- cached -->')])),
  'gzip-and-a-cut-member': packed('gzip', Buffer.concat([gzipped, gzipped.subarray(0, 40)])),
  'gzip-bad-checksum-and-more': packed('gzip', Buffer.concat([gzipped.subarray(0, -8), Buffer.alloc(9, 1)])),
  'gzip-of-nothing': packed('gzip', gzipSync('')),
  'gzip-labelled-nothing': packed('gzip', Buffer.alloc(0)),
  'gzip-then-brotli': packed('gzip, br', brotliCompressSync(gzipped)),
  'gzip-twice-said-once': packed('gzip', gzipSync(gzipped)),
  'gzip-thrice-said-once': packed('gzip', gzipSync(gzipSync(gzipped))),
  'gzip-ten-times': packed(Array(10).fill('gzip').join(', '), gzipped),
  'gzip-truncated': packed('gzip', gzipped.subarray(0, -12)),
  'gzip-without-trailer': packed('gzip', gzipped.subarray(0, -8)),
  'gzip-unlabelled-truncated': answer(200, {}, gzipped.subarray(0, 40)),
  'gzip-bad-checksum': packed('gzip', Buffer.concat([gzipped.subarray(0, -8), Buffer.alloc(8, 1)])),
  'gzip-not': packed('gzip', Buffer.from(feed)),
  'brotli-truncated': packed('br', brotliCompressSync(feed).subarray(0, -5)),
  'brotli-not': packed('br', Buffer.from(feed)),
  'deflate-not': packed('deflate', Buffer.from(feed)),
  'gzip-said-twice': packed('gzip, gzip', gzipped),
  'gzip-said-twice-apart': raw(
    `${head}Content-Encoding: br\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n${gzipSync(brotliCompressSync(feed)).toString('latin1')}`,
  ),
  'gzip-then-gzip': packed('gzip, x-gzip', gzipSync(gzipped)),
  'aws-chunked': packed('aws-chunked', Buffer.from(feed)),
  'aws-chunked-gzip': packed('aws-chunked, gzip', gzipped),
  'gzip-aws-chunked': packed('gzip,aws-chunked', gzipped),
  'utf-8-as-packing': packed('UTF-8', Buffer.from(`\ufeff${feed}`)),
  'none-as-packing': packed('none', Buffer.from(feed)),
  'binary-as-packing': packed('binary', Buffer.from(`\n ${feed}`)),
  'empty-packing': packed('', Buffer.from(feed)),
  'unknown-packing-of-plain': packed('snappy', Buffer.from(feed)),
  'unknown-packing-of-nothing': packed('snappy', Buffer.alloc(0)),
  'unknown-packing': packed('snappy', Buffer.from([0x55, 0xf0, 0x54, ...Buffer.from(feed)])),
  'unknown-packing-in-gzip': packed('snappy, gzip', gzipSync(Buffer.from([0x55, 0xf0, 0x54, ...Buffer.from(feed)]))),
  'gzip-in-unknown-packing': packed('gzip, snappy', Buffer.from([0x55, 0xf0, 0x54, ...gzipped])),

  // Too much
  'too-large': flood,
  'too-large-unpacked': packed('gzip', gzipSync(Buffer.alloc(300_000))),
  'too-large-brotli': packed('br', brotliCompressSync(Buffer.alloc(300_000))),
  'too-large-headers': raw(`${head}${'X-Filler: 0123456789abcdef\r\n'.repeat(4000)}\r\n${feed}`),
  'one-large-header': raw(`${head}X-Filler: ${'x'.repeat(100_000)}\r\n\r\n${feed}`),
  'endless-headers': drip(head, `X-Filler: ${'x'.repeat(4000)}\r\n`),

  // Too slow
  silence: () => {},
  'takes-its-time': (_request, response) => {
    setTimeout(() => response.end(feed), 20);
  },
  'slow-steps': ({ url }, response) => {
    setTimeout(() => response.writeHead(302, { location: `${url}s` }).end(), 50);
  },
  'silence-after-headers': raw(`${head}Content-Length: 100\r\n\r\n`, 'silence'),
  'silence-in-headers': raw(`${head}Content-`, 'silence'),
  'slow-drip': drip(`${head}Content-Length: 100000\r\n\r\n<rss>`, 'x'),
  'slow-drip-headers': drip(head, 'X: y\r\n'),
  'endless-hints': drip('', 'HTTP/1.1 103 Early Hints\r\n\r\n'),

  // Broken off, or never HTTP
  'hangs-up': raw(''),
  resets: raw('', 'reset'),
  'hangs-up-in-headers': raw(`${head}Content-Le`),
  'resets-in-body': raw(`${head}Content-Length: 1000\r\n\r\n<rss>`, 'reset'),
  'shorter-than-said': raw(`${head}Content-Length: 1000\r\n\r\n<rss>`),
  'longer-than-said': raw(`${head}Content-Length: 6\r\n\r\n<rss/>and more`),
  'two-lengths': raw(`${head}Content-Length: 6\r\nContent-Length: 7\r\n\r\n<rss/>`),
  'two-lengths-in-one': raw(`${head}Content-Length: 6, 7\r\n\r\n<rss/>`),
  'no-length-to-speak-of': raw(`${head}Content-Length: some\r\n\r\n<rss/>`),
  'length-and-chunks-that-are-none': raw(`${head}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n<rss/>`),
  'chunks-cut': raw(`${head}Transfer-Encoding: chunked\r\n\r\n6\r\n<rss/>\r\n`),
  'chunks-garbled': raw(`${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n<rss/>\r\n0\r\n\r\n`),
  'no-length': raw(`${head}\r\n${feed}`),
  'closes-early': raw(`${head}Connection: close\r\nContent-Length: 1000\r\n\r\n${feed}`),

  // Odd heads of answers that are whole
  'same-length-twice': raw(`${head}${length}${length}\r\n${feed}`),
  'same-length-twice-in-one': raw(`${head}Content-Length: ${feed.length}, ${feed.length}\r\n\r\n${feed}`),
  'length-and-chunks': raw(`${head}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n${chunked}`),
  'chunks-and-length': raw(`${head}Transfer-Encoding: chunked\r\n${length}${length}\r\n${chunked}`),
  'chunks-said-twice': raw(`${head}transfer-encoding: Chunked\r\nTransfer-Encoding: chunked\r\n\r\n${chunked}`),
  'identity-and-length': raw(`${head}Transfer-Encoding: identity\r\n${length}\r\n${feed}`),
  'a-zero-in-a-header': raw(`${head}X-Odd: a\0b\r\n${length}\r\n${feed}`),
  'controls-in-a-header': raw(`${head}X-Odd: a\x01\x1b\x7f\rb\r\n${length}\r\n${feed}`),
  'header-in-two-lines': raw(`${head}X-Odd: a\r\n\tb\r\n  c\r\n${length}\r\n${feed}`),
  'begins-with-a-fold': raw(`${head} X-Odd: a\r\n${length}\r\n${feed}`),
  'space-before-colon': raw(`${head}X-Odd : a\r\nContent-Length \t: ${feed.length}\r\n\r\n${feed}`),
  'no-ascii-in-headers': raw(`${head}X-Caf\xc3\xa9: a\r\nX-Odd: caf\xe9\x80\r\n${length}\r\n${feed}`),
  'no-name-of-a-header': raw(`${head}: a\r\nX Odd: a\r\nX(odd): a\r\nhello\r\n${length}\r\n${feed}`),
  'lines-without-cr': raw(`HTTP/1.1 200 OK\nX-Odd: a\n${length.trimEnd()}\n\n${feed}`),
  'asks-to-go-on': raw(`\r\nHTTP/1.1 100 Continue\r\n\r\n${head}${length}\r\n${feed}`),
  'head-byte-by-byte': ({ socket }, _response) => {
    socket.setNoDelay();
    const bytes = `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${head}X-Odd : a\r\n${length}${length}\r\n${feed}`;
    const next = (at: number): void => {
      if (at < bytes.length) socket.write(bytes.charAt(at), 'latin1', () => setImmediate(next, at + 1));
      else socket.end();
    };
    next(0);
  },
  'http-1.0': raw(`HTTP/1.0 200 OK\r\n\r\n${feed}`),
  'another-protocol': raw('220 mail.example ESMTP ready\r\n'),
  'no-headers-at-all': raw(feed),
  'nonsense-http': raw('HTTP/one 200 OK\r\n\r\n<rss/>'),
  'switches-protocols': raw('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n'),
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
