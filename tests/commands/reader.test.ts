import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { feedTable } from '../../scripts/commands/lib/feed-formats.ts';
import { readFeed } from '../../scripts/snapshot/read-feed.ts';

const planet = fileURLToPath(new URL('../../scripts/planet.ts', import.meta.url));

async function parse(feed: Buffer | string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [planet, 'parse', ...args], { env: { ...process.env, ...env } });
  child.stdin.end(feed);
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, complaint, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { out, complaint, code };
}

const feed = `<rss version="2.0"><channel><title>T</title><link>https://b.example.org/</link><item><title>One</title><link>/1</link>
<description>&lt;img src="a.png" alt="a"&gt;&lt;script&gt;x()&lt;/script&gt; &lt;a href="b"&gt;b&lt;/a&gt;</description></item></channel></rss>`;

test('prints what the planet sees, safe and with absolute addresses', async () => {
  const { out, code } = await parse(feed, ['-', '--url', 'https://b.example.org/feed']);
  const { feed: about, entries } = JSON.parse(out);
  expect(code).toBe(0);
  expect(about).toMatchObject({ title: 'T', link: 'https://b.example.org/' });
  expect(entries).toMatchObject([{ id: 'https://b.example.org/1', url: 'https://b.example.org/1', title: 'One' }]);
  expect(entries[0].contentHtml).toContain('src="https://b.example.org/a.png"');
  expect(entries[0].contentHtml).toContain('href="https://b.example.org/b"');
  expect(entries[0].contentHtml).not.toContain('script');
});

test('takes CONTENT_TYPE for the HTTP header', async () => {
  const koi8 = Buffer.concat([
    Buffer.from('<rss><channel><title>'),
    Buffer.from([0xf0, 0xd2]),
    Buffer.from('</title></channel></rss>'),
  ]);
  const { out } = await parse(koi8, ['-', '--url', 'https://b.example.org/'], {
    CONTENT_TYPE: 'text/xml; charset=koi8-r',
  });
  expect(JSON.parse(out).feed.title).toBe('Пр');
});

test.for([
  {
    when: 'it is no feed',
    given: '<html></html>',
    args: ['-', '--url', 'https://b.example.org/'],
    says: 'the address now shows a web page, not a feed',
  },
  {
    when: 'there is no file',
    given: '',
    args: ['none.xml', '--url', 'https://b.example.org/'],
    says: 'the file none.xml cannot be read',
  },
  {
    when: 'the address is none',
    given: feed,
    args: ['-', '--url', 'b.example.org'],
    says: 'b.example.org is not an address',
  },
])('says in one sentence when $when', async ({ given, args, says }) => {
  const { out, complaint, code } = await parse(given, args);
  expect({ out, code }).toEqual({ out: '', code: 1 });
  expect(complaint).toContain(says);
  expect(complaint.trim().split('\n')).toHaveLength(1);
});

test('on a terminal a person reads what is there and what is missing', async () => {
  const read = readFeed(Buffer.from(feed), { url: 'https://b.example.org/feed', contentType: null });
  const table = read.kind === 'feed' ? feedTable(read.feed) : '';
  expect(table.split('\n').map((line) => line.trim())).toEqual([
    'T',
    'page      https://b.example.org/',
    'language  (none)',
    'entries   1',
    'without   an id: 1',
    'without   a date: 1',
    '',
    '(no date)         One',
    'nobody · 1 characters',
    'https://b.example.org/1',
  ]);
});
