import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { feedTable } from '../../scripts/commands/parse.ts';
import { readFeed } from '../../scripts/snapshot/read-feed.ts';
import { aFolder } from '../lib/planet.ts';
import { planetHere } from '../lib/planet-here.ts';

const feed = `<rss version="2.0"><channel><title>T</title><link>https://b.example.org/</link><item><title>One</title><link>/1</link>
<description>&lt;img src="a.png" alt="a"&gt;&lt;script&gt;x()&lt;/script&gt; &lt;a href="b"&gt;b&lt;/a&gt;</description></item></channel></rss>`;

const url = 'https://b.example.org/feed';

test('prints what the planet sees of a feed on its input, safe and with absolute addresses, and takes CONTENT_TYPE for the HTTP header', () => {
  const bytes = Buffer.from(feed.replace('<title>T<', '<title>\u00f0\u00d2<'), 'latin1');
  const { status, stdout } = spawnSync(process.execPath, ['scripts/planet.ts', 'parse', '-', '--url', url], {
    ...{ input: bytes, encoding: 'utf8', env: { ...process.env, CONTENT_TYPE: 'text/xml; charset=koi8-r' } },
  });
  const { feed: about, entries } = JSON.parse(stdout);
  expect(status).toBe(0);
  expect(about).toMatchObject({ title: 'Пр', link: 'https://b.example.org/' });
  expect(entries).toMatchObject([{ id: 'https://b.example.org/1', url: 'https://b.example.org/1', title: 'One' }]);
  expect(entries[0].contentHtml).toContain('src="https://b.example.org/a.png"');
  expect(entries[0].contentHtml).toContain('href="https://b.example.org/b"');
  expect(entries[0].contentHtml).not.toContain('script');
});

test.for([
  ['it is no feed', 'page.html', url, 'the address shows a web page, not a feed'],
  ['there is no file', 'none.xml', url, 'none.xml cannot be read: there is no such file'],
  ['it is a folder', '.', url, 'cannot be read: it is a folder'],
  ['the address is none', 'page.html', 'b.example.org', 'b.example.org is not an address'],
] as const)('says in one sentence when %s', async ([, file, base, says]) => {
  await using folder = await aFolder('');
  await folder.write('page.html', '<html></html>');
  const { code, stdout, stderr } = await planetHere(['parse', `${folder.path}/${file}`, '--url', base]);
  expect({ stdout, code }).toEqual({ stdout: '', code: base === url ? 1 : 2 });
  expect(stderr).toContain(says);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('on a terminal a person reads what is there and what is missing', async () => {
  const read = readFeed(Buffer.from(feed), { url, contentType: null });
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
