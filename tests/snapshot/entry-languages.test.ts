import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { updateEntry } from '../../scripts/snapshot/new-entry.ts';
import { readSafely } from '../../scripts/snapshot/read-feed.ts';
import { withLanguages } from '../../scripts/snapshot/text-language.ts';
import { ruleText } from '../../src/core/records.ts';
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

test('a text in another language than its feed names is found; a planet of several blogs keeps theirs', async () => {
  await using folder = await aFolder(planetYaml({ wrong: 'wrong.xml', some: 'some.xml', clock: 'clock.xml' }));
  await folder.write('wrong.xml', naming('en', rss([post('es'), post('es', 2), post('en')])));
  await folder.write('some.xml', naming('nb', rss([post('en'), post('nb'), post('nb', 2)])));
  await folder.write('clock.xml', naming('en-u-hc-h12', rss([post('pt'), post('pt', 2)])));
  await snapshotHere(folder.path, now);
  const languages = (await folder.entries()).map(({ language, languageBy }) => `${language} ${languageBy ?? 'named'}`);
  const [named, found] = [
    ['en named', 'nb named', 'nb named'],
    ['en words', 'es words', 'es words', 'pt words', 'pt words'],
  ];
  expect(languages.sort()).toEqual([...named, ...found].sort());
});

const paragraph = (language: string) => `<p>${texts.get(language)}</p>`;
const repeated = (language: string) => paragraph(language).repeat(3);
test.for<[text: string, feed: string, gives: string, html: string, entry?: string]>([
  ['in another language', 'en', 'es', paragraph('es')],
  ['in another script', 'en-US', 'el', paragraph('el')],
  [
    'in another language, with a short summary in that of the feed',
    'en',
    'es',
    repeated('es').repeat(2) + paragraph('en'),
  ],
  ['in another language that the entry denies', 'en', 'ca', paragraph('es'), 'ca'],
  ['of few words', 'en', 'en', paragraph('es').split(' ').slice(0, 50).join(' ')],
  ['with little prose beside code', 'en', 'en', `<p>So:</p><pre>${repeated('es')}</pre>`],
  ['that quotes', 'en', 'en', `<p>He wrote:</p><blockquote>${repeated('es')}</blockquote>`],
  ['that begins in another language', 'en', 'en', paragraph('es') + paragraph('en')],
  ['that ends in another language', 'en', 'en', paragraph('en') + repeated('es')],
  ['that has a verse in another script', 'en', 'en', `<p>Homer: ${texts.get('el')?.slice(0, 60)}</p>`],
  ['in a near relative', 'nb', 'nb', paragraph('da')],
  ['in a language that is taken for another', 'gl', 'gl', paragraph('pt')],
])('a text %s, in a feed that declares %s, is in %s', async ([, feed, gives, html, entry]) => {
  const own = entry === undefined ? '' : `<dc:language>${entry}</dc:language>`;
  const xml = naming(feed, rss([{ ...post('en'), html }]).replace('<item>', `<item>${own}`));
  const read = await withLanguages(
    readSafely(Buffer.from(xml), { url: 'https://blog.example/feed', contentType: null }),
  );
  expect(read.kind === 'feed' && read.feed.entries.map(({ language }) => language)).toEqual([gives]);
});

test('a feed of two languages that declares one may be followed in one of them, also if its entries are stored as declared', async () => {
  await using folder = await aFolder(`${planetYaml({ a: 'a.xml' })}    only: [en]\n`);
  await folder.write('a.xml', naming('en', rss([post('es'), post('en'), post('es', 2), post('en', 2)])));
  await snapshotHere(folder.path, now);
  const shown = async () =>
    (await readSite(folder.path, `${folder.path}/archive`)).entries.map(({ credit }) => credit.title);
  expect((await shown()).sort()).toEqual(['Post 1 in en', 'Post 2 in en']);
  const file = `${folder.path}/archive/2026-01.ndjson`;
  const after = await readFile(file, 'utf8');
  await folder.write(
    'archive/2026-01.ndjson',
    after.replaceAll('"language":"es","languageBy":"words"', '"language":"en"'),
  );
  expect(await shown()).toHaveLength(4);
  await snapshotHere(folder.path, now);
  expect(await readFile(file, 'utf8')).toBe(after);
  // Of excerpts the detector is not sure. The stored texts stay, and so do their languages.
  const beginning = (one: ReturnType<typeof post>) => ({
    ...one,
    html: `${one.html.split(' ').slice(0, 30).join(' ')} […]</p>`,
  });
  const cut = [post('es'), post('en'), post('es', 2), post('en', 2)].map(beginning);
  await folder.write('a.xml', naming('en', rss(cut)));
  await snapshotHere(folder.path, now);
  expect(await readFile(file, 'utf8')).toBe(after);
});

test('a feed may be followed in some languages only; what nothing tells is shown', async () => {
  await using folder = await aFolder(`${planetYaml({ a: 'a.xml' })}    only: [pt-BR, en]\n`);
  const short = { title: 'Short', link: 'https://blog.example/short', html: '<p>Hola</p>' };
  await folder.write('a.xml', rss([post('es'), post('pt'), post('en'), short]));
  await snapshotHere(folder.path, now);
  const site = await readSite(folder.path, `${folder.path}/archive`);
  expect(site.entries.map(({ credit }) => credit.title).sort()).toEqual(['Post 1 in en', 'Post 1 in pt', 'Short']);
  expect(site.rules.map(({ rule, hides }) => [ruleText(rule), hides])).toEqual([['feeds[0].only: pt-BR, en', 1]]);
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

test('a found language is fixed at first sight, unless the feed names one for the same text', () => {
  const found = { language: 'es', languageBy: 'words' } as const;
  const old = anEntry({ content: '<p>We saw it.</p>' });
  const incoming = (over: object) => updateEntry(stored, anIncoming(over), now);
  let stored = old;
  expect(incoming({ ...found, content: '<p>We saw it at last.</p>' })).toMatchObject(found);
  stored = { ...old, ...found };
  expect(incoming({ content: '<p>Short.</p>' })).toMatchObject(found);
  expect(incoming({ language: 'ca', languageBy: 'words', content: '<p>Other.</p>' })).toMatchObject(found);
  const named = { language: 'ca', content: old.content };
  expect(incoming(named)).toMatchObject({ language: 'ca' });
  expect(incoming(named)).not.toHaveProperty('languageBy');
  expect(incoming({ ...named, content: '<p>Short.</p>' })).toMatchObject(found);
  // It is no edit: its date stays, whatever the feed says.
  expect(incoming({ ...named, updated: now })).toMatchObject({ language: 'ca', updated: null });
});
