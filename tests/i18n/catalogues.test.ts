import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { browserMessages, browserModule } from '../../src/adapter/browser-messages.ts';
import { languageFile, messagesIn } from '../../src/archive/load-planet.ts';
import { minutesText } from '../../src/core/cut-html.ts';
import { dateText, dayInYearText, monthText, permalinkText, timeText, weekdayNames } from '../../src/core/dates.ts';
import { directionOf, pageDirection } from '../../src/core/language.ts';
import { size } from '../../src/core/media.ts';
import { namesText } from '../../src/core/shown.ts';
import { english, type MessageKey, type Messages } from '../../src/i18n/catalogue.ts';
import { mistakeIn, placesIn, readMessages } from '../../src/i18n/messages-file.ts';
import { rich, spaceAfter, speak, t, wordsOf } from '../../src/i18n/words.ts';
import { pseudo } from '../lib/pseudo.ts';

const keys = Object.keys(english) as MessageKey[];
const languages = (await readdir('src/i18n'))
  .flatMap((name) => (name.endsWith('.yaml') ? name.slice(0, -5) : []))
  .sort();
const placesOf = (text: string) => [...placesIn(text)].sort(([a], [b]) => (a < b ? -1 : 1));

/** Speaks another language for a while, and English again. */
function speaking<T>(language: string, say: () => T, messages = messagesIn(language)): T {
  speak(wordsOf(language, messages));
  try {
    return say();
  } finally {
    speak(wordsOf('en', english));
  }
}

/** A script for the browser, as a module here. */
const loaded = (code: string) => import(`data:text/javascript,${encodeURIComponent(code)}`);

test('English is made of messages that can be read, each with names of its own for values and tags', () => {
  for (const key of keys) expect.soft(mistakeIn(english[key], english[key]), key).toBe(null);
});

test.for(languages)('%s has every message, and each is given what the English one is given', async (language) => {
  const read = readMessages(await readFile(languageFile(language), 'utf8'));
  expect(read.kind === 'mistakes' ? read.mistakes : []).toEqual([]);
  const messages = read.kind === 'messages' ? read.messages : {};
  expect(keys.filter((key) => messages[key] === undefined)).toEqual([]);
  for (const key of keys) expect.soft(placesOf(messages[key] ?? ''), key).toEqual(placesOf(english[key]));
});

test('the pseudo language has every message with the same places, and no English word', () => {
  for (const key of keys) expect.soft(placesOf(pseudo[key]), key).toEqual(placesOf(english[key]));
  expect(pseudo['site.skip']).toBe('[Şķîþ ţö ţĥé çöñţéñţ~~~~~~~]');
});

test.for(languages)('%s speaks of a single author without a number', (language) => {
  const authors = (text: unknown[]) => text.join('');
  const said = () => rich('subscribe.authorFeeds', { count: 1, authors });
  expect(speaking(language, said).join('')).not.toMatch(/\p{Nd}/u);
});

test('between two sentences is a space, except in Chinese and Japanese', () => {
  for (const key of ['site.lastChange', 'site.rights', 'site.keptBy', 'site.keptByMail'] as const)
    for (const language of languages)
      expect
        .soft(
          speaking(language, () => spaceAfter(key)),
          language,
        )
        .toBe(/^(?:ja|zh)/.test(language) ? '' : ' ');
});

test('no line of French begins with ; : ! ? or », nor ends with «', () => {
  const french = messagesIn('fr');
  for (const key of keys) expect.soft(french[key], key).not.toMatch(/ [;:!?»]|« /);
});

test('names in Latin letters stand from right to left in a sentence that does', () => {
  const toTheRight = languages.filter((language) => speaking(language, pageDirection) === 'rtl');
  expect(toTheRight).toContain('ar');
  for (const language of toTheRight)
    for (const text of Object.values(messagesIn(language)).filter((text) => !text.includes('{')))
      expect.soft(text, language).not.toMatch(/[A-Za-z][,،;؛] [A-Za-z]/);
});

describe('a message', () => {
  test('is filled in, and its plural is of the language', () => {
    expect(t('site.entries', { count: 1 })).toBe('1 entry');
    expect(t('site.entries', { count: 1024 })).toBe('1,024 entries');
    expect(speaking('de', () => t('site.entries', { count: 1024 }))).toBe('1.024 Beiträge');
  });

  test('becomes elements where it has tags, and what is filled in stays text', () => {
    const said = rich('entry.firstIn', { name: '<b>&', source: (text) => ({ link: text.join('') }) });
    expect(said).toEqual(['first in ', { link: '<b>&' }]);
  });

  test('a message with an unknown name or without its values is a type error', () => {
    const wrong = [
      // @ts-expect-error there is no such message
      () => t('site.nothing'),
      // @ts-expect-error a value is missing
      () => t('entry.readAt', {}),
      // @ts-expect-error a plural needs a number
      () => t('site.entries', { count: '3' }),
      // @ts-expect-error it has a tag, and is no plain text
      () => t('entry.firstIn', { name: '' }),
      // @ts-expect-error a tag is missing
      () => rich('entry.firstIn', { name: '' }),
    ];
    expect(wrong).toHaveLength(5);
  });
});

test('the messages of a language are those of the tag, else of the nearest that there is, else English', () => {
  const archive = (tag: string) => messagesIn(tag)['site.archive'];
  const nearest = { nb: 'no nn nn-NO nb-NO', 'zh-Hant': 'zh-TW zh-HK zh-Hant-MO', 'zh-Hans': 'zh zh-CN zh-SG' };
  for (const [file, tags] of Object.entries({ ...nearest, 'pt-BR': 'pt-br', pt: 'pt-PT pt-AO', es: 'es-MX es-419' }))
    for (const tag of tags.split(' ')) expect.soft(messagesIn(tag), tag).toEqual(messagesIn(file));
  expect(new Set(['de', 'de-AT', 'DE-ch'].map(archive))).toEqual(new Set(['Archiv']));
  expect(new Set(['en-GB', 'tlh', 'en-12-34'].map(archive))).toEqual(new Set(['Archive']));
});

describe('in the browser a message says the same', () => {
  const values = { count: 1024, words: 'a & b', found: 'F', span: 'S', name: 'N' };
  test.for(['en', 'de', 'pl'])('in %s', async (language) => {
    const messages = { ...messagesIn(language), ...OWN[language] };
    const code = browserModule('results', language, messages, false);
    const compiled = await loaded(code);
    const library = wordsOf(language, messages);
    for (const count of [0, 1, 2, 5, 1024])
      for (const key of keys.filter((key) => key.startsWith('results.'))) {
        const made = compiled[key.slice('results.'.length)];
        // As the scripts do: they cannot know that an operator left all values out.
        const said = placesIn(english[key]).size === 0 ? made : made({ ...values, count });
        expect.soft(said, `${key} of ${count}`).toBe(library.format(key, { ...values, count }));
      }
  });

  test('a message in the style sheet is one line', () => {
    const { load } = browserMessages('en', { ...english, 'river.new': 'Not read\n"yet":\n' });
    expect(String(load('\0planet-messages.css'))).toContain(String.raw`--new: "Not read \"yet\": ";`);
  });

  test('a message in HTML has escaped values', async () => {
    const messages = { ...english, 'search.near': 'R&D "<word></word>"' };
    const code = browserModule('search', 'en', messages, true);
    const { near } = await loaded(code);
    expect(near({ word: () => '<b>x</b>' })).toBe('R&amp;D &quot;<b>x</b>&quot;');
  });
});

const OWN: Readonly<Record<string, Partial<Messages>>> = {
  de: { 'results.found': 'Treffer' },
  pl: { 'results.chosen': '{count, plural, one {# jeden} few {# kilka} many {# wiele} other {# inne}}' },
};

test('dates, times, numbers and lists are of the language', () => {
  const said = () => [
    ...[dateText('2026'), dateText('2026-01'), dateText('2026-01-05'), dayInYearText('2026-01-05')],
    ...[monthText('2026-09'), timeText('2026-01-23T08:40:00Z', 'UTC'), permalinkText('2026-01-23T08:40:00Z', 'UTC')],
    ...[namesText(['A', 'B', 'C']), size(12_500_000), minutesText('word '.repeat(1000)), weekdayNames()[0]?.short],
  ];
  const dates = '2026 | January 2026 | 05 Jan 2026 | 05 Jan | Sep | 8:40am | 23 Jan 2026 8:40am GMT';
  expect(said().join(' | ')).toBe(`${dates} | A, B and C | 13 MB | 4\u00a0min | Mo`);
  const german = '2026 | Januar 2026 | 5. Jan. 2026 | 5. Jan. | Sep | 08:40 | 23. Jan. 2026, 08:40 UTC';
  expect(speaking('de', said).join(' | ')).toBe(`${german} | A, B und C | 13 MB | 4\u00a0Min. | Mo`);
  // Years are those of the addresses.
  expect(speaking('fa', said)[2]).toBe('۵ ژانویه ۲۰۲۶');
});

test('English words in the place of missing ones have the plurals of English', async () => {
  const said = () => [t('site.entries', { count: 21 }), t('site.entries', { count: 1 })];
  expect(speaking('lt', said, english)).toEqual(said());
  expect(speaking('en-IN', () => t('site.entries', { count: 1_234_567 }), english)).toMatch(/^12,34,567 /);
  const scripts = ['lt', 'en'].map((language) => browserModule('results', language, english, false));
  const [foreign, own] = await Promise.all(scripts.map(loaded));
  expect(foreign.chosen({ count: 21 })).toBe(own.chosen({ count: 21 }));
});

test('names of weekdays fit their columns, all in one form', () => {
  const said = () => weekdayNames().map(({ short }) => short);
  expect(speaking('fa', said).join(' ')).toBe('د س چ پ ج ش ی');
  expect(speaking('hi', said).join(' ')).toBe('सोम मंगल बुध गुरु शुक्र शनि रवि');
  expect(speaking('da', said).join(' ')).toBe('man tirs ons tors fre lør søn');
});

test('a page reads to the left in a language that does, and a title says its direction where it is another', () => {
  const said = () => [pageDirection(), directionOf('Title'), directionOf('عنوان'), directionOf('2026')];
  expect(said()).toEqual(['ltr', undefined, 'rtl', undefined]);
  expect(speaking('ar', said)).toEqual(['rtl', 'ltr', undefined, undefined]);
});
