import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rss } from '../lib/feed-server.ts';
import { aFolder, planetYaml } from '../lib/planet.ts';
import { buildSite, pagesOf } from '../lib/site.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';

const LOST = 'https://ann.example/';
const post = (number: number, over: object = {}) => ({
  title: `Post ${number}`,
  link: `${LOST}${number}`,
  date: `Fri, ${10 + number} Jan 2026 08:40:00 GMT`,
  html: `<p>It is the text of post ${number}.</p>`,
  ...over,
});
/** An Atom feed, which names the page of its author. */
const atom = (...entries: string[]) => `<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><id>urn:p</id>
  <link href="https://p.example/"/><author><name>Ann Lee</name><uri>${LOST}about</uri></author>${entries.join('')}</feed>`;
const entry = (id: string, link: string) =>
  `<entry><id>${id}</id><title>${id}</title><link href="${link}"/><updated>2026-01-20T08:00:00Z</updated><content>${id}</content>
  <source><title>Ann’s blog</title><id>${LOST}</id><link href="${LOST}"/></source></entry>`;

/** All text files of a site, without places that are no links: texts of their own, and ids. */
async function linksOf(dist: string): Promise<string> {
  const files = await readdir(dist, { recursive: true });
  const texts = files.filter((name) => /\.(?:html|xml|json|txt)$|_redirects$/.test(name));
  const all = await Promise.all(texts.map((name) => readFile(join(dist, name), 'utf8')));
  return all
    .join('\n')
    .replace(/<bdi>https:[^<]*<\/bdi>|<guid [^<]*<\/guid>|<id>[^<]*<\/id>|"id": "[^"]*"/g, '')
    .split('\n')
    .filter((line) => line.includes('ann.example'))
    .join('\n');
}

test('nothing of a planet links to the site of a feed that is gone, except within texts', async () => {
  const feeds = { ann: 'ann.xml', p: 'p.xml' };
  await using folder = await aFolder(planetYaml(feeds));
  const dist = join(folder.path, 'dist');
  const notes = [post(1), post(2, { title: '' }), post(3, { html: '' }), post(4, { link: '' })];
  await folder.write('ann.xml', rss(notes).replace('https://t.example/', LOST));
  await folder.write('p.xml', atom(entry('Hers', `${LOST}only-here`), entry('Mine', 'https://p.example/mine')));
  await snapshotHere(folder.path, new Date('2026-02-01T08:00:00Z'));
  const build = async () => {
    const { stderr, code } = await buildSite(folder.path, dist);
    expect(code, stderr).toBe(0);
  };
  await build();
  const before = await linksOf(dist);
  for (const path of ['1', '2', '3', 'about', 'only-here']) expect(before).toContain(`${LOST}${path}`);
  await rm(join(folder.path, 'ann.xml'));
  await snapshotHere(folder.path, new Date('2026-02-02T08:00:00Z'));
  await folder.write('planet.yaml', planetYaml({ ...feeds, ann: `${LOST}feed.xml\n    gone: true` }));
  await build();
  expect(await linksOf(dist)).toBe('');
  const pages = (await pagesOf(dist)).filter(({ path }) => /^\/2026\/\d\d\/\d\d\/./.test(path));
  const heads = pages.map(({ html, path }) => ({
    own: html.includes(`<link rel="canonical" href="https://planet.example${path}"`),
    listed: !html.includes('noindex'),
    text: /<p class="read-on">\s*<bdi>([^<]*)/.exec(html)?.[1],
  }));
  const lost = (path: string) => ({ own: true, listed: true, text: `${LOST}${path}` });
  expect(heads).toHaveLength(6);
  expect(heads).toEqual(expect.arrayContaining(['1', '2', '3', 'only-here'].map(lost)));
  // A post without a link.
  expect(heads).toContainEqual({ own: true, listed: true, text: undefined });
  expect(heads).toContainEqual({ own: false, listed: false, text: undefined });
  const sitemap = await readFile(join(dist, 'sitemap-0.xml'), 'utf8');
  expect(sitemap.match(/\/2026\/\d\d\/\d\d\/[^/<]+\//g)).toHaveLength(4);
  const status = JSON.parse(await readFile(join(dist, 'status.json'), 'utf8'));
  expect(status.feeds[0]).toMatchObject({ id: 'ann', outcome: 'gone', reason: null });
  const statusPage = await readFile(join(dist, 'status/index.html'), 'utf8');
  expect(statusPage).toContain('never read again, until planet.yaml says otherwise');
  expect(statusPage).not.toContain('not read for now');
  expect(await readFile(join(dist, 'feeds/ann/index.html'), 'utf8')).toContain('class="badge gone"');
  expect(await readFile(join(dist, 'opml.xml'), 'utf8')).toContain('xmlUrl="https://planet.example/feeds/ann/rss.xml"');
});
