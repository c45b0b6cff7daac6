import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storedFile } from '../../src/core/avatar-files.ts';
import { readSite } from '../../src/data/read-site.ts';
import { answerHash, type Question, type SiteData, siteData } from '../../src/data/site-data.ts';
import { rss, serveFeeds } from '../lib/feed-server.ts';
import { aPicture } from '../lib/pictures.ts';
import { aFolder, type Folder, planetYaml } from '../lib/planet.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';

const MONDAY = new Date('2026-01-26T08:00:00Z');
const laterDay = (days: number) => new Date(MONDAY.getTime() + days * 86_400_000);
const [brown, green] = [await aPicture(), await aPicture('png', { colour: '#0a7a3f' })];

/** Two blogs, each of one author; the first has a picture. */
async function twoBlogs(picture: Buffer | undefined) {
  const server = await serveFeeds(picture === undefined ? {} : { '/me.png': picture });
  const blog = (name: string, image = '') =>
    rss([{ title: 'One', link: `https://${name}.example/1` }])
      .replace('<channel>', `<channel>${image}`)
      .replace('</item>', `<author>${name}</author></item>`);
  server.answers['/a'] = blog('ada', `<image><url>${server.url('/me.png')}</url></image>`);
  server.answers['/b'] = blog('bob');
  const yaml = planetYaml({ a: server.url('/a'), b: server.url('/b') });
  return { server, yaml };
}

async function dataOf(folder: Folder): Promise<SiteData> {
  const archive = join(folder.path, 'archive');
  return siteData(await readSite(folder.path, archive), archive, MONDAY);
}

/** What changed between two sites, of all that pages may ask. */
function changed(before: SiteData, after: SiteData): string[] {
  const questions: (readonly [of: string, ...Question])[] = [
    ...before.site.entries.map(({ path, feed }) => [`entry of ${feed}`, 'entries', path] as const),
    ...['ada', 'bob'].map((slug) => [`author ${slug}`, 'authors', slug] as const),
    ...['a', 'b'].map((id) => [`feed ${id}`, 'feeds', id] as const),
    ...['settings', 'status'].map((of) => [of, of, 'planet'] as const),
  ];
  const differs = (question: Question) => answerHash(before, question) !== answerHash(after, question);
  return questions.flatMap(([of, ...question]) => (differs(question) ? of : [])).sort();
}

test('another picture changes the answers about whom it shows, and no other; the same picture none', async () => {
  const { server, yaml } = await twoBlogs(brown);
  await using _ = server;
  await using folder = await aFolder(yaml);
  await snapshotHere(folder.path, MONDAY, server.host);
  const first = await dataOf(folder);
  const { data: ada } = first.one.authors('ada') ?? {};
  expect(ada?.avatar).toMatch(/^[0-9a-f]{20}$/);
  expect(first.one.feeds('a')?.data.avatar).toBe(ada?.avatar);
  expect(first.one.authors('bob')?.data.avatar).toBeNull();
  for (const size of [48, 96] as const) {
    const file = storedFile(ada?.avatar ?? '', size);
    const bytes = readFileSync(join(folder.path, 'archive/avatars', file));
    expect(Buffer.from(first.one.avatars(file)?.data ?? [])).toEqual(bytes);
  }

  await snapshotHere(folder.path, laterDay(7), server.host);
  expect(changed(first, await dataOf(folder))).toEqual([]);
  server.answers['/me.png'] = green;
  await snapshotHere(folder.path, laterDay(14), server.host);
  const second = await dataOf(folder);
  expect(changed(first, second)).toEqual(['author ada', 'entry of a', 'feed a']);
  expect([...second.site.avatars.keys()]).not.toContain(storedFile(ada?.avatar ?? '', 96));
});

test('a planet whose pictures are lost, cannot be had or are not wanted shows none, and is whole', async () => {
  const { server, yaml } = await twoBlogs(brown);
  await using _ = server;
  await using folder = await aFolder(yaml);
  const none = (data: SiteData) => {
    expect(data.site.entries).toHaveLength(2);
    expect(data.site.authors.map(({ avatar }) => avatar)).toEqual([null, null]);
    expect(data.site.feeds.map(({ avatar }) => avatar)).toEqual([null, null]);
    expect([...data.site.avatars]).toEqual([]);
  };
  const lost = { ...server.answers };
  delete server.answers['/me.png'];
  await snapshotHere(folder.path, MONDAY, server.host);
  none(await dataOf(folder));
  Object.assign(server.answers, lost);
  await snapshotHere(folder.path, laterDay(1), server.host);
  const [shown] = (await dataOf(folder)).site.avatars.keys();
  await folder.write('planet.yaml', yaml.replace('feeds:', 'avatars: false\nfeeds:'));
  none(await dataOf(folder));
  await folder.write('planet.yaml', yaml);
  await rm(join(folder.path, 'archive/avatars', shown ?? ''));
  none(await dataOf(folder));
});
