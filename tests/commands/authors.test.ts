import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSite } from '../../src/data/read-site.ts';
import { rss } from '../lib/feed-server.ts';
import { aFolder, type Folder, planetYaml } from '../lib/planet.ts';
import { planetHere } from '../lib/program-here.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';

const post = (number: number, title: string) => ({ title, link: `https://blog.example/${number}` });

const renamedFeed = (name: string, numbers: number[]) =>
  rss(
    numbers.map((number) => ({ ...post(number, `Post ${number}`), date: `0${number} Jan 2026 08:00:00 GMT` })),
  ).replaceAll('<guid>', `<author>${name}</author><guid>`);
const told = async ({ path }: Folder) => (await planetHere(['authors'], { PLANET_CONTENT: path })).stdout;
const snapshot = ({ path }: Folder, day = 1) => snapshotHere(path, new Date(Date.UTC(2026, 1, day)));
/** The planet reads a feed on a day of February. */
async function reads(folder: Folder, file: string, feed: string, day = 1): Promise<void> {
  await folder.write(file, feed);
  await snapshot(folder, day);
}
const proposal = (name: string, aliases: string) =>
  `\nEach of these may be one person. If so, add to planet.yaml:\n\nauthors:\n  - name: "${name}"\n    aliases: [${aliases}]\n`;

/** The authors of the site, and the addresses that they had before. */
async function slugs({ path }: Folder) {
  const { authors } = await readSite(path, join(path, 'archive'));
  return Object.fromEntries(authors.map(({ slug, formerly }) => [slug, formerly]));
}

test('"authors" lists who was found and how, and proposes who may be one person', async () => {
  const yaml = `${planetYaml({ planet: 'planet.xml' })}    authors: title\n`;
  await using folder = await aFolder(yaml);
  expect(await told(folder)).toBe('There are no authors yet. "npm run snapshot" reads the feeds.\n');
  const titles = ['Glyph: One', 'Glyph Lefkowitz: Two', 'Ada: Three'];
  await reads(folder, 'planet.xml', rss(titles.map((title, index) => post(index, title))));
  const [ada, glyph] = ['Ada: 1 (1 from planet, by title)\n', 'Glyph: 1 (1 from planet, by title)\n'];
  const both = `${glyph}${glyph.replace('Glyph', 'Glyph Lefkowitz')}`;
  expect(await told(folder)).toBe(`${ada}${both}${proposal('Glyph Lefkowitz', '"Glyph"')}`);
  await folder.write('planet.yaml', `${yaml}authors:\n  - name: Glyph Lefkowitz\n    aliases: [Glyph]\n`);
  expect(await told(folder)).toBe(`${ada}Glyph Lefkowitz: 2 (2 from planet, by title)\n`);
});

test('an author whom a feed renames is followed: the old page leads to the new one, and "authors" proposes the alias', async () => {
  await using folder = await aFolder(planetYaml({ blog: 'blog.xml' }));
  for (const [index, name] of ['mia', 'Mia R', 'Mia Rail'].entries())
    await reads(folder, 'blog.xml', renamedFeed(name, [1, 2]), index + 1);
  expect(await slugs(folder)).toEqual({ 'mia-rail': ['mia', 'mia-r'] });
  expect(await told(folder)).toBe(`Mia Rail: 2 (2 from blog, by entry)\n${proposal('Mia Rail', '"mia", "Mia R"')}`);
  const bytes = await folder.archive();
  await snapshot(folder, 5);
  expect(await folder.archive()).toEqual(bytes);
  await reads(folder, 'blog.xml', renamedFeed('mia', [1, 2]), 6);
  expect(await slugs(folder)).toEqual({ mia: ['mia-r', 'mia-rail'] });
});

test('names that an older version stored as one lead to the first of them, and are not proposed as its alias', async () => {
  await using folder = await aFolder(planetYaml({ blog: 'blog.xml' }));
  await reads(folder, 'blog.xml', renamedFeed('Ann and Bob', [1]));
  const month = join(folder.path, 'archive', '2026-01.ndjson');
  const line = await readFile(month, 'utf8');
  await writeFile(month, line.replace('[{"name":"Ann"},{"name":"Bob"}]', '[{"name":"Ann and Bob"}]'));
  expect(await slugs(folder)).toEqual({ 'ann-and-bob': [] });
  await snapshot(folder, 2);
  expect(await slugs(folder)).toEqual({ ann: ['ann-and-bob'], bob: [] });
  expect(await told(folder)).not.toContain('may be one person');
});

test('names before a title that an older version took for one lead to the first of them', async () => {
  await using folder = await aFolder(`${planetYaml({ blog: 'blog.xml' })}    authors: title\n`);
  const creators = ['Ann', 'Bob'].map((name) => `<dc:creator>${name}</dc:creator>`).join('');
  const items = rss([post(1, 'Ann and Bob: Bees'), post(2, 'Bob: Ants')]);
  await reads(folder, 'blog.xml', items.replace('<guid>', `${creators}<guid>`));
  expect(await slugs(folder)).toEqual({ ann: ['ann-and-bob'], bob: [] });
});

test('a post without a title is of the author whose name a planet writes in its place, on the site too', async () => {
  await using folder = await aFolder(`${planetYaml({ planet: 'planet.xml' })}    authors: title\n`);
  const titles = ['Ada Lee: Bees', 'Ada Lee', 'Bo: Ants', 'Bo:', 'Nobody'];
  await reads(folder, 'planet.xml', rss(titles.map((title, index) => post(index, title))));
  const { entries } = await readSite(folder.path, join(folder.path, 'archive'));
  expect(entries.map(({ credit }) => `${credit.authors}: ${credit.title}`).sort()).toEqual(
    ['ada-lee: Bees', 'ada-lee: ', 'bo: Ants', 'bo: ', ': Nobody'].sort(),
  );
  expect(await told(folder)).toBe('Ada Lee: 2 (2 from planet, by title)\nBo: 2 (2 from planet, by title)\n');
});

test('the page of an old name stays if older posts keep it, and an alias is proposed', async () => {
  await using folder = await aFolder(planetYaml({ blog: 'blog.xml' }));
  await reads(folder, 'blog.xml', renamedFeed('rails', [1, 2]));
  await reads(folder, 'blog.xml', renamedFeed('Mia Rail', [3, 4]), 2);
  expect(await slugs(folder)).toEqual({ 'mia-rail': [], rails: [] });
  expect(await told(folder)).toContain(proposal('Mia Rail', '"rails"'));
});

test('two people who wrote one after the other, or once each, are not proposed as aliases', async () => {
  await using folder = await aFolder(`${planetYaml({ blog: 'blog.xml' })}    authors: title\n`);
  const by = (name: string, day: number) => ({
    ...post(day, `${name}: Post ${day}`),
    date: `0${day} Jan 2026 08:00:00 GMT`,
  });
  await reads(folder, 'blog.xml', rss([by('Cid', 1), by('Cid', 2), by('Ada', 3), by('Ada', 4)]));
  expect(await told(folder)).not.toContain('may be one person');
  await using other = await aFolder(planetYaml({ blog: 'blog.xml' }));
  await reads(other, 'blog.xml', renamedFeed('Cid', [1]));
  await reads(other, 'blog.xml', renamedFeed('Ada', [3]), 2);
  expect(await told(other)).not.toContain('may be one person');
});
