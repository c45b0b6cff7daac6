import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Cache-Control': 'public, max-age=31536000, immutable',
};

describe.for([
  { host: 'Cloudflare Pages and Netlify', file: 'public/_headers' },
  { host: 'Vercel', file: 'vercel.json' },
  { host: 'nginx', file: 'docs/nginx.conf.example' },
])('the headers for $host', ({ file }) => {
  test.for(Object.entries(HEADERS))('say %s: %s', async ([name, value]) => {
    const text = (await readFile(file, 'utf8')).replaceAll(/\s+/g, ' ');
    expect(text).toContain(name);
    expect(text).toContain(value);
  });
});
