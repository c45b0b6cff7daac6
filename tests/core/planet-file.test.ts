import { describe, expect, test } from 'vitest';
import { lineFinder, mistakeText, readPlanet } from '../../src/core/planet-file.ts';
import { rows } from '../lib/case-table.ts';

const head = 'title: T\ndescription: D\nsite: https://example.org/\n';
const feed = (lines: string) => `${head}feeds:\n  - id: x\n    title: X\n    url: https://x.example/feed\n${lines}`;

/** What the operator is told, as `line:column: …`. */
function told(text: string): string[] {
  const file = readPlanet(text);
  return file.kind === 'planet' ? [] : file.mistakes.map((mistake) => mistakeText('p', mistake).slice(2));
}

test.for([
  ['https://example.org', 'https://example.org/'],
  ['https://example.org/planet', 'https://example.org/planet'],
  ['HTTPS://München.example/Planet/', 'https://xn--mnchen-3ya.example/Planet/'],
])('the site %s is %s in links', ([site, href]) => {
  const read = readPlanet(feed('').replace('https://example.org/', site as string));
  expect(read.kind === 'planet' && read.planet.site).toBe(href);
});

test.for(['CET', 'EST', 'PRC', 'GB', 'EST5EDT', 'Asia/Kolkata'])('%s is a time zone of IANA', (timezone) => {
  expect(readPlanet(feed(`timezone: ${timezone}\n`))).toMatchObject({ kind: 'planet', planet: { timezone } });
});

test('a planet says the least that it must and gets the defaults', () => {
  const defaults = { authors: 'entry', content: 'full', include: [], exclude: [], index: false, only: [] };
  const feedDefaults = { ...defaults, by: [], notBy: [], paused: false, gone: false };
  const said = { title: 'T', description: 'D', site: 'https://example.org/' };
  const settings = { language: 'en', languages: [], timezone: 'UTC', layout: 'entry', theme: 'brass', avatars: true };
  const groups = {
    river: { entriesPerFeed: 3, entries: 60 },
    hide: { entries: [], authors: [] },
    authors: [],
    defaults,
  };
  const feeds = [{ id: 'x', title: 'X', url: 'https://x.example/feed', ...feedDefaults }];
  expect(readPlanet(feed(''))).toEqual({ kind: 'planet', planet: { ...said, ...settings, ...groups, feeds } });
});

test.for(rows`
  a key is misspelt | ${feed('    titel: Y\n')} | 8:5: feeds[0].titel: is not a setting; the settings here are: id, title, url, home, avatar, authors, content, include, exclude, by, notBy, paused, gone, index, language, only
  a key of the river is misspelt | ${`${feed('')}river:\n  entrys: 3\n`} | 9:3: river.entrys: is not a setting; the settings here are: entriesPerFeed, entries
  a key of the owner is misspelt | ${`${feed('')}owner:\n  name: Ada\n  mail: x\n`} | 10:3: owner.mail: is not a setting; the settings here are: name, url, email
  a hub is not https | ${`${feed('')}hub: http://hub.example/\n`} | 8:6: hub: is not the address of a hub; write it in full: https://hub.example/
  a theme is none of ours | ${`${feed('')}theme: solarized\n`} | 8:8: theme: is not one of: brass, meridian, letterpress, ephemeris; to change single colours, put a theme.css beside this file
  index is a word | ${feed('    index: please\n')} | 8:12: feeds[0].index: should be true or false
  a rule is unknown | ${feed('    authors: guess\n')} | 8:14: feeds[0].authors: is not one of: entry, title, feed
  a url is not http | ${feed('').replace('https://x.example/feed', 'ftp://x.example/feed')} | 7:10: feeds[0].url: is not an address; write https://… or http://…, or the path of a file in this folder: feeds/mine.xml
  a path leaves the folder | ${feed('').replace('https://x.example/feed', '../secret.xml')} | 7:10: feeds[0].url: is not an address; write https://… or http://…, or the path of a file in this folder: feeds/mine.xml
  an id has capitals | ${feed('').replace('id: x', 'id: Planet X')} | 5:9: feeds[0].id: is not an id; use lower-case letters, digits and single hyphens: planet-python
  an id is given twice | ${feed('  - id: x\n    title: Y\n    url: b.xml\n')} | 8:9: feeds[1].id: feeds[0] has the same value; each feed needs its own
  a url is given twice | ${feed('  - id: y\n    title: Y\n    url: https://x.example/feed\n')} | 10:10: feeds[1].url: feeds[0] has the same value; each feed needs its own
  the title is a number | ${feed('').replace('title: T', 'title: 42')} | 1:8: title: should be text; put it in quotes if it looks like a number or a date
  the title is missing | ${feed('').replace('title: T\n', '')} | 1:1: title: is missing; write for example: title: Planet Python
  a feed lacks its url | ${`${head}feeds:\n  - id: x\n    title: X\n`} | 5:5: feeds[0].url: is missing; write for example: url: https://planetpython.org/rss20.xml
  feeds is empty | ${`${head}feeds: []\n`} | 4:8: feeds: is empty; follow at least one feed
  feeds is not a list | ${`${head}feeds: https://x.example/feed\n`} | 4:8: feeds: should be a list, each item on a line that begins with "- "
  a feed is only an address | ${`${head}feeds:\n  - https://x.example/feed\n`} | 5:5: feeds[0]: should be a group of "key: value" lines
  the site has a query | ${feed('').replace('https://example.org/', 'https://example.org/?a')} | 3:7: site: has a ? or #; write the address up to there
  the site has a space | ${feed('').replace('https://example.org/', 'https://example.org/Der Planet/')} | 3:7: site: has a folder that no page can be built for; name it with letters from a to z, digits, hyphens and single slashes
  the site has two slashes | ${feed('').replace('https://example.org/', 'https://example.org//x/')} | 3:7: site: has a folder that no page can be built for; name it with letters from a to z, digits, hyphens and single slashes
  the site is no address | ${feed('').replace('https://example.org/', 'example.org')} | 3:7: site: is not an address; write it in full: https://example.org/
  the time zone is unknown | ${`${feed('')}timezone: Mars/Olympus\n`} | 8:11: timezone: is not a time zone; write an IANA name: UTC, Europe/Amsterdam, America/New_York
  the time zone has three letters that only ICU knows | ${`${feed('')}timezone: bst\n`} | 8:11: timezone: is not a time zone; write an IANA name: UTC, Europe/Amsterdam, America/New_York
  the language is a word | ${`${feed('')}language: english\n`} | 8:11: language: is not a language as HTML writes it: en, pt-BR, zh-Hant
  a count is nought | ${`${feed('')}river:\n  entriesPerFeed: 0\n`} | 9:19: river.entriesPerFeed: is too small; write 1 or more
  a count is not whole | ${`${feed('')}river:\n  entries: 2.5\n`} | 9:12: river.entries: should be a whole number
  a tab indents | ${'title: T\n\tdescription: D\n'} | 2:1: a tab indents this line; write spaces
  a no-break space indents | ${feed('').replace('    url', '\u00a0   url')} | 7:1: a special space indents this line; write plain spaces
  git left its marks | ${`${feed('')}<<<<<<< HEAD\n  - id: y\n    title: Y\n=======\n  - id: z\n    title: Z\n>>>>>>> z\n`} | 8:1: git could not merge two changes here; keep the lines you want, and remove those of <<<<<<<, ======= and >>>>>>>
  it was saved as Windows-1252 | ${feed('').replace('title: T', `title: ${Buffer.from([0x43, 0x61, 0x66, 0xe9]).toString('utf8')}`)} | 1:11: this letter is not in UTF-8; save the file as UTF-8
  an apostrophe stands between apostrophes | ${feed('').replace('title: T', "title: 'L'astronomie'")} | 1:11: a quotation mark within this text ends it; write it twice (''), or put the text in quotation marks of the other kind
  a key stands twice | ${'title: T\ntitle: U\n'} | 2:1: this setting is there twice; keep one of them
  a text holds a colon | ${feed('').replace('title: T', 'title: T: U')} | 1:8: put quotation marks round a text with ": " in it; or this line or the next is indented differently from its group
  a line is indented too far | ${'title: T\n  description: D\n'} | 1:8: put quotation marks round a text with ": " in it; or this line or the next is indented differently from its group
  a line is indented too little | ${feed('').replace('    url', '   url')} | 7:1: this line is indented differently from the others of its group
  the first line is indented | ${feed('').replace('title: T', ' title: T')} | 2:1: this line is indented differently from the others of its group
  a text begins with a bracket | ${feed('').replace('title: T', 'title: [Planet] T')} | 1:17: a list or a group in brackets ends before this; put quotation marks round a text that begins with a bracket
  a bracket closes nothing | ${feed('').replace('title: T', 'title: T\n]')} | 2:1: a bracket is closed and never opened
  a text begins with a dash | ${feed('').replace('title: T', 'title: - T')} | 1:8: a text that begins with this sign needs quotation marks round it
  a quotation mark is left open | ${feed('').replace('title: T', 'title: "T')} | 1:8: a quotation mark is opened and never closed
  a bracket is left open | ${`${feed('')}    include: [a, b\n`} | 9:1: a bracket is opened and not closed, or its content is not indented
  a text begins with @ | ${feed('').replace('title: T', 'title: @T')} | 1:8: a text that begins with this sign needs quotation marks round it
  a text begins with a star | ${feed('').replace('title: T', 'title: *T*')} | 1:8: a text that begins with * needs quotation marks round it
  a space is missing after the colon | ${feed('').replace('title: T', 'title:T')} | 1:1: this is no "key: value"; is a colon missing, or the space after it?
  a second file follows | ${`${feed('')}---\na: b\n`} | 8:1: a line of "---" begins a second document in this file; remove it
  references unfold without end | ${`a: &a [x]\n${'bcdefgh'.replace(/./g, (key) => `${key}: &${key} [${`*${String.fromCharCode(key.charCodeAt(0) - 1)}, `.repeat(9)}]\n`)}`} | 1:1: its references with * expand to too much text; write it without them
  the title is left empty | ${feed('').replace('title: T', 'title:')} | 1:7: title: is empty; write for example: title: Planet Python
  a group is left empty | ${`${feed('')}hide:\n  # authors: [Bob]\n`} | 8:6: hide: is empty; write something there, or put a # before the line
  a group is a text | ${`${feed('')}owner: Ada\n`} | 8:8: owner: should be a group of "key: value" lines
  an owner has no name | ${`${feed('')}owner:\n  url: https://a.example/\n`} | 9:3: owner.name: is missing; write for example: name: Ada Lovelace
  an e-mail address is none | ${`${feed('')}owner:\n  name: Ada\n  email: ada at example\n`} | 10:10: owner.email: is not an e-mail address
  a word of a list is blank | ${feed('    include: [python, ""]\n')} | 8:23: feeds[0].include[1]: is empty; write some text
  a list is a text | ${feed('    exclude: hiring\n')} | 8:14: feeds[0].exclude: should be a list, each item on a line that begins with "- "
  a theme is unknown | ${`${feed('')}theme: neon\n`} | 8:8: theme: is not one of: brass, meridian, letterpress, ephemeris; to change single colours, put a theme.css beside this file
  two people share a name | ${`${feed('')}authors:\n  - name: Ada\n  - name: Countess\n    aliases: [x, ADA]\n`} | 11:18: authors[1].aliases[1]: is a name of authors[0] too
  a picture is none | ${`${feed('')}authors:\n  - name: Ada\n    avatar: ada.pdf\n`} | 10:13: authors[0].avatar: is not a picture; use a file that ends in .png, .jpg, .webp, .avif, .gif or .svg
  a picture lies outside | ${`${feed('')}authors:\n  - name: Ada\n    avatar: ../ada.png\n`} | 10:13: authors[0].avatar: is not a path in this folder; write it like avatars/ada.png, or an address in full: https://example.org/ada.png
  a feed’s picture is of no web address | ${feed('    avatar: ftp://a.example/a.png\n')} | 8:13: feeds[0].avatar: is not a path in this folder; write it like avatars/ada.png, or an address in full: https://example.org/ada.png
  an id is a number | ${feed('').replace('id: x', 'id: 42')} | 5:9: feeds[0].id: should be text; put it in quotes if it looks like a number or a date
  a default is wrong | ${`${feed('')}defaults:\n  only: en\n`} | 9:9: defaults.only: should be a list, each item on a line that begins with "- "
  a default can only be of one feed | ${`${feed('')}defaults:\n  paused: true\n`} | 9:3: defaults.paused: is not a setting; the settings here are: authors, content, include, exclude, index, only
  only a feed has a language of its own | ${`${feed('')}defaults:\n  language: en\n`} | 9:3: defaults.language: is not a setting; the settings here are: authors, content, include, exclude, index, only
  the file is a word | ${'planet\n'} | 1:1: should be a group of "key: value" lines
  the file is a list | ${'- a\n'} | 1:1: should be a group of "key: value" lines
`)('when %s, it says where and what to write', ([, text, says]) => {
  expect(told(text)).toEqual([says]);
});

test('a feed has the defaults that it does not name itself', () => {
  const more = '    include: []\n    only: [fr]\n  - { id: y, title: Y, url: y.xml }\n';
  const defaults = 'defaults:\n  authors: feed\n  include: [python]\n  only: [en]\n';
  const read = readPlanet(`${feed(more)}${defaults}`);
  const feeds = [
    { authors: 'feed', include: [], only: ['fr'], exclude: [] },
    { authors: 'feed', include: ['python'], only: ['en'], exclude: [] },
  ];
  expect(read).toMatchObject({ planet: { feeds } });
});

test('an empty file is a mistake for each setting that it needs', () => {
  expect(told('').map((line) => line.split(':')[2]?.trim())).toEqual(['title', 'description', 'site', 'feeds']);
});

test('forty mistakes are listed at once, in the order of the file', () => {
  const feeds = Array.from({ length: 20 }, (_, i) => `  - id: Bad ${i}\n    title: X\n    url: ftp://${i}\n`).join('');
  const lines = told(`${head}feeds:\n${feeds}`);
  expect(lines).toHaveLength(40);
  expect(lines.map((line) => Number(line.split(':')[0]))).toEqual(
    lines.map((_, i) => 5 + 3 * Math.floor(i / 2) + 2 * (i % 2)),
  );
});

test('mistakes of every kind are listed together, also if one could hide another', () => {
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
  expect(places).toEqual(
    (
      '1 title | 1 description | 1 titel | 2 site | 3 language | 4 timezone | 5 hub | 6 owner.name | ' +
      '6 owner.nam | 7 river.entries | 7 river.entriesPerFeed | 8 hide.entries | 10 authors[0].avatar | ' +
      '11 authors[1].name | 11 authors[1].nmae | 11 authors[1].aliases[0] | 13 feeds[0].title | 13 feeds[0].id | ' +
      '13 feeds[0].url | 14 feeds[1].avatar | 15 feeds[2].paused | 16 feeds[3].id | 16 feeds[3].title | ' +
      '16 feeds[3].url'
    ).split(' | '),
  );
});

describe('an address of a feed', () => {
  test.for(['https://x.example/feed', 'http://x.example/feed', 'HTTPS://x.example/', 'feeds/mine.xml', 'mine.xml'])(
    '%s is one',
    (url) => {
      expect(told(feed('').replace('https://x.example/feed', url))).toEqual([]);
    },
  );
  test.for(
    "javascript:alert(1) file:///etc/passwd /etc/passwd a/../../b.xml https:// https:///x '' a\\..\\..\\b.xml".split(
      ' ',
    ),
  )('%s is not', (url) => {
    expect(told(feed('').replace('https://x.example/feed', url))).toHaveLength(1);
  });
});

test.for([
  [4, 'a key', ['feeds']],
  [7, 'a key of an item', ['feeds', 0, 'url']],
  [11, 'a key of a later item', ['feeds', 1, 'url']],
  [8, 'an item', ['feeds', 1]],
  [8, 'a key that the item lacks', ['feeds', 1, 'authors']],
  [12, 'an item of a list of an item', ['feeds', 1, 'include', 1]],
  [4, 'an item that the list lacks', ['feeds', 2, 'url']],
  [1, 'a key that the file lacks', ['owner', 'name']],
] as const)('line %i has %s', ([line, , path]) => {
  const second = '  - id: y\n\n    title: Y\n    url: https://y.example/\n    include: [a, b]\n';
  expect(lineFinder(feed(second))(path)).toBe(line);
});
