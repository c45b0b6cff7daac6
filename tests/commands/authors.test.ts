import { expect, test } from 'vitest';
import { aPlanet } from '../lib/a-planet.ts';
import { rss } from '../lib/feed-server.ts';

const post = (number: number, title: string) => ({ title, link: `https://blog.example/${number}` });

const renamedFeed = (name: string, numbers: number[]) =>
  rss(
    numbers.map((number) => ({ ...post(number, `Post ${number}`), date: `0${number} Jan 2026 08:00:00 GMT` })),
  ).replaceAll('<guid>', `<author>${name}</author><guid>`);
type Planet = Awaited<ReturnType<typeof aPlanet>>;
const told = async ({ planet }: Planet) => (await planet(['authors'])).stdout;
/** The planet reads its feed on a day of February. */
const reads = (planet: Planet, blog: string, day = 1) => planet.reads({ blog }, new Date(Date.UTC(2026, 1, day)));
const proposal = (name: string, aliases: string) =>
  `\nEach of these may be one person. If so, add to planet.yaml:\n\nauthors:\n  - name: "${name}"\n    aliases: [${aliases}]\n`;

/** The authors of the site, and the addresses that they had before. */
async function slugs({ site }: Planet) {
  const { authors } = await site();
  return Object.fromEntries(authors.map(({ slug, formerly }) => [slug, formerly]));
}

test('"authors" lists who was found and how, and proposes who may be one person', async () => {
  const planet = await aPlanet({ blog: '' }, { last: 'authors: title' });
  expect(await told(planet)).toBe('There are no authors yet. "npm run snapshot" reads the feeds.\n');
  const titles = ['Glyph: One', 'Glyph Lefkowitz: Two', 'Ada: Three'];
  await reads(planet, rss(titles.map((title, index) => post(index, title))));
  const [ada, glyph] = ['Ada: 1 (1 from blog, by title)\n', 'Glyph: 1 (1 from blog, by title)\n'];
  const both = `${glyph}${glyph.replace('Glyph', 'Glyph Lefkowitz')}`;
  expect(await told(planet)).toBe(`${ada}${both}${proposal('Glyph Lefkowitz', '"Glyph"')}`);
  await planet.folder.write(
    'planet.yaml',
    `${await planet.yaml()}authors:\n  - name: Glyph Lefkowitz\n    aliases: [Glyph]\n`,
  );
  expect(await told(planet)).toBe(`${ada}Glyph Lefkowitz: 2 (2 from blog, by title)\n`);
});

// https://github.com/matrix-org/matrix.org/pull/3570
test('an author in several spellings is one line, with the usual one, as on the site', async () => {
  const planet = await aPlanet({ blog: '' }, { last: 'authors: title' });
  const titles = ['ANN LEE: One', 'Ann Lee: Two', 'ann lee: Three', 'Ann Lee: Four', 'Ann Lée: Five', 'Ann: Six'];
  await reads(planet, rss(titles.map((title, index) => post(index, title))));
  expect(Object.keys(await slugs(planet)).sort()).toEqual(['ann', 'ann-lee', 'ann-lee-2']);
  const counts = { Ann: 1, 'Ann Lee': 4, 'Ann Lée': 1 };
  const lines = Object.entries(counts).map(([name, count]) => `${name}: ${count} (${count} from blog, by title)\n`);
  expect(await told(planet)).toBe(lines.join('') + proposal('Ann Lee', '"Ann", "Ann Lée"'));
});

test('an author whom a feed renames is followed: the old page leads to the new one, and "authors" proposes the alias', async () => {
  const planet = await aPlanet({ blog: '' });
  for (const [index, name] of ['mia', 'Mia R', 'Mia Rail'].entries())
    await reads(planet, renamedFeed(name, [1, 2]), index + 1);
  expect(await slugs(planet)).toEqual({ 'mia-rail': ['mia', 'mia-r'] });
  expect(await told(planet)).toBe(`Mia Rail: 2 (2 from blog, by entry)\n${proposal('Mia Rail', '"mia", "Mia R"')}`);
  const bytes = await planet.folder.archive();
  await planet.snapshot('2026-02-05');
  expect(await planet.folder.archive()).toEqual(bytes);
  await reads(planet, renamedFeed('mia', [1, 2]), 6);
  expect(await slugs(planet)).toEqual({ mia: ['mia-r', 'mia-rail'] });
});

test('names that an older version stored as one lead to the first of them, and are not proposed as its alias', async () => {
  const planet = await aPlanet({ blog: '' });
  await reads(planet, renamedFeed('Ann and Bob', [1]));
  const line = await planet.text('archive/2026-01.ndjson');
  const joined = line.replace('[{"name":"Ann"},{"name":"Bob"}]', '[{"name":"Ann and Bob"}]');
  await planet.folder.write('archive/2026-01.ndjson', joined);
  expect(await slugs(planet)).toEqual({ 'ann-and-bob': [] });
  await planet.snapshot('2026-02-02');
  expect(await slugs(planet)).toEqual({ ann: ['ann-and-bob'], bob: [] });
  expect(await told(planet)).not.toContain('may be one person');
});

test('names before a title that an older version took for one lead to the first of them', async () => {
  const planet = await aPlanet({ blog: '' }, { last: 'authors: title' });
  const creators = ['Ann', 'Bob'].map((name) => `<dc:creator>${name}</dc:creator>`).join('');
  const items = rss([post(1, 'Ann and Bob: Bees'), post(2, 'Bob: Ants')]);
  await reads(planet, items.replace('<guid>', `${creators}<guid>`));
  expect(await slugs(planet)).toEqual({ ann: ['ann-and-bob'], bob: [] });
});

test('a post without a title is of the author whose name a planet writes in its place, on the site too', async () => {
  const planet = await aPlanet({ blog: '' }, { last: 'authors: title' });
  const titles = ['Ada Lee: Bees', 'Ada Lee', 'Bo: Ants', 'Bo:', 'Nobody'];
  await reads(planet, rss(titles.map((title, index) => post(index, title))));
  const { entries } = await planet.site();
  expect(entries.map(({ credit }) => `${credit.authors}: ${credit.title}`).sort()).toEqual(
    ['ada-lee: Bees', 'ada-lee: ', 'bo: Ants', 'bo: ', ': Nobody'].sort(),
  );
  expect(await told(planet)).toBe('Ada Lee: 2 (2 from blog, by title)\nBo: 2 (2 from blog, by title)\n');
});

test('the page of an old name stays if older posts keep it, and an alias is proposed', async () => {
  const planet = await aPlanet({ blog: '' });
  await reads(planet, renamedFeed('rails', [1, 2]));
  await reads(planet, renamedFeed('Mia Rail', [3, 4]), 2);
  expect(await slugs(planet)).toEqual({ 'mia-rail': [], rails: [] });
  expect(await told(planet)).toContain(proposal('Mia Rail', '"rails"'));
});

test('two people who wrote one after the other, or once each, are not proposed as aliases', async () => {
  const planet = await aPlanet({ blog: '' }, { last: 'authors: title' });
  const by = (name: string, day: number) => ({
    ...post(day, `${name}: Post ${day}`),
    date: `0${day} Jan 2026 08:00:00 GMT`,
  });
  await reads(planet, rss([by('Cid', 1), by('Cid', 2), by('Ada', 3), by('Ada', 4)]));
  expect(await told(planet)).not.toContain('may be one person');
  const other = await aPlanet({ blog: '' });
  await reads(other, renamedFeed('Cid', [1]));
  await reads(other, renamedFeed('Ada', [3]), 2);
  expect(await told(other)).not.toContain('may be one person');
});
