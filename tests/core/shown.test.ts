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
import { aboutLine } from '../../src/core/records.ts';
import { bodyForm, displayEntry, dotted, headingText } from '../../src/core/shown.ts';
import { english } from '../../src/i18n/catalogue.ts';
import { speak, wordsOf } from '../../src/i18n/words.ts';
import { rows } from '../lib/case-table.ts';
import { anAuthor, aRecord, known } from '../lib/records.ts';

describe('the heading of an entry', () => {
  test.for(rows`
    ${''} | First light
    Ada | Ada: First light
    Ada, Grace | Ada and Grace: First light
    Ada, Grace, Edith | Ada, Grace and Edith: First light
  `)('by %s: %s', ([names, gives]) => {
    const authors = names === '' ? [] : names.split(', ').map((name) => anAuthor({ slug: name, name }));
    expect(headingText({ authors, title: 'First light' })).toBe(gives);
  });

  test.for(rows`
    it has a title | We saw it. | First light | First light
    it has none | We saw it. | “We saw it.”
    its first words are many | The comet that nobody had announced stood low over the harbour for eleven nights, and then was gone. | “The comet that nobody had announced stood low over the harbour for…”
    it has no spaces | ${'彗'.repeat(90)} | “${'彗'.repeat(70)}…”
    its only space is early | Rust 的${'所有权'.repeat(40)} | “Rust 的${'所有权'.repeat(21)}所…”
    a flag is where it is cut | ${'彗'.repeat(67)}🇫🇷${'彗'.repeat(9)} | “${'彗'.repeat(67)}…”
    it says nothing at all | ${''} | Untitled
  `)('is never empty, when %s', ([, summary, gives, title = '']) => {
    const entry = aRecord({ summary, credit: { title, authors: [] } });
    expect(displayEntry(entry, known()).title).toBe(gives);
  });
});

test.for([
  ['full', 'All.', 'Some.', { kind: 'whole', html: 'All.' }],
  ['full', '', 'Some.', { kind: 'excerpt', text: 'Some.' }],
  ['full', '', '', { kind: 'title' }],
  ['full', '<p>First light!</p>', 'First light!', { kind: 'title' }],
  ['excerpt', 'All.', 'First light', { kind: 'title' }],
  ['excerpt', 'All.', 'Some.', { kind: 'excerpt', text: 'Some.' }],
  ['excerpt', 'All.', '', { kind: 'title' }],
  ['title', 'All.', 'Some.', { kind: 'title' }],
] as const)('the parts of an entry that are read with content: %s, body "%s", summary "%s"', (row) => {
  const [content, body, summary, gives] = row;
  expect(bodyForm(displayEntry(aRecord({ summary }), known({ content }), () => body))).toEqual(gives);
});

test.for([
  ['full', 'Some.', 1],
  ['excerpt', 'Some.', 0],
  ['title', '', 0],
] as const)('with content: %s, no page and no output can show more of an entry', ([content, summary, files]) => {
  const [still, enclosures] = [{ url: 'https://a.example/1.jpg' }, [{ url: 'https://a.example/1.mp3' }]];
  const shown = displayEntry(aRecord({ summary: 'Some.', still, enclosures }), known({ content }), () => 'All.');
  const { entry, html } = shown;
  const [video, text] = files ? [still, 'All.'] : [undefined, ''];
  expect([entry.summary, entry.enclosures.length, entry.still, html]).toEqual([summary, files, video, text]);
});

describe('language and direction', () => {
  test('names are in the order of a language, also where `Intl` refuses its tag', () => {
    const sorted = (tag: string) => ['Zoë', 'Åsa', 'Ada'].sort(nameOrder(tag)).join();
    expect(['sv', 'en', 'en-USA'].map(sorted)).toEqual(['Ada,Zoë,Åsa', 'Ada,Åsa,Zoë', 'Ada,Åsa,Zoë']);
  });

  // Languages of earlier versions among them: countries, as feeds name them.
  test.for(rows`
    - | - | - | ${''}
    EN | - | ar | -
    - | - | ar | ar
    fr | - | ar | fr
    en-GB | - | - | en-GB
    kr | - | - | ko
    CN-TW | - | - | zh-TW
    ir | - | fa | fa
    - | es | ar | ar
    - | es | - | es
  `)('an entry that names %s and reads like %s, of a feed in %s, says “%s” on an English planet', (row) => {
    const [named, found, feed, gives] = row.map((each) => (each === '-' ? undefined : each));
    const stored =
      found === undefined ? { language: named ?? null } : { language: found, languageBy: 'words' as const };
    expect(ownLanguage(languageOf(stored, { language: feed }), 'en')).toBe(gives);
  });

  test.for(rows`
    First light | - | -
    «אור ראשון» | - | rtl
    3: كيف نقرأ الوقت | - | rtl
    Why العربية | - | -
    … | - | -
    Python 3.14 יוצא לדרך | he | rtl
    كيف نقرأ الوقت | en | rtl
  `)('%s in %s reads %s', ([text, language, gives]) =>
    expect(directionOf(text, language === '-' ? null : language) ?? '-').toBe(gives),
  );

  test.for(rows`
    en es | es-MX | es
    pt-BR pt | pt | pt
    pt-BR | pt-AO | pt-BR
    zh-Hans zh-Hant | zh-TW | zh-Hant
    zh-Hant zh-Hans | zh | zh-Hans
    da nb | no | nb
    no | nb-NO | no
    en jp | ja | jp
    cn en | zh-TW | cn
    en ko | kr | ko
    jp ja | jp | ja
    de us | en | us
    ir-IR | fa | ir-IR
    cn zh | zh-TW | zh
    ca en | es | none
    no en | no language! | none
  `)('of %s, a text in %s is one in %s', ([of, language, gives]) =>
    expect(nearestLanguage(language, of.split(' ')) ?? 'none').toBe(gives),
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
  ['ka', 'ა ანა', 'გ გიორგი'],
  ['th', 'ก กานต์,เกษม', 'ข ขวัญ,เขม'],
  ['ja', 'か かな,がく'],
])('in %s a letter of its own has its own place', ([language = '', ...groups]) => {
  speak(wordsOf(language, english));
  const names = groups.flatMap((group) => group.slice(2).split(',')).map((name) => ({ name }));
  const found = byInitial(names).map(({ initial, list }) => `${initial} ${list.map(({ name }) => name).join()}`);
  speak(wordsOf('en', english));
  expect(found).toEqual(groups);
});

test.for(rows`
  https://a.example/talks/first%20light.mp3 | first light.mp3 (audio/mpeg · 12 MB) | audio/mpeg | 12345678
  https://a.example/100%.ogg | 100%.ogg (audio/ogg · 999 bytes) | ${''} | 999
  https://a.example/ | a.example (video/mp4) | video/mp4 | 0
  https://a.example/a.pdf | a.pdf ()
  https://a.example/%E2%80%AE3pm.exe | %E2%80%AE3pm.exe () | audio/x${'\x1B'}[2J
`)('the file %s reads %s', ([url, gives, type, length]) => {
  const { name, details } = describeFile({ url, ...(type && { type }), ...(length && { length: Number(length) }) });
  expect(`${name} (${details})`).toBe(gives);
});

const long = 'A long sentence about clocks and planets '.repeat(5).trim();

test.for([
  ['Clocks, planets and glue.', 'Clocks, planets and glue.'],
  [`Clocks. Planets. ${long}.`, 'Clocks. Planets.'],
  [`${long}.`, `${long.slice(0, 138)}…`],
  [`Clocks ${'a'.repeat(200)}`, `Clocks ${'a'.repeat(133)}…`],
  [`${'-'.repeat(200)} clocks`, `${'-'.repeat(140)}…`],
  [' ', null],
  ['the ALMANAC', null],
] as const)('a feed’s description in one line: %j', ([description, line]) => {
  expect(aboutLine(description, ['The Almanac'])).toBe(line);
});

test('a line of parts has dots between those that there are, and none before the first', () => {
  expect(dotted([false, null, '', '4 min', undefined, 'also via Almanac'])).toEqual([
    '4 min',
    ' · ',
    'also via Almanac',
  ]);
});
