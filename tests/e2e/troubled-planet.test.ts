import { appendFile, cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { archiveFolder } from '../../src/archive/archive.ts';
import { readSite } from '../../src/data/read-site.ts';
import type { Ran } from '../lib/planet.ts';
import { buildSite, isEntryPath, pagesOf } from '../lib/site.ts';
import { areaFor } from '../lib/test-folder.ts';

/** The demo with a hub, one feed that fails and is listed by search engines, one that is held, one that moved, one without entries, and in its archive a script and a time in the future. */
const area = areaFor('trouble');
const dist = join(area, 'dist');
let built: Ran;

const read = (path: string) => readFile(join(dist, path), 'utf8');

beforeAll(async () => {
  const folder = join(area, 'content');
  await cp(inject('demo').folder, folder, { recursive: true });
  await trouble(join(folder, 'archive'));
  const yaml = await readFile(join(folder, 'planet.yaml'), 'utf8');
  const silent = '{ id: silent, title: Silent, url: https://ada:secret@silent.example/feed?page=2&feed_token=secret }';
  const changed = yaml
    .replace('language: en\n', 'language: en\nhub: https://hub.example/\n')
    .replace('  - id: almanac\n', '  - id: almanac\n    index: true\n');
  await writeFile(join(folder, 'planet.yaml'), `${changed}\n  - ${silent}\n`);
  built = await buildSite(folder, dist, { SOURCE_DATE_EPOCH: '1772000000' });
  expect(built.code, built.stderr).toBe(0);
});

async function trouble(archive: string): Promise<void> {
  const states = JSON.parse(await readFile(join(archive, 'feeds.json'), 'utf8'));
  const since = '2026-02-20T03:00:00Z';
  states.almanac.trouble = { outcome: 'failed', reason: 'timed out after 30 s while connecting', since };
  states.almanac.askAgainAt = '2026-02-26T08:40:00Z';
  states['planet-quadrant'].trouble = { outcome: 'held', reason: 'it may have another owner', since };
  states['planet-heliograph'].movedTo = 'https://new.example/atom.xml';
  states['planet-heliograph'].notes = ['a title of 412 characters was cut to 300'];
  await writeFile(join(archive, 'feeds.json'), JSON.stringify(states));

  const month = join(archive, '2026-01.ndjson');
  const lines = (await readFile(month, 'utf8')).split('\n');
  const quadrant = lines.filter((line) => line.startsWith('{"feed":"planet-quadrant"'));
  for (const line of quadrant.slice(0, 2)) await appendFile(join(archive, 'held.ndjson'), `${line}\n`);
  const edited = lines.map((line) => {
    if (!line.includes('/leiden-meetup')) return line.replace(/(?<="firstSeen":")[^"]+/, '2026-01-24T06:00:00Z');
    const entry = JSON.parse(line);
    const content = `<p>Before.</p><script>alert("${'x'.repeat(5)}")</script>`;
    return JSON.stringify({ ...entry, firstSeen: '2027-01-24T06:00:00Z', content });
  });
  await writeFile(month, edited.join('\n'));
}

describe('the status page', () => {
  test('says first how many feeds need attention', async () => {
    const text = (await read('status/index.html')).replace(/<[^>]*>/g, '');
    const ill = /3 of 5 feeds need attention: Planet Quadrant.*, The Almanac: Community posts and Planet Heliograph/s;
    expect(text).toMatch(ill);
  });

  test('says what is wrong, since when, and what to do', async () => {
    const text = (await read('status/index.html')).replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
    const commands = ['held', 'accept planet-quadrant', 'reject planet-quadrant'];
    for (const told of [
      ...['Since 20 Feb 2026: timed out after 30 s while connecting. Until then it was OK.', '2 entries wait'],
      ...commands.map((command) => `npm run planet -- ${command}`),
      ...['url: https://new.example/atom.xml', 'a title of 412 characters was cut to 300'],
    ])
      expect.soft(text).toContain(told);
    // A time that every run moves on would have each publish the site anew.
    expect(text).not.toContain('26 Feb 2026');
    expect(await read('status.json')).not.toContain('2026-02-26');
  });

  test('is found from every page, and from a feed’s own page at its place', async () => {
    expect(await read('index.html')).toContain('href="/status/"');
    expect(await read('feeds/almanac/index.html')).toContain('href="/status/#almanac"');
    expect(await read('status/index.html')).toContain('id="almanac"');
  });

  test('says the same for programs, and nothing of this machine', async () => {
    const text = await read('status.json');
    expect(JSON.parse(text).feeds).toHaveLength(5);
    expect(JSON.parse(text).feeds[1]).toMatchObject({ id: 'planet-quadrant', outcome: 'held', held: 2 });
    for (const page of [text, await read('status/index.html')]) expect(page).not.toContain(area);
  });
});

test('of a time in the future, by a run with a wrong clock, the front page tells no reader', async () => {
  const page = await read('index.html');
  expect(page).toContain('Leiden');
  expect(page).toContain('data-seen="2026-');
  expect(page).not.toContain('2027');
});

describe('a script in the archive', () => {
  test('is on no page and in no feed', async () => {
    for (const page of ['index.html', '2026/01/23/index.html', 'rss.xml'])
      expect.soft(await read(page), page).not.toContain('xxxxx');
  });

  test('costs its own entry the text, which says so, and the site nothing', async () => {
    const day = await read('2026/01/23/index.html');
    expect(day).toContain('This text was withheld: it holds markup that is not allowed here.');
    expect(day).not.toContain('Before.');
    expect(day).toContain('Teaching a gear train to count');
  });

  test('is reported once, by feed and entry', () => {
    const warnings = `${built.stdout}${built.stderr}`.split('\n').filter((line) => line.includes('is withheld'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(
      /almanac: the text of 2026.01.23.leiden-meetup\S+ is withheld: .* the element <script>/,
    );
  });
});

describe('a planet with a hub, whose feeds are partly listed, without entries or a file’s', () => {
  test('lets search engines list the entries of that feed, and only those', async () => {
    const { folder } = inject('demo');
    const { entries } = await readSite(folder, archiveFolder(folder));
    const wanted = entries.filter(({ feed }) => feed === 'almanac').map(({ path }) => `/${path}/`);
    const found = (await pagesOf(dist)).filter(({ path }) => isEntryPath(path));
    const open = found.filter(({ elements }) => !elements.some(({ attributes }) => attributes['name'] === 'robots'));
    expect(open.map(({ path }) => path).sort()).toEqual(wanted.sort());
    const sitemap = await read('sitemap-0.xml');
    const listed = sitemap.match(/(?<=<loc>http:\/\/localhost:4321)\/\d{4}\/\d\d\/\d\d\/[^<]+/g);
    expect(listed?.sort()).toEqual(wanted);
  });

  test('names the hub in every feed, and the feed that is silent in the list alone', async () => {
    for (const file of ['rss.xml', 'atom.xml', 'feed.json', 'feeds/almanac/atom.xml']) {
      expect.soft(await read(file), file).toContain('https://hub.example/');
    }
    await expect(read('feeds/silent/rss.xml')).rejects.toThrow('ENOENT');
    const page = await read('feeds/silent/index.html');
    expect(page).not.toContain('silent/rss.xml');
    const opml = await read('opml.xml');
    expect(opml).toContain('xmlUrl="https://silent.example/feed?page=2"');
  });

  test('tells nobody what opens a feed to the operator alone', async () => {
    const files = (await readdir(dist, { recursive: true })).filter((file) => /\.(?:html|xml|json|txt)$/.test(file));
    const texts = await Promise.all(files.map(read));
    expect(files.filter((_, place) => /ada:|=secret|secret@/.test(texts[place] ?? ''))).toEqual([]);
  });
});
