import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSite } from '../../src/data/read-site.ts';
import { rss } from '../lib/feed-server.ts';
import { aFolder, planetYaml, run } from '../lib/planet.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';

const post = (number: number, title: string) => ({ title, link: `https://blog.example/${number}` });

test('"authors" lists who was found and how, and proposes who may be one person', async () => {
  await using folder = await aFolder(`${planetYaml({ planet: 'planet.xml' })}    authors: title\n`);
  const authors = () => run(['scripts/planet.ts', 'authors'], { PLANET_CONTENT: folder.path });
  expect((await authors()).stdout).toBe('There are no authors yet. "npm run snapshot" reads the feeds.\n');
  await folder.write(
    'planet.xml',
    rss([post(1, 'Glyph: One'), post(2, 'Glyph Lefkowitz: Two'), post(3, 'Ada: Three')]),
  );
  await folder.snapshot();
  expect((await authors()).stdout).toBe(
    [
      'Ada: 1 (1 from planet, by title)',
      'Glyph: 1 (1 from planet, by title)',
      'Glyph Lefkowitz: 1 (1 from planet, by title)',
      '',
      'Each of these may be one person. If so, add to planet.yaml:',
      '',
      'authors:',
      '  - name: "Glyph Lefkowitz"',
      '    aliases: ["Glyph"]',
      '',
    ].join('\n'),
  );
  await folder.write(
    'planet.yaml',
    `${planetYaml({ planet: 'planet.xml' })}    authors: title\nauthors:\n  - name: Glyph Lefkowitz\n    aliases: [Glyph]\n`,
  );
  expect((await authors()).stdout).toBe(
    'Ada: 1 (1 from planet, by title)\nGlyph Lefkowitz: 2 (2 from planet, by title)\n',
  );
});

const renamedFeed = (name: string, numbers: number[]) =>
  rss(
    numbers.map((number) => ({ ...post(number, `Post ${number}`), date: `0${number} Jan 2026 08:00:00 GMT` })),
  ).replaceAll('<guid>', `<author>${name}</author><guid>`);

test('an author whom a feed renames is followed: the old page leads to the new one, and "authors" proposes the alias', async () => {
  const yaml = planetYaml({ blog: 'blog.xml' });
  await using folder = await aFolder(yaml);
  const authors = () => run(['scripts/planet.ts', 'authors'], { PLANET_CONTENT: folder.path });
  const slugs = async () => {
    const { authors } = await readSite(folder.path, join(folder.path, 'archive'));
    return Object.fromEntries(authors.map(({ slug, formerly }) => [slug, formerly]));
  };
  const snapshot = (day: number) => snapshotHere(folder.path, new Date(Date.UTC(2026, 1, day)));
  for (const [index, name] of ['mia', 'Mia R', 'Mia Rail'].entries()) {
    await folder.write('blog.xml', renamedFeed(name, [1, 2]));
    await snapshot(index + 1);
  }
  expect(await slugs()).toEqual({ 'mia-rail': ['mia', 'mia-r'] });
  expect((await authors()).stdout).toBe(
    [
      'Mia Rail: 2 (2 from blog, by entry)',
      '',
      'Each of these may be one person. If so, add to planet.yaml:',
      '',
      'authors:',
      '  - name: "Mia Rail"',
      '    aliases: ["mia", "Mia R"]',
      '',
    ].join('\n'),
  );
  const bytes = await folder.archive();
  await snapshot(5);
  expect(await folder.archive()).toEqual(bytes);
  await folder.write('blog.xml', renamedFeed('mia', [1, 2]));
  await snapshot(6);
  expect(await slugs()).toEqual({ mia: ['mia-r', 'mia-rail'] });
});

test('where older posts keep the old name, their page stays, and an alias is proposed', async () => {
  await using folder = await aFolder(planetYaml({ blog: 'blog.xml' }));
  await folder.write('blog.xml', renamedFeed('rails', [1, 2]));
  await snapshotHere(folder.path, new Date(Date.UTC(2026, 1, 1)));
  await folder.write('blog.xml', renamedFeed('Mia Rail', [3, 4]));
  await snapshotHere(folder.path, new Date(Date.UTC(2026, 1, 2)));
  const { authors } = await readSite(folder.path, join(folder.path, 'archive'));
  expect(authors.map(({ slug, formerly }) => [slug, ...formerly]).sort()).toEqual([['mia-rail'], ['rails']]);
  const { stdout } = await run(['scripts/planet.ts', 'authors'], { PLANET_CONTENT: folder.path });
  expect(stdout).toContain('  - name: "Mia Rail"\n    aliases: ["rails"]\n');
});
