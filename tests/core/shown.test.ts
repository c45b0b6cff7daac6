import { describe, expect, test } from 'vitest';
import {
  byInitial,
  directionOf,
  languageOf,
  nameOrder,
  nearestLanguage,
  ownLanguage,
} from '../../src/core/language.ts';
import { describeFile } from '../../src/core/media.ts';
import { type AuthorRecord, aboutLine } from '../../src/core/records.ts';
import { bodyForm, displayEntry, headingText } from '../../src/core/shown.ts';
import { english } from '../../src/i18n/catalogue.ts';
import { speak, wordsOf } from '../../src/i18n/words.ts';
import { anAuthor, aRecord, known } from '../lib/records.ts';

describe('the heading of an entry', () => {
  const people = (...names: string[]): AuthorRecord[] => names.map((name) => anAuthor({ slug: name, name }));
  test.for([
    { names: [], gives: 'First light' },
    { names: ['Ada'], gives: 'Ada: First light' },
    { names: ['Ada', 'Grace'], gives: 'Ada and Grace: First light' },
    { names: ['Ada', 'Grace', 'Edith'], gives: 'Ada, Grace and Edith: First light' },
  ])('by $names.length people: $gives', ({ names, gives }) => {
    expect(headingText({ authors: people(...names), title: 'First light' })).toBe(gives);
  });

  test.for([
    { when: 'it has a title', title: 'First light', summary: 'We saw it.', gives: 'First light' },
    { when: 'it has none', title: '', summary: 'We saw it.', gives: '“We saw it.”' },
    {
      when: 'its first words are many',
      title: '',
      summary: 'The comet that nobody had announced stood low over the harbour for eleven nights, and then was gone.',
      gives: '“The comet that nobody had announced stood low over the harbour for…”',
    },
    { when: 'it has no spaces', title: '', summary: '彗'.repeat(90), gives: `“${'彗'.repeat(70)}…”` },
    {
      when: 'its only space is early',
      title: '',
      summary: `Rust 的${'所有权'.repeat(40)}`,
      gives: `“Rust 的${'所有权'.repeat(21)}所…”`,
    },
    {
      when: 'a flag is where it is cut',
      title: '',
      summary: `${'彗'.repeat(67)}🇫🇷${'彗'.repeat(9)}`,
      gives: `“${'彗'.repeat(67)}…”`,
    },
    { when: 'it says nothing at all', title: '', summary: '', gives: 'Untitled' },
  ])('is never empty, when $when', ({ title, summary, gives }) => {
    const entry = aRecord({ summary, credit: { title, authors: [] } });
    expect(displayEntry(entry, known()).title).toBe(gives);
  });
});

describe('the parts of an entry that are read', () => {
  test.for([
    {
      content: 'full',
      body: '<p>All of it.</p>',
      summary: 'Some.',
      gives: { kind: 'whole', html: '<p>All of it.</p>' },
    },
    { content: 'full', body: '', summary: 'Some.', gives: { kind: 'excerpt', text: 'Some.' } },
    { content: 'full', body: '', summary: '', gives: { kind: 'title' } },
    { content: 'excerpt', body: '<p>All of it.</p>', summary: 'Some.', gives: { kind: 'excerpt', text: 'Some.' } },
    { content: 'excerpt', body: '<p>All of it.</p>', summary: '', gives: { kind: 'title' } },
    { content: 'title', body: '<p>All of it.</p>', summary: 'Some.', gives: { kind: 'title' } },
  ] as const)('content: $content, body "$body", summary "$summary"', ({ content, body, summary, gives }) => {
    expect(bodyForm(displayEntry(aRecord({ summary }), known({ content }), () => body))).toEqual(gives);
  });
});

test.for([
  ['full', 'Some.', 1],
  ['excerpt', 'Some.', 0],
  ['title', '', 0],
] as const)('with content: %s, no page and no output can show more of an entry', ([content, summary, files]) => {
  const [still, enclosures] = [{ url: 'https://a.example/1.jpg' }, [{ url: 'https://a.example/1.mp3' }]];
  const shown = displayEntry(aRecord({ summary: 'Some.', still, enclosures }), known({ content }), () => 'All.');
  const { entry, html } = shown;
  expect([entry.summary, entry.enclosures.length, entry.still, html]).toEqual([
    summary,
    files,
    files ? still : undefined,
    files ? 'All.' : '',
  ]);
});

describe('language and direction', () => {
  test('names are in the order of a language, also where `Intl` refuses its tag', () => {
    const sorted = (tag: string) => ['Zoë', 'Åsa', 'Ada'].sort(nameOrder(tag)).join();
    expect(['sv', 'en', 'en-USA'].map(sorted)).toEqual(['Ada,Zoë,Åsa', 'Ada,Åsa,Zoë', 'Ada,Åsa,Zoë']);
  });

  test.for([
    { named: null, found: null, feed: undefined, gives: '' },
    { named: 'EN', found: null, feed: 'ar', gives: undefined },
    { named: null, found: null, feed: 'ar', gives: 'ar' },
    { named: 'fr', found: null, feed: 'ar', gives: 'fr' },
    { named: 'en-GB', found: null, feed: undefined, gives: 'en-GB' },
    // As earlier versions stored them.
    { named: 'kr', found: null, feed: undefined, gives: 'ko' },
    { named: 'CN-TW', found: null, feed: undefined, gives: 'zh-TW' },
    { named: 'ir', found: null, feed: 'fa', gives: 'fa' },
    { named: null, found: 'es', feed: 'ar', gives: 'ar' },
    { named: null, found: 'es', feed: undefined, gives: 'es' },
  ])(
    'an entry that names $named and reads like $found, of a feed in $feed, says “$gives” on an English planet',
    (given) => {
      const { named, found, feed, gives } = given;
      const stored = found === null ? { language: named } : { language: found, languageBy: 'words' as const };
      expect(ownLanguage(languageOf(stored, feed === undefined ? {} : { language: feed }), 'en')).toBe(gives);
    },
  );

  test.for([
    { text: 'First light', gives: undefined },
    { text: '«אור ראשון»', gives: 'rtl' },
    { text: '3: كيف نقرأ الوقت', gives: 'rtl' },
    { text: 'Why العربية', gives: undefined },
    { text: '…', gives: undefined },
    { text: 'Python 3.14 יוצא לדרך', language: 'he', gives: 'rtl' },
    { text: 'كيف نقرأ الوقت', language: 'en', gives: 'rtl' },
  ])('$text in $language reads $gives', ({ text, language, gives }) =>
    expect(directionOf(text, language ?? null)).toBe(gives),
  );

  test.for([
    { language: 'es-MX', of: ['en', 'es'], gives: 'es' },
    { language: 'pt', of: ['pt-BR', 'pt'], gives: 'pt' },
    { language: 'pt-AO', of: ['pt-BR'], gives: 'pt-BR' },
    { language: 'zh-TW', of: ['zh-Hans', 'zh-Hant'], gives: 'zh-Hant' },
    { language: 'zh', of: ['zh-Hant', 'zh-Hans'], gives: 'zh-Hans' },
    { language: 'no', of: ['da', 'nb'], gives: 'nb' },
    { language: 'nb-NO', of: ['no'], gives: 'no' },
    { language: 'ja', of: ['en', 'jp'], gives: 'jp' },
    { language: 'zh-TW', of: ['cn', 'en'], gives: 'cn' },
    { language: 'kr', of: ['en', 'ko'], gives: 'ko' },
    { language: 'jp', of: ['jp', 'ja'], gives: 'ja' },
    { language: 'en', of: ['de', 'us'], gives: 'us' },
    { language: 'fa', of: ['ir-IR'], gives: 'ir-IR' },
    { language: 'zh-TW', of: ['cn', 'zh'], gives: 'zh' },
    { language: 'es', of: ['ca', 'en'], gives: undefined },
    { language: 'no language!', of: ['no', 'en'], gives: undefined },
  ])('of $of, a text in $language is one in $gives', ({ language, of, gives }) =>
    expect(nearestLanguage(language, of)).toBe(gives),
  );
});

test('names stand under their first letters, accents aside', () => {
  const names = ['1up', 'Ada', 'Émile', 'Emma', '森下'].map((name) => ({ name }));
  expect(byInitial(names).map(({ initial, list }) => `${initial} ${list.map(({ name }) => name).join()}`)).toEqual([
    '# 1up',
    'A Ada',
    'E Émile,Emma',
    '森 森下',
  ]);
});

test.for([
  ['sv', 'Å Åsa', 'O Olle', 'Ö Östen'],
  ['de', 'A Åsa', 'O Olle,Östen'],
  ['uk', 'І Іван', 'Ї Їжакевич'],
  ['tr', 'Ç Çelik', 'I Işık,ışın', 'İ İpek,ipek'],
  ['hi', 'र रवि,राम,रीना'],
  ['vi', 'A An', 'Â Ân,Ấn'],
  ['ko', 'ᄒ 한강,황석영'],
  ['ja', 'か かな,がく'],
])('in %s a letter of its own has its own place', ([language = '', ...groups]) => {
  speak(wordsOf(language, english));
  const names = groups.flatMap((group) => group.slice(2).split(',')).map((name) => ({ name }));
  const found = byInitial(names).map(({ initial, list }) => `${initial} ${list.map(({ name }) => name).join()}`);
  speak(wordsOf('en', english));
  expect(found).toEqual(groups);
});

test.for([
  {
    url: 'https://a.example/talks/first%20light.mp3',
    type: 'audio/mpeg',
    length: 12_345_678,
    gives: 'first light.mp3 (audio/mpeg · 12 MB)',
  },
  { url: 'https://a.example/100%.ogg', length: 999, gives: '100%.ogg (audio/ogg · 999 bytes)' },
  { url: 'https://a.example/', type: 'video/mp4', length: 0, gives: 'a.example (video/mp4)' },
  { url: 'https://a.example/a.pdf', gives: 'a.pdf ()' },
  { url: 'https://a.example/%E2%80%AE3pm.exe', type: 'audio/x\x1B[2J', gives: '%E2%80%AE3pm.exe ()' },
])('a file reads $gives', ({ gives, ...file }) => {
  const { name, details } = describeFile(file);
  expect(`${name} (${details})`).toBe(gives);
});

const long = 'A long sentence about clocks and planets '.repeat(5).trim();

test.for([
  ['Clocks, planets and glue.', 'Clocks, planets and glue.'],
  [`Clocks. Planets. ${long}.`, 'Clocks. Planets.'],
  [`${long}.`, `${long.slice(0, 138)}…`],
  [' ', null],
  ['the ALMANAC', null],
] as const)('a feed’s description in one line: %j', ([description, line]) => {
  expect(aboutLine(description, ['The Almanac'])).toBe(line);
});
