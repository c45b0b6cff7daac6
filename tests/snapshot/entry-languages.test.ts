import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { updateEntry } from '../../scripts/snapshot/new-entry.ts';
import { readSafely } from '../../scripts/snapshot/read-feed.ts';
import { withLanguages } from '../../scripts/snapshot/text-language.ts';
import { ruleText } from '../../src/core/records.ts';
import { aPlanet } from '../lib/a-planet.ts';
import { anEntry, anIncoming } from '../lib/builders.ts';
import { rss } from '../lib/feed-server.ts';

const texts = new Map(
  (await readFile('tests/fixtures/languages.txt', 'utf8')).split(/^# /m).map((part) => {
    const [language = '', ...lines] = part.trim().split('\n');
    return [language, lines.slice(0, 4).join(' ')];
  }),
);
const now = new Date('2026-02-25T06:13:20Z');
const MONTH = 'archive/2026-01.ndjson';
const post = (language: string, number = 1) => ({
  title: `Post ${number} in ${language}`,
  link: `https://blog.example/${language}/${number}`,
  html: `<p>${texts.get(language)}</p>`,
});
const naming = (language: string, feed: string) =>
  feed.replace('<channel>', `<channel><language>${language}</language>`);

test('a text tells its language where feed and entry do not, and the operator knows better', async () => {
  const short = { title: 'Short', link: 'https://blog.example/short', html: '<p>Hola a todos</p>' };
  const feeds = {
    quiet: rss([post('es'), post('el'), short]),
    named: naming('en-GB', rss([post('en')])),
    told: rss([{ ...post('es'), link: 'https://told.example/1' }]),
  };
  const { folder, snapshot, site } = await aPlanet(feeds, { last: 'language: ca' });
  await snapshot();
  const stored = (await folder.entries()).map(({ feed, language, languageBy }) => [feed, language, languageBy]);
  expect(stored.sort()).toEqual([
    ['named', 'en-GB', undefined],
    ['quiet', null, undefined],
    ['quiet', 'el', 'script'],
    ['quiet', 'es', 'words'],
    ['told', 'es', 'words'],
  ]);
  const { entries, recordOf } = await site();
  const shown = entries.map((entry) => [entry.feed, recordOf(entry).language]);
  expect(shown.sort()).toEqual([
    ['named', 'en-GB'],
    ['quiet', null],
    ['quiet', 'el'],
    ['quiet', 'es'],
    ['told', 'ca'],
  ]);
});

test('a text in another language than its feed names is found; a planet of several blogs keeps theirs', async () => {
  const { folder, snapshot } = await aPlanet({
    wrong: naming('en', rss([post('es'), post('es', 2), post('en')])),
    some: naming('nb', rss([post('en'), post('nb'), post('nb', 2)])),
    clock: naming('en-u-hc-h12', rss([post('pt'), post('pt', 2)])),
  });
  await snapshot();
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
  const posts = [post('es'), post('en'), post('es', 2), post('en', 2)];
  const planet = await aPlanet({ a: naming('en', rss(posts)) }, { last: 'only: [en]' });
  await planet.snapshot();
  const shown = async () => (await planet.site()).entries.map(({ credit }) => credit.title);
  expect((await shown()).sort()).toEqual(['Post 1 in en', 'Post 2 in en']);
  const after = await planet.text(MONTH);
  await planet.folder.write(MONTH, after.replaceAll('"language":"es","languageBy":"words"', '"language":"en"'));
  expect(await shown()).toHaveLength(4);
  await planet.snapshot();
  expect(await planet.text(MONTH)).toBe(after);
  // Of excerpts the detector is not sure. The stored texts stay, and so do their languages.
  const beginning = (one: ReturnType<typeof post>) => ({
    ...one,
    html: `${one.html.split(' ').slice(0, 30).join(' ')} […]</p>`,
  });
  await planet.reads({ a: naming('en', rss(posts.map(beginning))) });
  expect(await planet.text(MONTH)).toBe(after);
});

test('a feed may be followed in some languages only; what nothing tells is shown', async () => {
  const short = { title: 'Short', link: 'https://blog.example/short', html: '<p>Hola</p>' };
  const planet = await aPlanet({ a: rss([post('es'), post('pt'), post('en'), short]) }, { last: 'only: [pt-BR, en]' });
  await planet.snapshot();
  const site = await planet.site();
  expect(site.entries.map(({ credit }) => credit.title).sort()).toEqual(['Post 1 in en', 'Post 1 in pt', 'Short']);
  expect(site.rules.map(({ rule, hides }) => [ruleText(rule), hides])).toEqual([['feeds[0].only: pt-BR, en', 1]]);
});

test('an archive from before languages were found stays as it is until a text changes', async () => {
  const { folder, snapshot, text } = await aPlanet({ a: rss([post('es')]) });
  await snapshot();
  const before = (await text(MONTH)).replace('"language":"es","languageBy":"words"', '"language":null');
  await folder.write(MONTH, before);
  await snapshot();
  const held = await folder.archive();
  await snapshot('2026-02-26T06:13:20Z');
  expect(await folder.archive()).toEqual(held);
  expect(await text(MONTH)).toBe(before);
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
