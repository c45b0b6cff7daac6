import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { createGzip, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { listen, portOf, stop } from '../../lib/fault-server.ts';
import { feed } from '../../lib/faults.ts';

const megabyte = 1024 * 1024;

/** 100 MB of nothing in 100 KB. */
async function makeBomb(): Promise<Buffer> {
  const packer = createGzip();
  const zeros = Buffer.alloc(megabyte);
  const fill = async () => {
    for (let i = 0; i < 100; i++)
      if (!packer.write(zeros)) await new Promise((resolve) => packer.once('drain', resolve));
    packer.end();
  };
  const [chunks] = await Promise.all([packer.toArray(), fill()]);
  return Buffer.concat(chunks);
}

/** Fetches in a process of its own, whose memory nobody else fills: one feed to warm up, then the bomb. */
const child = `
  import { createFetcher } from ${JSON.stringify(new URL('../../../scripts/snapshot/fetch/fetcher.ts', import.meta.url).href)};
  const host = process.argv[1];
  const { fetchFeed } = createFetcher({ userAgent: 'Orrery/0.1', allowPrivate: [host], now: () => new Date() });
  await fetchFeed({ url: 'http://' + host + '/feed', validators: {} });
  const before = process.resourceUsage().maxRSS;
  const { kind, reason } = await fetchFeed({ url: 'http://' + host + '/bomb', validators: {} });
  console.log(JSON.stringify({ fetched: { kind, reason }, grownBy: process.resourceUsage().maxRSS - before }));
`;

const gzipBomb = makeBomb();

test.for([
  { form: 'labelled as gzip', headers: { 'content-encoding': 'gzip' }, make: () => gzipBomb },
  { form: 'not labelled', headers: {}, make: () => gzipBomb },
  {
    form: 'inside of gzip',
    headers: { 'content-encoding': 'gzip, gzip' },
    make: async () => gzipSync(await gzipBomb),
  },
])('a bomb of 100 MB, $form, takes under 60 MB of memory', async ({ headers, make }) => {
  const bomb = await make();
  const server = createServer(({ url }, response) => {
    const body = url === '/bomb' ? bomb : gzipSync(feed);
    response.writeHead(200, url === '/bomb' ? headers : { 'content-encoding': 'gzip' }).end(body);
  });
  await listen(server);
  const arguments_ = ['--input-type=module', '--eval', child, `127.0.0.1:${portOf(server)}`];
  const { stdout } = await promisify(execFile)(process.execPath, arguments_);
  await stop(server);
  const { fetched, grownBy } = JSON.parse(stdout) as { fetched: unknown; grownBy: number };
  expect(fetched).toMatchObject({ kind: 'failed', reason: { kind: 'too-large', limit: '5 MB' } });
  expect(grownBy * 1024).toBeLessThan(60 * megabyte);
});
