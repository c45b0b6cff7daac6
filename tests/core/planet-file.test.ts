import { describe, expect, test } from 'vitest';
import { mistakeText, readPlanet } from '../../src/core/planet-file.ts';

const head = 'title: T\ndescription: D\nsite: https://example.org/\n';
const feed = (lines: string) => `${head}feeds:\n  - id: x\n    title: X\n    url: https://x.example/feed\n${lines}`;

/** What the operator is told, as `line:column: …`. */
function told(text: string): string[] {
  const file = readPlanet(text);
  return file.kind === 'planet' ? [] : file.mistakes.map((mistake) => mistakeText('p', mistake).slice(2));
}

test('a planet says the least that it must and gets the defaults', () => {
  expect(readPlanet(feed(''))).toEqual({
    kind: 'planet',
    planet: {
      title: 'T',
      description: 'D',
      site: 'https://example.org/',
      language: 'en',
      languages: [],
      timezone: 'UTC',
      layout: 'entry',
      theme: 'brass',
      avatars: true,
      river: { entriesPerFeed: 3, entries: 60 },
      hide: { entries: [], authors: [] },
      authors: [],
      feeds: [
        {
          id: 'x',
          title: 'X',
          url: 'https://x.example/feed',
          authors: 'entry',
          content: 'full',
          include: [],
          only: [],
          exclude: [],
          paused: false,
          index: false,
        },
      ],
    },
  });
});

test.for([
  {
    when: 'a key is misspelt',
    text: feed('    titel: Y\n'),
    says: '8:5: feeds[0].titel: is not a setting; here are: id, title, url, home, avatar, authors, content, include, exclude, paused, index, language, only',
  },
  {
    when: 'a key of the river is misspelt',
    text: `${feed('')}river:\n  entrys: 3\n`,
    says: '9:3: river.entrys: is not a setting; here are: entriesPerFeed, entries',
  },
  {
    when: 'a key of the owner is misspelt',
    text: `${feed('')}owner:\n  name: Ada\n  mail: x\n`,
    says: '10:3: owner.mail: is not a setting; here are: name, url, email',
  },
  {
    when: 'a hub is not https',
    text: `${feed('')}hub: http://hub.example/\n`,
    says: '8:6: hub: is not the address of a hub; write it in full: https://hub.example/',
  },
  {
    when: 'a theme is none of ours',
    text: `${feed('')}theme: solarized\n`,
    says: '8:8: theme: is not one of: brass, meridian, letterpress, ephemeris; to change single colours, put a theme.css beside this file',
  },
  {
    when: 'index is a word',
    text: feed('    index: please\n'),
    says: '8:12: feeds[0].index: should be true or false',
  },
  {
    when: 'a rule is unknown',
    text: feed('    authors: guess\n'),
    says: '8:14: feeds[0].authors: is not one of: entry, title, feed',
  },
  {
    when: 'a url is not http',
    text: feed('').replace('https://x.example/feed', 'ftp://x.example/feed'),
    says: '7:10: feeds[0].url: is not an address; write https://… or http://…, or the path of a file in this folder: feeds/mine.xml',
  },
  {
    when: 'a path leaves the folder',
    text: feed('').replace('https://x.example/feed', '../secret.xml'),
    says: '7:10: feeds[0].url: is not an address; write https://… or http://…, or the path of a file in this folder: feeds/mine.xml',
  },
  {
    when: 'an id has capitals',
    text: feed('').replace('id: x', 'id: Planet X'),
    says: '5:9: feeds[0].id: is not an id; use lower-case letters, digits and single hyphens: planet-python',
  },
  {
    when: 'an id is given twice',
    text: feed('  - id: x\n    title: Y\n    url: b.xml\n'),
    says: '8:9: feeds[1].id: is that of feeds[0] too; give each feed its own',
  },
  {
    when: 'a url is given twice',
    text: feed('  - id: y\n    title: Y\n    url: https://x.example/feed\n'),
    says: '10:10: feeds[1].url: is that of feeds[0] too; give each feed its own',
  },
  {
    when: 'the title is a number',
    text: feed('').replace('title: T', 'title: 42'),
    says: '1:8: title: should be text; put it in quotes if it looks like a number or a date',
  },
  {
    when: 'the title is missing',
    text: feed('').replace('title: T\n', ''),
    says: '1:1: title: is missing; write for example: title: Planet Python',
  },
  {
    when: 'a feed lacks its url',
    text: `${head}feeds:\n  - id: x\n    title: X\n`,
    says: '5:5: feeds[0].url: is missing; write for example: url: https://planetpython.org/rss20.xml',
  },
  { when: 'feeds is empty', text: `${head}feeds: []\n`, says: '4:8: feeds: is empty; follow at least one feed' },
  {
    when: 'feeds is not a list',
    text: `${head}feeds: https://x.example/feed\n`,
    says: '4:8: feeds: should be a list, each item on a line that begins with "- "',
  },
  {
    when: 'a feed is only an address',
    text: `${head}feeds:\n  - https://x.example/feed\n`,
    says: '5:5: feeds[0]: should be a group of "key: value" lines',
  },
  {
    when: 'the site has a query',
    text: feed('').replace('https://example.org/', 'https://example.org/?a'),
    says: '3:7: site: is the address of a folder; leave out ? and # and what follows',
  },
  {
    when: 'the site is no address',
    text: feed('').replace('https://example.org/', 'example.org'),
    says: '3:7: site: is not an address; write it in full: https://example.org/',
  },
  {
    when: 'the time zone is unknown',
    text: `${feed('')}timezone: Mars/Olympus\n`,
    says: '8:11: timezone: is not a time zone; write an IANA name: UTC, Europe/Amsterdam, America/New_York',
  },
  {
    when: 'the language is a word',
    text: `${feed('')}language: english\n`,
    says: '8:11: language: is not a language as HTML writes it: en, pt-BR, zh-Hant',
  },
  {
    when: 'a count is nought',
    text: `${feed('')}river:\n  entriesPerFeed: 0\n`,
    says: '9:19: river.entriesPerFeed: is too small; write 1 or more',
  },
  {
    when: 'a count is not whole',
    text: `${feed('')}river:\n  entries: 2.5\n`,
    says: '9:12: river.entries: should be a whole number',
  },
  {
    when: 'a tab indents',
    text: 'title: T\n\tdescription: D\n',
    says: '2:1: a tab indents this line; write spaces',
  },
  {
    when: 'a no-break space indents',
    text: feed('').replace('    url', '\u00a0   url'),
    says: '7:1: a special space indents this line; write plain spaces',
  },
  {
    when: 'it was saved as Windows-1252',
    text: feed('').replace('title: T', `title: ${Buffer.from([0x43, 0x61, 0x66, 0xe9]).toString('utf8')}`),
    says: '1:11: this letter is not in UTF-8; save the file as UTF-8',
  },
  {
    when: 'an apostrophe stands between apostrophes',
    text: feed('').replace('title: T', "title: 'L'astronomie'"),
    says: "1:11: a quotation mark within this text ends it; write it twice (''), or put the text in quotation marks of the other kind",
  },
  {
    when: 'a key stands twice',
    text: 'title: T\ntitle: U\n',
    says: '2:1: this setting is there twice; keep one of them',
  },
  {
    when: 'a text holds a colon',
    text: feed('').replace('title: T', 'title: T: U'),
    says: '1:8: put quotation marks round a text with ": " in it; or this line or the next is indented differently from its group',
  },
  {
    when: 'a line is indented too far',
    text: 'title: T\n  description: D\n',
    says: '1:8: put quotation marks round a text with ": " in it; or this line or the next is indented differently from its group',
  },
  {
    when: 'a line is indented too little',
    text: feed('').replace('    url', '   url'),
    says: '7:1: this line is indented differently from the others of its group',
  },
  {
    when: 'a quotation mark is left open',
    text: feed('').replace('title: T', 'title: "T'),
    says: '1:8: a quotation mark is opened and never closed',
  },
  {
    when: 'a bracket is left open',
    text: `${feed('')}    include: [a, b\n`,
    says: '9:1: a bracket is opened and not closed, or its content is not indented',
  },
  {
    when: 'a text begins with @',
    text: feed('').replace('title: T', 'title: @T'),
    says: '1:8: a text that begins with this sign needs quotation marks round it',
  },
  {
    when: 'a text begins with a star',
    text: feed('').replace('title: T', 'title: *T*'),
    says: '1:8: a text that begins with * needs quotation marks round it',
  },
  {
    when: 'a space is missing after the colon',
    text: feed('').replace('title: T', 'title:T'),
    says: '1:1: this is no "key: value"; is a colon missing, or the space after it?',
  },
  {
    when: 'a second file follows',
    text: `${feed('')}---\na: b\n`,
    says: '8:1: a line of "---" begins a second document in this file; remove it',
  },
  {
    when: 'references unfold without end',
    text: `a: &a [x]\n${'bcdefgh'.replace(/./g, (key) => `${key}: &${key} [${`*${String.fromCharCode(key.charCodeAt(0) - 1)}, `.repeat(9)}]\n`)}`,
    says: '1:1: its references with * expand to too much text; write it without them',
  },
  {
    when: 'the title is left empty',
    text: feed('').replace('title: T', 'title:'),
    says: '1:7: title: is empty; write for example: title: Planet Python',
  },
  {
    when: 'a group is left empty',
    text: `${feed('')}hide:\n  # authors: [Bob]\n`,
    says: '8:6: hide: is empty; write something there, or put a # before the line',
  },
  {
    when: 'a group is a text',
    text: `${feed('')}owner: Ada\n`,
    says: '8:8: owner: should be a group of "key: value" lines',
  },
  {
    when: 'an owner has no name',
    text: `${feed('')}owner:\n  url: https://a.example/\n`,
    says: '9:3: owner.name: is missing; write for example: name: Ada Lovelace',
  },
  {
    when: 'an e-mail address is none',
    text: `${feed('')}owner:\n  name: Ada\n  email: ada at example\n`,
    says: '10:10: owner.email: is not an e-mail address',
  },
  {
    when: 'a word of a list is blank',
    text: feed('    include: [python, ""]\n'),
    says: '8:23: feeds[0].include[1]: is empty; write some text',
  },
  {
    when: 'a list is a text',
    text: feed('    exclude: hiring\n'),
    says: '8:14: feeds[0].exclude: should be a list, each item on a line that begins with "- "',
  },
  {
    when: 'a theme is unknown',
    text: `${feed('')}theme: neon\n`,
    says: '8:8: theme: is not one of: brass, meridian, letterpress, ephemeris; to change single colours, put a theme.css beside this file',
  },
  {
    when: 'two people share a name',
    text: `${feed('')}authors:\n  - name: Ada\n  - name: Countess\n    aliases: [x, ADA]\n`,
    says: '11:18: authors[1].aliases[1]: is a name of authors[0] too',
  },
  {
    when: 'a picture is none',
    text: `${feed('')}authors:\n  - name: Ada\n    avatar: ada.pdf\n`,
    says: '10:13: authors[0].avatar: is not a picture; use a file that ends in .png, .jpg, .webp, .avif, .gif or .svg',
  },
  {
    when: 'a picture lies outside',
    text: `${feed('')}authors:\n  - name: Ada\n    avatar: ../ada.png\n`,
    says: '10:13: authors[0].avatar: is not a path in this folder; write it like avatars/ada.png, or an address in full: https://example.org/ada.png',
  },
  {
    when: 'a feed’s picture is of no web address',
    text: feed('    avatar: ftp://a.example/a.png\n'),
    says: '8:13: feeds[0].avatar: is not a path in this folder; write it like avatars/ada.png, or an address in full: https://example.org/ada.png',
  },
  {
    when: 'an id is a number',
    text: feed('').replace('id: x', 'id: 42'),
    says: '5:9: feeds[0].id: should be text; put it in quotes if it looks like a number or a date',
  },
  { when: 'the file is a word', text: 'planet\n', says: '1:1: should be a group of "key: value" lines' },
  { when: 'the file is a list', text: '- a\n', says: '1:1: should be a group of "key: value" lines' },
] as const)('when $when, it says where and what to write', ({ text, says }) => {
  expect(told(text)).toEqual([says]);
});

test('an empty file is told all that it needs', () => {
  expect(told('').map((line) => line.split(':')[2]?.trim())).toEqual(['title', 'description', 'site', 'feeds']);
});

test('forty mistakes are told at once, in the order of the file', () => {
  const feeds = Array.from({ length: 20 }, (_, i) => `  - id: Bad ${i}\n    title: X\n    url: ftp://${i}\n`).join('');
  const lines = told(`${head}feeds:\n${feeds}`);
  expect(lines).toHaveLength(40);
  expect(lines.map((line) => Number(line.split(':')[0]))).toEqual(
    lines.map((_, i) => 5 + 3 * Math.floor(i / 2) + 2 * (i % 2)),
  );
});

test('mistakes of every kind are told together, also where one would hide another', () => {
  const text = `titel: T
site: example.org
language: english
timezone: Mars
hub: ftp://hub.example
owner: { nam: Ada }
river: { entries: 0, entriesPerFeed: x }
hide: { entries: x }
authors:
  - { name: Ada, avatar: none.png }
  - { nmae: Bob, aliases: [ada] }
feeds:
  - { id: X, url: ftp://x }
  - { id: z, title: Z, url: z.xml, avatar: none.png }
  - { id: x, title: X, url: x.xml, paused: yes }
  - { id: x, title: "", url: x.xml }
`;
  const file = readPlanet(text, () => false);
  const places = file.kind === 'mistakes' ? file.mistakes.map(({ line, where }) => `${line} ${where}`) : [];
  expect(places).toEqual([
    '1 title',
    '1 description',
    '1 titel',
    '2 site',
    '3 language',
    '4 timezone',
    '5 hub',
    '6 owner.name',
    '6 owner.nam',
    '7 river.entries',
    '7 river.entriesPerFeed',
    '8 hide.entries',
    '10 authors[0].avatar',
    '11 authors[1].name',
    '11 authors[1].nmae',
    '11 authors[1].aliases[0]',
    '13 feeds[0].title',
    '13 feeds[0].id',
    '13 feeds[0].url',
    '14 feeds[1].avatar',
    '15 feeds[2].paused',
    '16 feeds[3].id',
    '16 feeds[3].title',
    '16 feeds[3].url',
  ]);
});

describe('an address of a feed', () => {
  test.for(['https://x.example/feed', 'http://x.example/feed', 'HTTPS://x.example/', 'feeds/mine.xml', 'mine.xml'])(
    '%s is one',
    (url) => {
      expect(told(feed('').replace('https://x.example/feed', url))).toEqual([]);
    },
  );
  test.for([
    'javascript:alert(1)',
    'file:///etc/passwd',
    '/etc/passwd',
    'a/../../b.xml',
    'https://',
    'https:///x',
    "''",
    'a\\..\\..\\b.xml',
  ])('%s is not', (url) => {
    expect(told(feed('').replace('https://x.example/feed', url))).toHaveLength(1);
  });
});
