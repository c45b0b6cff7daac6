import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storedFile } from '../../src/core/avatar-files.ts';
import { answerHash, type Question, type SiteData } from '../../src/data/site-data.ts';
import { aServedPlanet } from '../lib/a-planet.ts';
import { rss } from '../lib/feed-server.ts';
import { aPicture } from '../lib/pictures.ts';
import { planetYaml } from '../lib/planet.ts';

const MONDAY = new Date('2026-01-26T08:00:00Z');
const laterDay = (days: number) => new Date(MONDAY.getTime() + days * 86_400_000);
const [brown, green] = [await aPicture(), await aPicture('png', { colour: '#0a7a3f' })];

/** Two blogs, each of one author; the first has a picture. */
async function twoBlogs() {
  const yaml = (url: (path: string) => string) => planetYaml({ a: url('/a'), b: url('/b') });
  const planet = await aServedPlanet({ '/me.png': brown }, yaml, MONDAY);
  const { server } = planet;
  const blog = (name: string, image = '') =>
    rss([{ title: 'One', link: `https://${name}.example/1` }])
      .replace('<channel>', `<channel>${image}`)
      .replace('</item>', `<author>${name}</author></item>`);
  server.answers['/a'] = blog('ada', `<image><url>${server.url('/me.png')}</url></image>`);
  server.answers['/b'] = blog('bob');
  return planet;
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
  const { server, folder, snapshot, data } = await twoBlogs();
  await snapshot();
  const first = await data();
  const ada = first.one.authors('ada')?.data();
  expect(ada?.avatar).toMatch(/^[0-9a-f]{20}$/);
  expect(first.one.feeds('a')?.data().avatar).toBe(ada?.avatar);
  expect(first.one.authors('bob')?.data().avatar).toBeNull();
  for (const size of [48, 96] as const) {
    const file = storedFile(ada?.avatar ?? '', size);
    const bytes = readFileSync(join(folder.path, 'archive/avatars', file));
    expect(Buffer.from(first.one.avatars(file)?.data() ?? [])).toEqual(bytes);
  }

  await snapshot(laterDay(7));
  expect(changed(first, await data())).toEqual([]);
  server.answers['/me.png'] = green;
  await snapshot(laterDay(14));
  const second = await data();
  expect(changed(first, second)).toEqual(['author ada', 'entry of a', 'feed a']);
  expect([...second.site.avatars.keys()]).not.toContain(storedFile(ada?.avatar ?? '', 96));
});

test('a planet whose pictures are lost, cannot be had or are not wanted shows none, and is whole', async () => {
  const { server, folder, snapshot, data, yaml } = await twoBlogs();
  const settings = await yaml();
  const none = (data: SiteData) => {
    expect(data.site.entries).toHaveLength(2);
    expect(data.site.authors.map(({ avatar }) => avatar)).toEqual([null, null]);
    expect(data.site.feeds.map(({ avatar }) => avatar)).toEqual([null, null]);
    expect([...data.site.avatars]).toEqual([]);
  };
  const lost = { ...server.answers };
  delete server.answers['/me.png'];
  await snapshot();
  none(await data());
  Object.assign(server.answers, lost);
  await snapshot(laterDay(1));
  const [shown] = (await data()).site.avatars.keys();
  await folder.write('planet.yaml', settings.replace('feeds:', 'avatars: false\nfeeds:'));
  none(await data());
  await folder.write('planet.yaml', settings);
  await rm(join(folder.path, 'archive/avatars', shown ?? ''));
  none(await data());
});
