import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { updateEntry } from '../../scripts/snapshot/new-entry.ts';
import { readSite } from '../../src/data/read-site.ts';
import { anEntry, anIncoming } from '../lib/builders.ts';
import { rss } from '../lib/feed-server.ts';
import { aFolder, hashes, planetYaml } from '../lib/planet.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';

const texts = new Map(
  (await readFile('tests/fixtures/languages.txt', 'utf8')).split(/^# /m).map((part) => {
    const [language = '', ...lines] = part.trim().split('\n');
    return [language, lines.slice(0, 4).join(' ')];
  }),
);
const now = new Date('2026-02-25T06:13:20Z');
const post = (language: string, number = 1) => ({
  title: `Post ${number} in ${language}`,
  link: `https://blog.example/${language}/${number}`,
  html: `<p>${texts.get(language)}</p>`,
});
const naming = (language: string, feed: string) =>
  feed.replace('<channel>', `<channel><language>${language}</language>`);

test('a text tells its language where feed and entry do not, and the operator knows better', async () => {
  await using folder = await aFolder(
    `${planetYaml({ quiet: 'quiet.xml', named: 'named.xml', told: 'told.xml' })}    language: ca\n`,
  );
  const short = { title: 'Short', link: 'https://blog.example/short', html: '<p>Hola a todos</p>' };
  await folder.write('quiet.xml', rss([post('es'), post('el'), short]));
  await folder.write('named.xml', naming('en-GB', rss([post('en')])));
  await folder.write('told.xml', rss([{ ...post('es'), link: 'https://told.example/1' }]));
  await snapshotHere(folder.path, now);
  const stored = (await folder.entries()).map(({ feed, language, languageBy }) => [feed, language, languageBy]);
  expect(stored.sort()).toEqual([
    ['named', 'en-GB', undefined],
    ['quiet', null, undefined],
    ['quiet', 'el', 'script'],
    ['quiet', 'es', 'words'],
    ['told', 'es', 'words'],
  ]);
  const site = await readSite(folder.path, `${folder.path}/archive`);
  const shown = site.entries.map((entry) => [entry.feed, site.recordOf(entry).language]);
  expect(shown.sort()).toEqual([
    ['named', 'en-GB'],
    ['quiet', null],
    ['quiet', 'el'],
    ['quiet', 'es'],
    ['told', 'ca'],
  ]);
});

test('a feed that names another language than it writes gets a note; a planet of several blogs does not', async () => {
  await using folder = await aFolder(planetYaml({ wrong: 'wrong.xml', some: 'some.xml', clock: 'clock.xml' }));
  await folder.write('wrong.xml', naming('en', rss([post('es'), post('es', 2), post('en')])));
  await folder.write('some.xml', naming('nb', rss([post('en'), post('nb'), post('nb', 2)])));
  await folder.write('clock.xml', naming('en-u-hc-h12', rss([post('pt'), post('pt', 2)])));
  const { feeds } = await snapshotHere(folder.path, now);
  expect(feeds.map(({ reason }) => reason)).toEqual([
    'it declares English, and 2 of 3 texts are in Spanish',
    null,
    'it declares English, and 2 of 2 texts are in Portuguese',
  ]);
  const clock = ['en-u-hc-h12', 'en-u-hc-h12'];
  const languages = (await folder.entries()).map(({ language }) => language);
  expect(languages.sort()).toEqual(['en', 'en', 'en', ...clock, 'nb', 'nb', 'nb']);
});

test('a feed may be followed in some languages only; what nothing tells is shown', async () => {
  await using folder = await aFolder(`${planetYaml({ a: 'a.xml' })}    only: [pt-BR, en]\n`);
  const short = { title: 'Short', link: 'https://blog.example/short', html: '<p>Hola</p>' };
  await folder.write('a.xml', rss([post('es'), post('pt'), post('en'), short]));
  await snapshotHere(folder.path, now);
  const site = await readSite(folder.path, `${folder.path}/archive`);
  expect(site.entries.map(({ credit }) => credit.title).sort()).toEqual(['Post 1 in en', 'Post 1 in pt', 'Short']);
  expect(site.rules).toEqual([{ rule: 'feeds[0].only: pt-BR, en', feed: 'a', hides: 1 }]);
});

test('an archive from before languages were found stays as it is until a text changes', async () => {
  await using folder = await aFolder(planetYaml({ a: 'a.xml' }));
  await folder.write('a.xml', rss([post('es')]));
  await snapshotHere(folder.path, now);
  const file = `${folder.path}/archive/2026-01.ndjson`;
  const before = (await readFile(file, 'utf8')).replace('"language":"es","languageBy":"words"', '"language":null');
  await folder.write('archive/2026-01.ndjson', before);
  await snapshotHere(folder.path, now);
  const held = await hashes(`${folder.path}/archive`);
  await snapshotHere(folder.path, new Date('2026-02-26T06:13:20Z'));
  expect(await hashes(`${folder.path}/archive`)).toEqual(held);
  expect(await readFile(file, 'utf8')).toBe(before);
});

test('a found language is fixed at first sight, unless the feed names one', () => {
  const found = { language: 'es', languageBy: 'words' } as const;
  const old = anEntry({ content: '<p>We saw it.</p>' });
  const incoming = (over: object) => updateEntry(stored, anIncoming(over), now);
  let stored = old;
  expect(incoming({ ...found, content: '<p>We saw it at last.</p>' })).toMatchObject(found);
  stored = { ...old, ...found };
  expect(incoming({ content: '<p>Short.</p>' })).toMatchObject(found);
  expect(incoming({ language: 'ca', languageBy: 'words', content: '<p>Other.</p>' })).toMatchObject(found);
  expect(incoming({ language: 'ca' })).toMatchObject({ language: 'ca' });
  expect(incoming({ language: 'ca' })).not.toHaveProperty('languageBy');
});
