import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readOther, readText } from '../../scripts/commands/lib/import-formats.ts';
import { Losses } from '../../scripts/commands/lib/import-losses.ts';
import { importedFeeds, importedSettings, planetYaml } from '../../scripts/commands/lib/imported.ts';
import { plainWords, readConfig } from '../../scripts/commands/lib/ini-options.ts';
import { feedLines } from '../../scripts/commands/lib/planet-text.ts';
import { newFeedState } from '../../src/core/feed-state.ts';
import type { Planet } from '../../src/core/planet.ts';
import { readPlanet } from '../../src/core/planet-file.ts';
import { aFolder } from '../lib/planet.ts';
import { planetHere } from '../lib/program-here.ts';

/** What becomes of a text, as the planet that it makes and the lines that are told. */
function imported(text: string): { planet: Planet; told: string[]; yaml: string } {
  const other = readText(text, /^\w+: /.test(text) ? '.yml' : '');
  if (typeof other === 'string') throw new Error(other);
  const from = { from: 'x', schema: null, losses: other.losses };
  const yaml = planetYaml(importedSettings(other), importedFeeds(other, new Map()), from);
  const read = readPlanet(yaml);
  if (read.kind === 'mistakes') throw new Error(JSON.stringify(read.mistakes));
  return { planet: read.planet, told: other.losses.lines(other.feeds), yaml };
}

test.for<[of: string, text: string, gives: Record<string, Record<string, string>>]>([
  ['comments', '# a\n; b\n[x]\n# c = d\nkey = v ; note\nother = a#b;c\n', { x: { key: 'v', other: 'a#b;c' } }],
  ['colons and equal signs', '[x]\na: 1\nb=2\nc : http://d/?e=f\n', { x: { a: '1', b: '2', c: 'http://d/?e=f' } }],
  ['lines that go on', '[x]\na = 1\n  2\n\t3\n\n  4\nb = 5\n', { x: { a: '1\n2\n3\n4', b: '5' } }],
  ['sections that come twice', '[x]\na = 1\nb = 1\n[y]\n[x]\nb = 2\n', { x: { a: '1', b: '2' }, y: {} }],
  ['more behind a bracket', '[x]] # [y]\na = 1\n [z] b\n', { x: { a: '1' }, z: {} }],
  ['names', '[x]\na = b\nodd = 100%% %(none)s %B %(a)s\n', { x: { a: 'b', odd: '100%% %(none)s %B b' } }],
  ['defaults', '[DEFAULT]\na = %(b)s/%(c)s\nb = /srv\nc = 1\n[x]\nc = 2\n', { x: { a: '/srv/2', b: '/srv', c: '2' } }],
  ['a name that stands for itself', '[x]\na = %(a)s!\n', { x: { a: `%(a)s${'!'.repeat(11)}` } }],
  ['names that stand for each other', `[x]\na = ${'%(a)s'.repeat(4)}\n`, { x: { a: '%(a)s'.repeat(4096) } }],
  ['Windows’ ends of lines', '[x]\r\nA = b\r\n', { x: { a: 'b' } }],
  ['indented options of Pluto', 'a = T\n\n[x]\n  a = X\n  b  = 1\n', { '': { a: 'T' }, x: { a: 'X', b: '1' } }],
  [
    'the comments behind values of Pluto, and that no line goes on',
    'a = T # b\n[x]\nc = C# d # e\n  feed = http://f/#g\n    h = # i\n',
    { '': { a: 'T' }, x: { c: 'C# d', feed: 'http://f/#g', h: '' } },
  ],
  ['hashes in values', '[Planet]\nfeed = x\nname = #a # b\n', { Planet: { feed: 'x', name: '#a # b' } }],
])('the dialect of Python’s ConfigParser knows %s', ([, text, gives]) => {
  const read = [...readConfig(text, new Losses())].map(
    ([name, options]) => [name, Object.fromEntries(options)] as const,
  );
  const said = read.filter(([name, options]) => name !== '' || Object.keys(options).length > 0);
  expect(Object.fromEntries(said)).toEqual(gives);
});

test.for([
  ['python|plone', ['python', 'plone']],
  ['(?i)\\b(python|zope 3)\\b', ['python', 'zope 3']],
  ['.*plone\\.org.*', ['plone.org']],
  ['(?:c\\+\\+)', ['c++']],
  ['\\[ANN\\]', ['[ANN]']],
  ['(Clock)|(clock)|(tick)', ['Clock', 'tick']],
  ...['pytho?n', '^Re', 'a.c', '(a|b)(c|d)', ''].map((none) => [none, null] as const),
] as const)('the expression %s is the words %j', ([expression, words]) => {
  expect(plainWords(expression)).toEqual(words);
});

test('Planet Planet’s and Venus’ sections are feeds, their names are who writes, and the page’s settings are carried over', () => {
  const { planet, told } = imported(`# Planet's configuration
[Planet]
name = Planet Schmanet
link = http://planet.schmanet.example/?x
owner_name = Janet W.
owner_email = janet at schmanet.example
items_per_page = 60
days_per_page = 7
new_feed_items = 2
locale = pt_BR.UTF-8
date_format = %B %d, %Y
template_files = index.html.tmpl atom.xml.tmpl
filters = excerpt.py
pubsubhubbub_hub = http://pubsubhubbub.appspot.com/
exclude = (?i)hiring|jobs
[DEFAULT]
facewidth = 65
[index.html.tmpl]
days_per_page = 1
[excerpt.py]
width = 500
[http://a.example/blog/index.rss]
name = Scott: the "blog" # 1
face = keybuk.png
link = http://a.example/
[feed://b.example/?flav=rss]
github = ada/clocks
filter = python|plone
facewidth = 70
[http://c.example/rss]
name = C
exclude = ^Re:.*
http_auth = x
[http://d.example/list.opml]
content_type = opml
[file:///home/me/feed.xml]
name = Local
`);
  expect(planet).toMatchObject({
    ...{ title: 'Planet Schmanet', site: 'http://planet.schmanet.example/', owner: { name: 'Janet W.' } },
    ...{ language: 'pt-BR', hub: 'https://pubsubhubbub.appspot.com/', river: { entries: 60, entriesPerFeed: 2 } },
  });
  const scott = { id: 'scott-the-blog-1', title: 'Scott: the "blog" # 1', home: 'http://a.example/', authors: 'feed' };
  const avatar = 'http://planet.schmanet.example/images/keybuk.png';
  const b = { id: 'b-example', title: 'b.example', authors: 'entry', include: ['python', 'plone'] };
  expect(planet.feeds).toMatchObject([
    { ...scott, url: 'http://a.example/blog/index.rss', avatar, exclude: ['hiring', 'jobs'] },
    { ...b, url: 'http://b.example/?flav=rss' },
    { id: 'c', title: 'C', url: 'http://c.example/rss', authors: 'feed', exclude: [] },
  ]);
  const lines = told.join('\n');
  for (const kind of [
    'days_per_page: the river is limited by entries, not by days (days_per_page)',
    'formats of dates',
    'the look: templates are not converted (template_files)',
    'filters that are programs (filters)',
    'face, converted to its address on your old page: keep that page online until the first snapshot (Scott: the "blog" # 1)',
    'exclude: regular expressions that are more than words; write words as "exclude" (C)',
    'filter, converted to "include": that finds whole words',
    'http_auth: a feed has no such setting here (C)',
    'other lists of feeds: import each file separately (http://d.example/list.opml)',
    'sections whose address is not http:// or https:// (file:///home/me/feed.xml)',
    'no name, so the host is: write "title" and "id" before the first snapshot; "npm run planet -- check" shows their own titles (http://b.example/?flav=rss)',
    'values that are not valid as "email" (janet at schmanet.example)',
  ])
    expect(lines).toContain(kind);
  expect(told.filter((line) => line.startsWith('face'))).toHaveLength(1);
});

test('a file with next to nothing in it still makes a planet', () => {
  const [same, twin] = ['[http://a.example/feed]\n', '[https://www.a.example/feed/]\nname=\n'];
  const { planet, told } = imported(`${same}${same}${twin}[https://a.example/other]\n`);
  expect(planet).toMatchObject({ title: 'A planet', site: 'https://example.org/' });
  expect(planet.feeds.map(({ id }) => id)).toEqual(['a-example', 'a-example-2']);
  expect(told).toContain('no address of the planet: write it as "site" (x)');
  expect(told).toContain('feeds that are listed twice, added once (a.example: https://www.a.example/feed/)');
});

const feedAt = '<outline xmlUrl="https://a.example/f"/>';
const opmlOf = (outlines: string, head = '') => `<opml><head>${head}</head><body>${outlines}</body></opml>`;
const spaced = '<outline text="A" xmlUrl="https://a.example/a b"/>';
const outlinesOf = (...attributes: string[]) =>
  opmlOf(attributes.map((each, at) => `<outline ${each} xmlUrl="https://a.example/${at}"/>`).join(''));
const noHost =
  'no name, so the host is: write "title" and "id" before the first snapshot; "npm run planet -- check" shows their own titles (https://a.example/f)';
const one = { url: 'https://a.example/f', title: 'a.example', authors: 'entry' };
const BLOG = '[https://a.example/feed]\nname = A\n';
const ofFace = 'face, converted to its address on your old page: keep that page online until the first snapshot (A)';
test.for<[what: string, text: string, planet: object, ...told: string[]]>([
  [
    'the name of a section of Pluto',
    '[RubyMine IDE News]\nfeed = https://a.example/feed\n',
    { feeds: [{ id: 'rubymine-ide-news', title: 'RubyMine IDE News' }] },
  ],
  [
    'the feed of a section of Pluto with the name of a program',
    '[tick.py]\ntitle = A\nfeed = https://a.example/feed\n[tick.sed]\nx = 1\n',
    { feeds: [{ id: 'a' }] },
  ],
  [
    'options that are there twice',
    `[Planet]\nlink = https://u:secret@p.example/\nlink =\n${BLOG}name = A\n[https://a.example/feed]\nname = B\n`,
    { site: 'https://example.org/', feeds: [{ title: 'B' }] },
    'options that are there twice, of which the last one holds (Planet: link = https://p.example/, https://a.example/feed: name = A)',
  ],
  [
    'a list that Venus reads with a program, and the type of a feed',
    `[https://p.example/people]\ncontent_type = people.xslt\n${BLOG}content_type = html\n`,
    { feeds: [{ title: 'A' }] },
    'other lists of feeds: import each file separately (https://p.example/people)',
    'content_type: a feed has no such setting here (A)',
  ],
  [
    'an option of [DEFAULT] once, and none that is off',
    `[DEFAULT]\npicture = a.png\n[Planet]\ndays_per_page = 0\nicon =\n${BLOG}twitter =\n`,
    { feeds: [{ title: 'A' }] },
    'picture: a feed has no such setting here (A)',
  ],
  [
    'addresses that were copied from HTML',
    '[a]\nfeed = https://a.example/?a&amp;b\nlink = https://a.example/?c&#038;d\navatar = https://a.example/?e&#x26;f\n',
    { feeds: [{ url: 'https://a.example/?a&b', home: 'https://a.example/?c&d', avatar: 'https://a.example/?e&f' }] },
  ],
  [
    'addresses of a list in YAML, of which one was copied from HTML',
    'sources:\n  - { href: "feed://a.example/?a&amp;b", title: A }\n',
    { feeds: [{ url: 'http://a.example/?a&b', title: 'A' }] },
  ],
  [
    'that all feeds have no name, also if one is listed twice',
    ['https://a', 'http://a', 'https://b', 'https://c', 'https://d'].map((host) => `[${host}.example/f]\n`).join(''),
    { feeds: ['a', 'b', 'c', 'd'].map((name) => ({ title: `${name}.example` })) },
    noHost.replace('https://a.example/f', 'all feeds'),
    'feeds that are listed twice, added once (a.example: http://a.example/f)',
  ],
  [
    'no heading that is the name of its feed',
    opmlOf('<outline title="A"><outline text="A" xmlUrl="https://a.example/f"/></outline>'),
    { feeds: [{ title: 'A' }] },
  ],
  [
    'character references in names',
    '[Planet]\nname = Q&amp;A\nowner_name = Zo&euml;\n[https://a.example/feed]\nname = Ga&#235;l O&#039;Neil\n',
    { title: 'Q&A', owner: { name: 'Zoë' }, feeds: [{ id: 'gael-o-neil', title: "Gaël O'Neil" }] },
  ],
  [
    'HTML in names and in the description',
    `[Planet]\nname = <i>P</i>\ndescription = All of <b>P</b>, see also <a href="/q">Q</a>. 1 < 2\nowner_email = p&#64;p.example\n${BLOG}`,
    { title: 'P', description: 'All of P, see also Q. 1 < 2', owner: { email: 'p@p.example' } },
    'HTML in names and descriptions, of which the words remain (P, All of P, see also Q. 1 < 2)',
  ],
  [
    'e-mail addresses in names',
    '[Planet]\nowner_name = Ada (ada@p.example)\n[https://a.example/feed]\nname = bea [at] a.example\n[cid]\ntitle = cid@c.example\nfeed = https://c.example/f\n',
    { owner: { name: 'Ada' }, feeds: [{ title: 'a.example' }, { title: 'cid' }] },
    'e-mail addresses in names, which a planet publishes (bea [at] a.example, cid: cid@c.example, Ada: Ada (ada@p.example))',
    'no name, so the host is: write "title" and "id" before the first snapshot; "npm run planet -- check" shows their own titles (https://a.example/feed)',
  ],
  [
    'no address with a password, and no page that is the feed',
    `[Planet]\nlink = https://p:secret@p.example/\n[https://b:secret@b.example/feed]\nx = 1\n[http://c:secret@c.example/]\nname = C\n${BLOG}link = http://www.a.example/feed/\nface = https://secret@a.example/a.png\n`,
    { site: 'https://p.example/', feeds: [{ id: 'a', avatar: 'https://a.example/a.png' }] },
    'x: a feed has no such setting here (https://b.example/feed)',
    'addresses with a name or password, which are not read (b.example, C)',
  ],
  [
    'how many new posts of a feed Planet Planet shows, and the first of its languages',
    `[Planet]\nnew_feed_items = 1\nlocale = fr_FR:fr\n${BLOG}`,
    { language: 'fr-FR', river: { entriesPerFeed: 3 } },
    'new_feed_items: here it would limit every feed always; write it as "river.entriesPerFeed" if you want that (1)',
  ],
  [
    'Venus’ lists of members in other files',
    `[Planet]\nnew_feed_items = 1\nreading_lists =\n  https://p.example/people.opml\n  more.opml\n${BLOG}`,
    { river: { entriesPerFeed: 1 }, feeds: [{}] },
    'other lists of feeds: import each file separately (https://p.example/people.opml, more.opml)',
  ],
  [
    'every feed of a kind of loss, by name if it is not true of all',
    `[DEFAULT]\ny = 1\nface = a.png\n${['Ann', 'Bea', 'Cid', 'Dot', 'Eve'].map((name) => `[https://${name}.example/]\nname = ${name}\n${name === 'Eve' ? '' : 'x = 1\n'}`).join('')}`,
    { feeds: Array(5).fill({}) },
    'y: a feed has no such setting here (all feeds)',
    'x: a feed has no such setting here (4: Ann, Bea, Cid, Dot)',
    'face: put the picture into avatars/ and add "avatar" to the feed (all feeds)',
  ],
  [
    'the front page’s own number of entries, and the description',
    `[Planet]\nitems_per_page = 60\ndescription = Clocks\n[index.html.tmpl]\nitems_per_page = 30\n${BLOG}`,
    { river: { entries: 30 }, description: 'Clocks' },
  ],
  [
    'the folder of an address that ends in a file',
    `[Planet]\nlink = http://p.example/x/index.html\n${BLOG}face = a.png\n`,
    { site: 'http://p.example/x/', feeds: [{ avatar: 'http://p.example/x/images/a.png' }] },
    ofFace,
  ],
  [
    'the folder of an address without a last slash',
    `[Planet]\nlink = http://p.example/x\n${BLOG}face = a.png\n`,
    { feeds: [{ avatar: 'http://p.example/x/images/a.png' }] },
    ofFace,
  ],
  [
    'addresses that end as programs and templates do',
    `[Planet]\nfilters = excerpt.py\n[excerpt.py]\nwidth = 5\n[old.xslt]\n[https://b.example/rss.py]\nname = B\n[https://c.example/feed.xsl?x=.sed]\nname = C\n${BLOG}`,
    { feeds: ['b', 'c', 'a'].map((id) => ({ id })) },
    'filters that are programs (filters)',
  ],
  [
    'rawdog’s feeds with their names, and the settings of its page',
    '# feed 30m https://no.example/\nmaxarticles 40\nsplitstate true\ntemplate default\nxmltitle P: a planet\nxmllink https://p.example/\ninclude more\nfeed 30m https://a.example/f?x=y\n\tdefine_name Ada = A\n\tfilter show title "clock"\nfeed 3h https://b.example/f user=b password=secret\n# a note\nfeed 1d https://c.example/f define_name=Cleo\nmaxage 0\n',
    {
      ...{ title: 'P: a planet', site: 'https://p.example/', river: { entries: 40 } },
      feeds: [
        { id: 'ada-a', title: 'Ada = A', url: 'https://a.example/f?x=y', authors: 'feed' },
        { id: 'b-example', authors: 'entry' },
        { id: 'cleo', title: 'Cleo', authors: 'feed' },
      ],
    },
    'no longer needed (splitstate)',
    'the look: templates are not converted (template)',
    'other lists of feeds: import each file separately (more)',
    'unknown settings (maxage)',
    'period: a feed has no such setting here (Ada = A, https://b.example/f, Cleo)',
    'filters that are programs (Ada = A)',
    'user: a feed has no such setting here (https://b.example/f)',
    'password: a feed has no such setting here (https://b.example/f)',
    'no name, so the host is: write "title" and "id" before the first snapshot; "npm run planet -- check" shows their own titles (https://b.example/f)',
  ],
  [
    'the blogs of planet.rb, with the pictures of their authors',
    'planet:\n  posts_directory: _posts/\n  whitelisted_tags: [go, open source]\nblogs:\n  - author: Ada\n    feed: https://a.example/f\n    url: https://a.example/\n    image: https://a.example/a.png\n    tags: go\n',
    {
      feeds: [
        {
          title: 'Ada',
          url: 'https://a.example/f',
          authors: 'feed',
          avatar: 'https://a.example/a.png',
          home: 'https://a.example/',
          include: ['go', 'open source'],
        },
      ],
    },
    'no longer needed (planet.posts_directory)',
    'tags: a feed has no such setting here (Ada)',
    'whitelisted_tags, converted to "include": that finds whole words, only in titles, summaries and categories (Ada)',
  ],
  [
    'a list in YAML, and nothing else',
    '-\n  url: https://a.example/f\n  name: A\n- https://b.example/f\n',
    { feeds: [{ title: 'A' }, { url: 'https://b.example/f' }] },
    noHost.replace('a.', 'b.'),
  ],
  [
    'a key of YAML that is there twice',
    'sources:\n  - { title: A, href: https://a.example/e,\n    href: https://a.example/f }\n',
    { feeds: [{ title: 'A', url: 'https://a.example/f' }] },
    'options that are there twice, of which the last one holds (line 3)',
  ],
  [
    'settings without a value in YAML as missing ones',
    'planet:\n  whitelisted_tags: []\nblogs:\n  - { author: Ada, feed: https://a.example/f, image: "", twitter: }\n',
    { feeds: [{ title: 'Ada', include: [] }] },
  ],
  [
    'no page that FreshRSS reads by its own rules, and none of these rules',
    opmlOf(
      '<outline type="HTML+XPath" text="S" xmlUrl="https://s.example/" frss:xPathItem="//a"/><outline type="rss" text="A" xmlUrl="https://a.example/f" frss:cssFullContent="p"/>',
    ).replace('<opml', '<opml xmlns:frss="https://freshrss.org/opml"'),
    { feeds: [{ title: 'A' }] },
    'pages and data that FreshRSS turns into a feed by its own rules (S)',
    'frss:cssfullcontent: a feed has no such setting here (A)',
  ],
  [
    'a section without an address, with its options',
    `[squid]\nname = Squid\nfeeed = https://s.example/\n${BLOG}`,
    { feeds: [{ id: 'a' }] },
    'sections without "feed", the address (squid, name, feeed)',
  ],
  [
    'an outline with "url" only where it is a feed',
    opmlOf(
      '<outline type="rss" url="https://a.example/f"/><outline type="link" url="https://b.example/"/><outline type="include" url="https://c.example/more"/><outline type="link" url="https://d.example/x.opml"/>',
    ),
    { feeds: [one] },
    'outlines without the address of a feed ((no text))',
    'other lists of feeds: import each file separately (https://c.example/more, https://d.example/x.opml)',
    noHost,
  ],
  [
    'the address of a feed without a name that has a category',
    opmlOf('<outline xmlUrl=" https://a.example/f " htmlUrl="" category="x" isDown=""/>'),
    { feeds: [one] },
    'category: a feed has no such setting here (https://a.example/f)',
    noHost,
  ],
  [
    'names that are none: the address of the feed, and what NewsBlur writes for a missing one',
    outlinesOf('text="http://www.a.example/0"', 'text="[Untitled]" title="[Untitled]"', 'text="[Untitled]" title="C"'),
    { feeds: [{ id: 'a-example' }, { id: 'a-example-2' }, { title: 'C' }] },
    'no name, so the host is: write "title" and "id" before the first snapshot; "npm run planet -- check" shows their own titles (https://a.example/0, https://a.example/1)',
  ],
  [
    'the title of Feedbin without its e-mail address',
    opmlOf('<outline text="A" xmlUrl="https://a.example/f"/>', '<title>Lists for ann@a.example</title>'),
    { title: 'Lists' },
    'e-mail addresses in names, which a planet publishes (Lists: Lists for ann@a.example)',
  ],
  [
    'names without e-mail addresses and tags, and tags that an export kept as text',
    outlinesOf(
      ...['text="ann@a.example" title="Ann&apos;s"', 'text="bea@b.example (Bea)" title=""'],
      ...['title="&lt;b>C&lt;/b> &amp;amp; D"', 'text="&lt;\u2060b>E&lt;\u2060/b>"'],
    ),
    { feeds: ["Ann's", 'Bea', 'C & D', '<b>E</b>'].map((title) => ({ title })) },
    "e-mail addresses in names, which a planet publishes (Ann's: ann@a.example, Bea: bea@b.example (Bea))",
    'HTML in names and descriptions, of which the words remain (C & D)',
  ],
  [
    'addresses of other namespaces beside those of feeds, and no end in the middle',
    opmlOf('<outline a:xmlUrl="https://b.example/f" text="A" xmlUrl="https://a.example/f"/>'),
    { feeds: [{ title: 'A', url: 'https://a.example/f' }] },
  ],
  [
    'the languages of feeds',
    outlinesOf(...['fr-ca', 'unknown', 'French'].map((name) => `text="A" language="${name}"`)),
    { feeds: [{ language: 'fr-ca' }, {}, {}] },
    'values that are not valid as "language" (French)',
  ],
  [
    'a head of which all is empty or not ours',
    opmlOf(feedAt, '<title>Untitled</title><ownerName/><ownerEmail/><dateCreated>x</dateCreated>'),
    { title: 'A planet', feeds: [one] },
    noHost,
  ],
  [
    'an address with a space, once, and none that is no web address',
    opmlOf(`${spaced}${spaced}<outline xmlUrl="ftp://a.example"/><outline xmlUrl="feeds/b.xml"/>`),
    { feeds: [{ url: 'https://a.example/a%20b', title: 'A' }] },
    'feeds that are listed twice, added once (A: https://a.example/a%20b)',
    'addresses that are not http:// or https:// (ftp://a.example, feeds/b.xml)',
  ],
  [
    'YAML that has brackets',
    'name: T\nurl: https://t.example/\nsources:\n  [{ url: https://a.example/f, name: Ada }, { feed: https://b.example/f }, { x: 1 }]\n',
    { title: 'T', site: 'https://t.example/', feeds: [{ title: 'Ada' }, { url: 'https://b.example/f' }] },
    'feeds of the list without an address ({"x":1})',
    noHost.replace('a.', 'b.'),
  ],
  [
    'Perlanet’s feeds and settings',
    'title: T\nurl: https://t.example/\nauthor:\n  name: Ada\nentries: 40\nentries_per_feed: 2\npage:\n  file: index.html\nfeeds:\n  - url: https://a.example/f\n    title: A\n    web: https://a.example/\n',
    {
      ...{ title: 'T', site: 'https://t.example/', owner: { name: 'Ada' }, river: { entries: 40, entriesPerFeed: 2 } },
      feeds: [{ url: 'https://a.example/f', title: 'A', home: 'https://a.example/' }],
    },
    'no longer needed (page.file)',
  ],
  [
    'the feeds of another planet.yaml, with all of their settings',
    'title: T\nsite: https://t.example/\nidsFrom: https://old.example/\nriver: { entries: 40 }\ntheme: brass\nhide: { authors: [Eve] }\nfeeds:\n  - id: ada\n    title: Ada L.\n    url: https://a.example/f\n    authors: feed\n    only: [en]\n    index: true\n    content: none\n    avatar: avatars/ada.png\n  - { id: b, title: B, url: feeds/b.xml }\n',
    {
      ...{ title: 'T', idsFrom: 'https://old.example/', river: { entries: 40 } },
      feeds: [{ id: 'ada', title: 'Ada L.', authors: 'feed', only: ['en'], index: true, content: 'full' }],
    },
    'the look: templates are not converted (theme)',
    'unknown settings (hide.authors)',
    'content: a feed has no such setting here (Ada L.)',
    'avatar: put the picture into avatars/ and add "avatar" to the feed (Ada L.)',
    'addresses that are not http:// or https:// (feeds/b.xml)',
  ],
  [
    'the defaults of another planet.yaml, except where a feed has its own',
    'title: T\nsite: https://t.example/\ndefaults: { only: [en], include: [clock] }\nfeeds:\n  - { id: a, title: A, url: https://a.example/f, include: [] }\n  - { id: b, title: B, url: https://b.example/f }\n',
    {
      ...{ defaults: { only: ['en'], include: [] } },
      feeds: Object.entries({ a: [], b: ['clock'] }).map(([id, include]) => ({ id, only: ['en'], include })),
    },
  ],
  [
    'options without a value as missing ones',
    '[a]\ntitle =\nname = Ada\nfeed =\nxml_url = https://a.example/f\nlink =\nurl = https://a.example/\n[https://b.example/f]\nname = B\nlink =\n',
    { feeds: [{ url: 'https://a.example/f', title: 'Ada', home: 'https://a.example/' }, { title: 'B' }] },
  ],
  [
    'no language of a locale that is none, and an owner who has only an address',
    '[Planet]\nname = T\nlink = https://t.example/\nowner_email = t@t.example\nlocale = C\nitems_per_page =\ndescription =\n[https://a.example/f]\nname = A\n',
    { title: 'T', owner: { name: 'T', email: 't@t.example' }, language: 'en' },
  ],
])('of other planets are carried over or told: %s', ([, text, gives, ...expected]) => {
  const { planet, told, yaml } = imported(text);
  expect(planet).toMatchObject(gives);
  expect(yaml).not.toContain('secret');
  expect(yaml.includes('home:')).toBe(JSON.stringify(gives).includes('"home":'));
  expect(told.filter((line) => !/^no (?:name|address) of the planet/.test(line))).toEqual(expected);
});

test.for([
  ['face = https://a.example/me.png', 'https://a.example/me.png'],
  ['avatar = https://a.example/me.png', 'https://a.example/me.png'],
  // A file of a planet whose address is not said, and one of Pluto’s.
  ['face = me.png', undefined],
  ['avatar = me.png', undefined],
] as const)('a picture is carried over, or told: %s', ([text, avatar]) => {
  const { planet, told } = imported(`[https://a.example/feed]\nname = A\n${text}\n`);
  expect(planet.feeds[0]?.avatar).toBe(avatar);
  const [option] = text.split(' ');
  const put = `${option}: put the picture into avatars/ and add "avatar" to the feed (A)`;
  expect(told.filter((line) => /^(?:face|avatar)/.test(line))).toEqual(avatar ? [] : [put]);
});

test('Pluto’s sections name the feeds', () => {
  const rails = '[rails]\n  title = Rails\n  link = http://rails.example/\n  feed = http://a.example/rss\n';
  const lang = '[rubylang]\n  title = Ruby Lang News\n  feed = https://lang.example/feed\n';
  const { planet } = imported(`title = Planet Ruby\nurl = https://ruby.example\n\n${lang}\n${rails}`);
  expect(planet).toMatchObject({ title: 'Planet Ruby', site: 'https://ruby.example/' });
  expect(planet.feeds).toMatchObject([
    { id: 'ruby-lang-news', title: 'Ruby Lang News', url: 'https://lang.example/feed', authors: 'entry' },
    { id: 'rails', title: 'Rails', url: 'http://a.example/rss', home: 'http://rails.example/', authors: 'entry' },
  ]);
  expect(planet.feeds[0]).not.toHaveProperty('home');
});

const noSetting = (option: string) => `${option}: a feed has no such setting here (A)`;
const finds = 'that finds whole words, only in titles, summaries and categories';
const FEED = 'feed = https://a.example/feed';
const HOME = 'https://a.example/';
test.for<[text: string, feed: object, ...told: string[]]>([
  [
    `${FEED}\nincludes = ruby, github pages\nexclude = jobs|hiring`,
    { include: ['ruby', 'github pages'], exclude: ['jobs', 'hiring'], authors: 'entry' },
    ...['include', 'exclude'].map((list) => `${list}s, converted to "${list}": ${finds} (A)`),
  ],
  [`xml_url = ${HOME}feed\nhtml_url = ${HOME}`, { url: `${HOME}feed`, home: HOME }],
  [`feed_url = ${HOME}feed`, { url: `${HOME}feed` }],
  [`${FEED}\nurl = ${HOME}`, { home: HOME }],
  [`${FEED}\nurl = https://u:secret@a.example/`, { home: HOME }],
  [`${FEED}\nsite_url = ${HOME}`, { home: HOME }],
  [
    `${FEED}\nauthor = Ada\ngithub = ada\ntwitter = ada`,
    { url: `${HOME}feed` },
    ...['author', 'github', 'twitter'].map(noSetting),
  ],
])('of Pluto’s feeds are carried over or told: %j', ([text, feed, ...expected]) => {
  const about = 'title = P\nowner = Ada\nurl = https://p.example/ruby.ini\n';
  const { planet, told } = imported(`${about}[a]\ntitle = A\n${text}\n`);
  expect(planet).toMatchObject({ title: 'P', site: 'https://example.org/', owner: { name: 'Ada' }, feeds: [feed] });
  expect(told.filter((line) => !/^(?:no longer needed \(url\)|no address of the planet)/.test(line))).toEqual(expected);
  const options = text.split('\n').map((line) => line.replace(' = ', ': '));
  const yaml = imported(`title: P\nfeeds: [a]\na:\n  title: A\n  ${options.join('\n  ')}\n`);
  expect(yaml.planet.feeds).toEqual(planet.feeds);
  expect(yaml.told).toEqual(expect.arrayContaining(expected));
});

test('OPML is read however deep, broken and spelt, and a page or what is no XML is refused', () => {
  const { planet, told } = imported(`\ufeff \n<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE opml [<!ENTITY x "y">]><!-- subscriptions -->
<opml version="1.1"><head><title>Ours & theirs</title><ownerName>Ada</ownerName><ownerEmail>ada@a.example</ownerEmail></head>
<body><outline text="Friends"><outline title="Near">
    <outline text="Ren&eacute; & Zo&#235;" title="x" type="rss" xmlUrl="http://a.example/feed?a=1&b=2" htmlUrl="http://a.example/"/>
  </outline></outline>
  <outline title="B" xmlurl="https://b.example/feed" htmlUrl="none"></outline>
  <outline text="C" type="rss" category="/clocks" url="https://c.example/feed"/>
  <outline text="a note"/><outline text="" xmlUrl=" https://d.example/feed "/>
  <outline text="again" xmlUrl="feed://b.example/feed"/></body></opml>`);
  expect(planet).toMatchObject({ title: 'Ours & theirs', owner: { name: 'Ada' } });
  expect(planet.owner).not.toHaveProperty('email');
  expect(planet.feeds).toMatchObject([
    { id: 'rene-and-zoe', title: 'René & Zoë', url: 'http://a.example/feed?a=1&b=2', home: 'http://a.example/' },
    ...['b', 'c'].map((id) => ({ title: id.toUpperCase(), url: `https://${id}.example/feed` })),
    { id: 'd-example', title: 'd.example', url: 'https://d.example/feed' },
  ]);
  for (const line of [
    'headings in the list: this planet has only one list (Friends / Near)',
    'outlines without the address of a feed (a note)',
    'e-mail address of the owner: write it as "owner.email" if the planet may publish it (ada@a.example)',
    'category: a feed has no such setting here (C)',
    'feeds that are listed twice, added once (again: http://b.example/feed)',
    'pages of feeds that are not addresses (B: none)',
  ])
    expect(told).toContain(line);
  expect(readText('<html><body><p>x</p></body></html>', '.opml')).toMatch(/web page/);
  expect(readText('< not xml', '.opml')).toMatch(/^it is not XML/);
});

test('osmosfeed’s sources are feeds', () => {
  const { planet, told } = imported(
    'cacheUrl: https://ada.example/planet/cache.json\nsiteTitle: "osmos: ours"\ntimezone: Europe/Paris\ncacheMaxDays: 30\ntheme: dark\nsources:\n  - href: https://a.example/feed/\n  - href: "https://b.example/atom.xml"\n    note: x\n  - https://c.example/feed\n  - {}\n',
  );
  expect(planet).toMatchObject({ title: 'osmos: ours', site: 'https://ada.example/planet/', timezone: 'Europe/Paris' });
  expect(planet.feeds.map(({ id, url }) => `${id} ${url}`)).toEqual([
    'a-example https://a.example/feed/',
    'b-example https://b.example/atom.xml',
    'c-example https://c.example/feed',
  ]);
  expect(told.toSorted()).toEqual([
    'feeds of the list without an address ({})',
    'no longer needed (cacheMaxDays)',
    'no name, so the host is: write "title" and "id" before the first snapshot; "npm run planet -- check" shows their own titles (https://a.example/feed/, https://b.example/atom.xml, https://c.example/feed)',
    'note: a feed has no such setting here (https://b.example/atom.xml)',
    'the look: templates are not converted (theme)',
  ]);
});

test('the words of strangers cannot become settings', () => {
  const { planet } = imported(
    '[Planet]\nname = x\n  - evil: 1\n[http://a.example/feed]\nname = a\n  feeds:\n  - id: evil\n[http://b.example/#x: y]\nname = - "\'{}[]&*!|>%@`\n',
  );
  expect(planet.feeds.map(({ title }) => title)).toEqual(['a feeds: - id: evil', '- "\'{}[]&*!|>%@`']);
});

test('a planet.yaml that is there is added to or kept, never lost', async () => {
  await using folder = await aFolder(
    'title: Mine # note\ndescription: D\nsite: https://mine.example/\nfeeds:\n  - id: a\n    title: A\n    url: https://a.example/feed\n',
  );
  const before = await readFile(join(folder.path, 'planet.yaml'), 'utf8');
  await folder.write(
    'custom/people.opml',
    '<opml><body><outline text="Ann" xmlUrl="http://www.a.example/feed/" isDown=""/><outline text="Bea" xmlUrl="https://b.example/feed" isDown=""/></body></opml>',
  );
  const moon = 'url: http://moon.example/\nname: Moon\nlocale: fr\nitems: 10\ncategories: python, plone\ndebug: 1\n';
  await folder.write('custom/config.yml', moon);
  // A feed that the planet once followed: its entries need its id.
  await folder.write('archive/feeds.json', JSON.stringify({ former: newFeedState('http://b.example/feed/') }));
  const env = { PLANET_CONTENT: folder.path };
  const doImport = (...args: string[]) => planetHere(['import', join(folder.path, 'custom/people.opml'), ...args], env);
  const text = () => readFile(join(folder.path, 'planet.yaml'), 'utf8');

  const refused = await doImport();
  expect(refused.stderr).toContain('already exists. --add adds the feeds to it; --force replaces it');
  expect(refused.code).toBe(1);
  expect(await text()).toBe(before);

  const added = await doImport('--add');
  expect(added.stdout).toMatch(
    / 1 feed added, 1 already followed\. Its settings were not changed\.\n.*\n {2}- categories, .*\(Ann, Bea\)\n$/,
  );
  expect(await text()).toBe(
    `${before}  - id: former\n    title: Bea\n    url: https://b.example/feed\n    authors: feed\n    include: [python, plone]\n`,
  );

  const longer = await text();
  const forced = await doImport('--force');
  expect(forced.stdout).toMatch(
    /planet\.yaml\.old\.\nNot converted, or only in part:\n {2}- no longer needed \(debug\)\n {2}- categories, converted to "include"/,
  );
  expect(await readFile(join(folder.path, 'planet.yaml.old'), 'utf8')).toBe(longer);
  const feeds = [{ id: 'ann' }, { id: 'former' }];
  const settings = { title: 'Moon', site: 'http://moon.example/', language: 'fr', river: { entries: 10 }, feeds };
  expect(parse(await text())).toMatchObject(settings);

  const cannot = expect.stringContaining("option '--add' cannot be used with option");
  for (const others of [['--force'], ['--output', 'new.yaml']])
    expect(await doImport('--add', ...others)).toMatchObject({ code: 2, stderr: cannot });
  const ofFolder = await doImport('--force', '--output', folder.path);
  expect(ofFolder).toMatchObject({ code: 1, stderr: expect.stringMatching(/ is a folder; --output needs the name/) });
  expect(parse(await text())).toMatchObject(settings);

  const shown = await doImport('--output', '-');
  expect(parse(shown.stdout)).toMatchObject({ title: 'Moon' });
  const output = join(folder.path, 'new/planet.yaml');
  const written = await doImport('--output', output);
  expect(written.stdout).toMatch(/^Written: .*new\/planet\.yaml, with 2 feeds\.\n[\s\S]*\nNow "npm/);
  expect(await readFile(output, 'utf8')).toBe(shown.stdout);
  const old = '<opml><body><outline text="A" xmlUrl="gopher://a.example/"/></body></opml>';
  await folder.write('old.opml', old);
  const unusable = await planetHere(['import', join(folder.path, 'old.opml'), '--force'], env);
  const nothing = expect.stringMatching(/no feed in it can be followed[\s\S]*gopher:/);
  expect(unusable).toMatchObject({ code: 1, stderr: nothing });
  expect(parse(await text())).toMatchObject(settings);
  const none = await planetHere(['import', 'no/such.ini']);
  expect(none.stderr).toBe('no/such.ini cannot be read: there is no such file\n');
});

test('each list of a feed is written on one line', () => {
  const lists = { include: ['a', 'b'], exclude: ['c'], only: ['en', 'fr'], by: ['Ada'] };
  const lines = feedLines({ id: 'x', title: 'X', url: 'x.xml', ...lists }, {});
  expect(lines.slice(3)).toEqual(['  include: [a, b]', '  exclude: [c]', '  by: [Ada]', '  only: [en, fr]']);
});

test('a feed that is gone is not imported as one that is paused too', () => {
  const gone = '{ title: A, url: https://a.example/f, gone: true }';
  const paused = '{ title: B, url: https://b.example/f, paused: true }';
  const { yaml } = imported(`title: T\nsite: https://t.example/\nfeeds: [${gone}, ${paused}]\n`);
  expect(yaml.match(/(?:gone|paused): .*/g)).toEqual(['gone: true', 'paused: true']);
});

test.for([
  ['go.ini', '[ann]\ntitle = Ann\nrss = https://a.example/f\n', 'without "feed", the address (ann, title, rss)'],
  ['list.yml', 'title: T\nsources:\n  - { link: https://a.example/f }\n', 'feeds of the list without an address ('],
  ['feeds.txt', 'https://a.example/f\nhttps://b.example/f\n', 'it has no "key: value" lines'],
  ['feeds.json', '{"version": "1", "items": []}', 'it names no feed'],
] as const)('of a file without feeds, %s, import says why, and what it reads', async ([name, text, why]) => {
  await using folder = await aFolder('');
  await folder.write(name, text);
  const { code, stderr } = await planetHere(['import', join(folder.path, name)]);
  expect(code).toBe(1);
  expect(stderr).toContain(why);
  expect(stderr).toContain('These can be read: config.ini of Planet Planet');
});

/** After new ends of lines, or old ones. */
const named = (name: string, end = '\n') => `[https://a.example/f]${end}name = ${name}${end}`;
const guess = ['not UTF-8, and read as Windows-1252: check the names (config.ini)'];
test.for<[encoding: string, text: string, title: string, told: string[]]>([
  ['that its first lines name', `# -*- coding: iso-8859-2 -*-\n${named('\xa3\xf3d\xbc')}`, 'Łódź', []],
  ['that nothing names', named('Ren\xe9'), 'René', guess],
  ['that only a later line names', `${named('Ren\xe9', '\r')}# coding: koi8-r\r`, 'René', guess],
  ['that is not the one that it names', `# coding=utf8\n${named('Ren\xe9')}`, 'René', guess],
  [
    'of XML',
    `<?xml version="1.0" encoding="iso-8859-2"?>${opmlOf(feedAt.replace(' ', ' text="\xa3\xf3d\xbc" '))}`,
    'Łódź',
    [],
  ],
  ['of two bytes', '\xff\xfe[\0h\0t\0t\0p\0:\0/\0/\0a\0]\0\n\0n\0a\0m\0e\0=\0\xe9\0', 'é', []],
])('import reads a file in an encoding %s', async ([, text, title, told]) => {
  await using folder = await aFolder('');
  const path = join(folder.path, 'config.ini');
  await writeFile(path, text, 'latin1');
  const { feeds, losses } = await readOther(path);
  expect(feeds.map((feed) => feed.title)).toEqual([title]);
  expect(losses.lines(feeds)).toEqual(told);
});

const unread = /^config\.yml beside the list was not read \(it is not YAML: Nested mappings/;
const notYaml: string = expect.stringMatching(unread);
const untitled = 'name: Untitled\nurl: http://example.com/\nlocale: fr\n';
test.for<[of: string, config: string | null, page: object, told: string[]]>([
  [
    'with settings',
    'name: Moon\nurl: https://m.example/\nitems: 5\nrefresh: 240\nnohtml: 0\nshuffle: 1\n',
    { title: 'Moon', site: 'https://m.example/', entries: '5' },
    ['no longer needed (refresh)', 'unknown settings (shuffle)'],
  ],
  ['with the settings that it came with', untitled, { title: 'List', language: 'fr' }, []],
  ['with settings that are not YAML', 'name: Planet: Moon\n', { title: 'List' }, [notYaml]],
  ['without settings', null, { title: 'List' }, []],
])('a list of moonmoon %s: all in it are people', async ([, config, page, told]) => {
  await using folder = await aFolder('');
  const people = opmlOf('<outline text="Ann" xmlUrl="https://a.example/f"/>', '<title>List</title>');
  await folder.write('people.opml', people);
  if (config !== null) await folder.write('config.yml', config);
  const read = await readOther(join(folder.path, 'people.opml'));
  expect(read.page).toEqual(page);
  expect(read.feeds).toMatchObject([{ title: 'Ann', authors: 'feed' }]);
  expect(read.losses.lines(read.feeds)).toEqual(told);
});

const listOf = (outlines: string) => opmlOf(`\n${outlines}`, '<title>T</title>');
const a = '<outline text="A" xmlUrl="https://a.example/f"/>\n';
test.for([
  ['cut off in an address', `${listOf(a).split('</body>')[0]}<outline xmlUrl="https://b.`, 2],
  ['cut off before one', `${listOf(a).split('</body>')[0]}<outline text="B`, 1],
  ['with a wrong quotation mark', listOf(`<!-- xmlUrl="c" -->\n<outline text="B "x" y" xmlUrl="b"/>\n${a}`), 2],
  ['with a missing quotation mark', listOf(`<outline text="B type="rss" xmlUrl="https://b.example/f"/>\n${a}`), 2],
] as const)('of a list %s the rest is read, and the gap told', ([, text, all]) => {
  const { planet, told } = imported(text);
  expect(planet.feeds).toMatchObject([{ title: 'A' }]);
  const gap = `the file is damaged or ends in the middle: look for missing feeds (1 of ${all} could be read)`;
  expect(told).toContain(gap);
});

test('a letter that the list has lost is told, and planet.yaml can be read', () => {
  const { planet, told } = imported(listOf('<outline text="Jos\uFFFD" xmlUrl="https://jos.example/feed"/>'));
  expect(planet.feeds).toMatchObject([{ title: 'Jos\uFFFD' }]);
  expect(told).toContain('letters that the file itself has lost (Jos\uFFFD)');
});

test.for([
  ['<rss></rss>', '.opml', 'its outermost element is <rss>, not <opml>'],
  ['a: [', '.yml', 'it is not YAML: Flow sequence in block collection must be sufficiently indented'],
  ['title: *x', '.yml', 'it is not YAML: Unresolved alias (the anchor must be set before the alias): x'],
  ['hello', '', 'it has no "key: value" lines'],
] as const)('import says in a sentence why it cannot read %s', ([text, extension, says]) => {
  expect(readText(text, extension)).toContain(says);
  expect(readText(text, extension)).not.toMatch(/:$/);
});
