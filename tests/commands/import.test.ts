import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../scripts/commands/lib/config-parser.ts';
import { readText } from '../../scripts/commands/lib/import-formats.ts';
import { importedFeeds, importedSettings, planetYaml } from '../../scripts/commands/lib/import-planet-yaml.ts';
import { plainWords } from '../../scripts/commands/lib/imported.ts';
import type { Planet } from '../../src/core/planet.ts';
import { readPlanet } from '../../src/core/planet-file.ts';
import { aFolder, run } from '../lib/planet.ts';

/** What becomes of a text, as the planet that it makes and the lines that are told. */
function imported(text: string, extension = ''): { planet: Planet; told: string[]; yaml: string } {
  const other = readText(text, extension);
  if (typeof other === 'string') throw new Error(other);
  const from = { from: 'x', schema: null, losses: other.losses };
  const yaml = planetYaml(importedSettings(other), importedFeeds(other, new Set()), from);
  const read = readPlanet(yaml);
  if (read.kind === 'mistakes') throw new Error(JSON.stringify(read.mistakes));
  return { planet: read.planet, told: other.losses.lines(), yaml };
}

const feedsIn = (text: string, extension?: string) =>
  imported(text, extension).planet.feeds.map(({ id, title, url, home, authors }) => ({
    id,
    title,
    url,
    home,
    authors,
  }));

describe('the dialect of Python’s ConfigParser', () => {
  const read = (text: string) =>
    Object.fromEntries([...readConfig(text)].map(([name, options]) => [name, Object.fromEntries(options)]));

  test.for([
    {
      of: 'comments',
      text: '# a\n; b\n[x]\n# c = d\nkey = v ; note\nother = a#b;c\n',
      gives: { x: { key: 'v', other: 'a#b;c' } },
    },
    {
      of: 'colons and equal signs',
      text: '[x]\na: 1\nb=2\nc : http://d.example/?e=f\n',
      gives: { x: { a: '1', b: '2', c: 'http://d.example/?e=f' } },
    },
    {
      of: 'lines that go on',
      text: '[x]\na = one\n  two\n\tthree\n\n  four\nb = 5\n',
      gives: { x: { a: 'one\ntwo\nthree\nfour', b: '5' } },
    },
    {
      of: 'sections that come twice',
      text: '[x]\na = 1\nb = 1\n[y]\n[x]\nb = 2\n',
      gives: { x: { a: '1', b: '2' }, y: {} },
    },
    {
      of: 'defaults and names',
      text: '[DEFAULT]\nroot = /srv\ncss = %(root)s/%(style)s\nstyle = a\n[x]\nstyle = b\nodd = 100%% %(none)s %B\n',
      gives: { x: { root: '/srv', css: '/srv/b', style: 'b', odd: '100%% %(none)s %B' } },
    },
    { of: 'a name that stands for itself', text: '[x]\na = %(a)s!\n', gives: { x: { a: `%(a)s${'!'.repeat(11)}` } } },
    { of: 'Windows’ ends of lines', text: '[x]\r\nA = b\r\n', gives: { x: { a: 'b' } } },
    {
      of: 'indented options, as Pluto writes them',
      text: 'title = T\n\n[x]\n  title = X\n  link  = http://x.example\n[y]\n  title = Y\n',
      gives: { '': { title: 'T' }, x: { title: 'X', link: 'http://x.example' }, y: { title: 'Y' } },
    },
  ])('knows $of', ({ text, gives }) => {
    const { '': top, ...sections } = read(text);
    expect(top && Object.keys(top).length > 0 ? { '': top, ...sections } : sections).toEqual(gives);
  });
});

test.for([
  { expression: 'python|plone', words: ['python', 'plone'] },
  { expression: '(?i)\\b(python|zope 3)\\b', words: ['python', 'zope 3'] },
  { expression: '.*plone\\.org.*', words: ['plone.org'] },
  { expression: '(?:c\\+\\+)', words: ['c++'] },
  { expression: 'pytho?n', words: null },
  { expression: '\\[ANN\\]', words: ['[ANN]'] },
  { expression: '^Re', words: null },
  { expression: 'a.c', words: null },
  { expression: '(a|b)(c|d)', words: null },
  { expression: '', words: null },
])('the expression $expression is the words $words', ({ expression, words }) => {
  expect(plainWords(expression)).toEqual(words);
});

describe('Planet Planet and Venus', () => {
  test('sections are feeds, their names are who writes, and the page’s settings are carried over', () => {
    const { planet, told } = imported(`
# Planet's configuration
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
      title: 'Planet Schmanet',
      site: 'http://planet.schmanet.example/',
      owner: { name: 'Janet W.' },
      language: 'pt-BR',
      hub: 'https://pubsubhubbub.appspot.com/',
      river: { entries: 60, entriesPerFeed: 2 },
    });
    expect(planet.feeds).toMatchObject([
      {
        id: 'scott-the-blog-1',
        title: 'Scott: the "blog" # 1',
        url: 'http://a.example/blog/index.rss',
        home: 'http://a.example/',
        avatar: 'http://planet.schmanet.example/images/keybuk.png',
        authors: 'feed',
        exclude: ['hiring', 'jobs'],
      },
      {
        id: 'b-example',
        title: 'b.example',
        url: 'http://b.example/?flav=rss',
        authors: 'entry',
        include: ['python', 'plone'],
      },
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
      'values that are not valid as "email" (janet at schmanet.example)',
    ])
      expect(lines).toContain(kind);
    expect(told.filter((line) => line.startsWith('face'))).toHaveLength(1);
  });

  test('a file with next to nothing in it still makes a planet', () => {
    const { planet, told } = imported(
      '[http://a.example/feed]\n[http://a.example/feed]\n[https://a.example/feed/]\nname=\n',
    );
    expect(planet).toMatchObject({ title: 'A planet', site: 'https://example.org/' });
    expect(planet.feeds.map(({ id }) => id)).toEqual(['a-example', 'a-example-2']);
    expect(told.join()).toContain('no address of the planet: write it as "site"');
  });
});

test.for([
  { of: 'an address in Venus', text: 'face = https://a.example/me.png', avatar: 'https://a.example/me.png', told: [] },
  { of: 'Pluto’s', text: 'avatar = https://a.example/me.png', avatar: 'https://a.example/me.png', told: [] },
  {
    of: 'a file of a planet whose address is not said',
    text: 'face = me.png',
    avatar: undefined,
    told: ['face: put the picture into avatars/ and add "avatar" to the feed (A)'],
  },
  {
    of: 'a file of Pluto’s',
    text: 'avatar = me.png',
    avatar: undefined,
    told: ['avatar: put the picture into avatars/ and add "avatar" to the feed (A)'],
  },
])('a picture is carried over: $of', ({ text, avatar, told: expected }) => {
  const { planet, told } = imported(`[https://a.example/feed]\nname = A\n${text}\n`);
  expect(planet.feeds[0]?.avatar).toBe(avatar);
  expect(told.filter((line) => /^(?:face|avatar)/.test(line))).toEqual(expected);
});

test('Pluto’s sections name the feeds, in INI and in YAML', () => {
  const ini =
    'title = Planet Ruby\nurl = https://ruby.example\n\n[rubylang]\n  title = Ruby Lang News\n  link  = http://www.ruby-lang.org/en/news\n  feed  = http://www.ruby-lang.org/en/feeds/news.rss\n\n[rails]\n  title = Rails\n  feed = https://rails.example/feed\n';
  expect(feedsIn(ini)).toEqual([
    {
      id: 'ruby-lang-news',
      title: 'Ruby Lang News',
      url: 'http://www.ruby-lang.org/en/feeds/news.rss',
      home: 'http://www.ruby-lang.org/en/news',
      authors: 'entry',
    },
    { id: 'rails', title: 'Rails', url: 'https://rails.example/feed', home: undefined, authors: 'entry' },
  ]);
  expect(imported(ini).planet).toMatchObject({ title: 'Planet Ruby', site: 'https://ruby.example' });
  const yml =
    'title: Planet Ruby\nfeeds:\n  - rubyflow\nrubyflow:\n  title: Ruby Flow\n  feed_url: http://feeds.example/Rubyflow?format=xml\n  url: http://rubyflow.com\n';
  expect(feedsIn(yml, '.yml')).toEqual([
    {
      id: 'ruby-flow',
      title: 'Ruby Flow',
      url: 'http://feeds.example/Rubyflow?format=xml',
      home: 'http://rubyflow.com',
      authors: 'entry',
    },
  ]);
});

test.for([
  {
    of: 'lists of words',
    text: 'feed = https://a.example/feed\nincludes = ruby, github pages\nexclude = jobs|hiring',
    feed: { include: ['ruby', 'github pages'], exclude: ['jobs', 'hiring'], authors: 'entry' },
    told: [
      'includes, converted to "include": that finds whole words, only in titles, summaries and categories (A)',
      'excludes, converted to "exclude": that finds whole words, only in titles, summaries and categories (A)',
    ],
  },
  {
    of: 'other names of options',
    text: 'xml_url = https://a.example/feed\nhtml_url = https://a.example/',
    feed: { url: 'https://a.example/feed', home: 'https://a.example/' },
    told: [],
  },
  {
    of: 'the page',
    text: 'feed = https://a.example/feed\nurl = https://a.example/',
    feed: { home: 'https://a.example/' },
    told: [],
  },
  {
    of: 'a repository at GitHub',
    text: 'github = jekyll/jekyll',
    feed: { url: 'https://github.com/jekyll/jekyll/commits.atom', home: 'https://github.com/jekyll/jekyll' },
    told: [],
  },
  {
    of: 'a package at RubyGems',
    text: 'rubygems = jekyll\nlink = https://jekyllrb.com/',
    feed: { url: 'https://rubygems.org/gems/jekyll/versions.atom', home: 'https://jekyllrb.com/' },
    told: [],
  },
  {
    of: 'facts about the person',
    text: 'feed = https://a.example/feed\nauthor = Ada\ngithub = ada\ntwitter = ada',
    feed: { url: 'https://a.example/feed' },
    told: ['author', 'github', 'twitter'].map((option) => `${option}: a feed has no such setting here (A)`),
  },
])('of Pluto’s feeds are carried over or told: $of', ({ text, feed, told: expected }) => {
  const about = 'title = P\nowner = Ada\nurl = https://p.example/ruby.ini\n';
  const { planet, told } = imported(`${about}[a]\ntitle = A\n${text}\n`);
  expect(planet).toMatchObject({ title: 'P', site: 'https://example.org/', owner: { name: 'Ada' }, feeds: [feed] });
  expect(told.filter((line) => !/^(?:no longer needed \(url\)|no address of the planet)/.test(line))).toEqual(expected);
  const options = text.split('\n').map((line) => line.replace(' = ', ': '));
  const yaml = imported(`title: P\nfeeds: [a]\na:\n  title: A\n  ${options.join('\n  ')}\n`, '.yml');
  expect(yaml.planet.feeds).toEqual(planet.feeds);
  expect(yaml.told).toEqual(expect.arrayContaining(expected));
});

describe('OPML', () => {
  test('is read however deep, broken and spelt', () => {
    const { planet, told } = imported(`\ufeff \n<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE opml [<!ENTITY x "y">]>
<!-- subscriptions -->
<opml version="1.1"><head><title>Ours & theirs</title><ownerName>Ada</ownerName><ownerEmail>ada@a.example</ownerEmail></head>
<body>
  <outline text="Friends"><outline title="Near">
    <outline text="Ren&eacute; & Zo&#235;" title="x" type="rss" xmlUrl="http://a.example/feed?a=1&b=2" htmlUrl="http://a.example/"/>
  </outline></outline>
  <outline title="B" xmlurl="https://b.example/feed" htmlUrl="none"></outline>
  <outline text="C" type="rss" category="/clocks" url="https://c.example/feed"/>
  <outline text="a note"/>
  <outline text="" xmlUrl=" https://d.example/feed "/>
  <outline text="again" xmlUrl="https://b.example/feed"/>
</body></opml>`);
    expect(planet).toMatchObject({ title: 'Ours & theirs', owner: { name: 'Ada', email: 'ada@a.example' } });
    expect(planet.feeds).toMatchObject([
      { id: 'rene-and-zoe', title: 'René & Zoë', url: 'http://a.example/feed?a=1&b=2', home: 'http://a.example/' },
      { title: 'B', url: 'https://b.example/feed' },
      { title: 'C', url: 'https://c.example/feed' },
      { id: 'd-example', title: 'd.example', url: 'https://d.example/feed' },
    ]);
    expect(told).toEqual(
      expect.arrayContaining([
        'headings in the list: this planet has only one list (Friends / Near)',
        'outlines without the address of a feed (a note)',
        'category: a feed has no such setting here (C)',
        'feeds that are listed twice, added once (https://b.example/feed)',
        'pages of feeds that are not addresses (B: none)',
      ]),
    );
  });

  test('that is a page or no XML is refused', () => {
    expect(readText('<html><body><p>x</p></body></html>', '.opml')).toMatch(/web page/);
    expect(readText('< not xml', '.opml')).toMatch(/^it is not XML/);
  });
});

test('osmosfeed’s sources are feeds', () => {
  const { planet, told } = imported(
    'cacheUrl: https://ada.example/planet/cache.json\nsiteTitle: "osmos: ours"\ntimezone: Europe/Paris\ncacheMaxDays: 30\ntheme: dark\nsources:\n  - href: https://a.example/feed/\n  - href: "https://b.example/atom.xml"\n    note: x\n  - https://c.example/feed\n  - {}\n',
    '.yaml',
  );
  expect(planet).toMatchObject({ title: 'osmos: ours', site: 'https://ada.example/planet/', timezone: 'Europe/Paris' });
  expect(planet.feeds.map(({ id, url }) => [id, url])).toEqual([
    ['a-example', 'https://a.example/feed/'],
    ['b-example', 'https://b.example/atom.xml'],
    ['c-example', 'https://c.example/feed'],
  ]);
  expect(told.toSorted()).toEqual([
    'no longer needed (cacheMaxDays)',
    'note: a feed has no such setting here (https://b.example/atom.xml)',
    'sources without href ({})',
    'unknown settings (theme)',
  ]);
});

test('the words of strangers cannot become settings', () => {
  const { planet } = imported(
    '[Planet]\nname = x\n  - evil: 1\n[http://a.example/feed]\nname = a\n  feeds:\n  - id: evil\n[http://b.example/#x: y]\nname = - "\'{}[]&*!|>%@`\n',
  );
  expect(planet.feeds.map(({ title }) => title)).toEqual(['a feeds: - id: evil', '- "\'{}[]&*!|>%@`']);
});

/** The kind of file that Planet Python has: 567 feeds, some of them by one name. */
function largePlanet(): { ini: string; feeds: [url: string, name: string][] } {
  const kinds = [
    'http://%.example/feeds/posts/default/-/python',
    'https://%.example/blog/index.atom?category=python',
    'http://feeds.example/%',
  ];
  const feeds = Array.from({ length: 567 }, (_, index): [string, string] => [
    kinds[index % 3]?.replace('%', `blog-${index}`) ?? '',
    index % 50 === 0 ? 'Zoë "Z" Грин: notes, mostly' : `Writer No. ${index}`,
  ]);
  const head =
    '[Planet]\nname = Planet Cobra\nlink = http://planet.example/\nowner_name = The Cobra Society\nowner_email = planet@cobra.example\nitems_per_page = 25\ncache_directory = /srv/cache\n';
  return { ini: `${head}${feeds.map(([url, name]) => `\n[${url}]\nname = ${name}\n`).join('')}`, feeds };
}

test('567 feeds become a planet.yaml that validates, with every feed, name and setting that has a counterpart', async () => {
  await using folder = await aFolder('');
  const { ini, feeds } = largePlanet();
  await folder.write('config.ini', ini);
  const output = join(folder.path, 'new/planet.yaml');
  const { code, stdout } = await run([
    'scripts/planet.ts',
    'import',
    join(folder.path, 'config.ini'),
    '--output',
    output,
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^Written: .*planet\.yaml, with 567 feeds\.\nNot converted, or only in part:\n {2}- no longer needed/,
  );
  const read = readPlanet(await readFile(output, 'utf8'));
  if (read.kind === 'mistakes') throw new Error(JSON.stringify(read.mistakes));
  expect(read.planet.feeds.map(({ url, title }) => [url, title])).toEqual(feeds);
  expect(read.planet).toMatchObject({
    title: 'Planet Cobra',
    site: 'http://planet.example/',
    owner: { name: 'The Cobra Society', email: 'planet@cobra.example' },
    river: { entries: 25 },
  });
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
  await folder.write(
    'custom/config.yml',
    'url: http://moon.example/\nname: Moon\nlocale: fr\nitems: 10\ncategories: python, plone\n',
  );
  const doImport = (...args: string[]) =>
    run(['scripts/planet.ts', 'import', join(folder.path, 'custom/people.opml'), ...args], {
      PLANET_CONTENT: folder.path,
    });
  const text = () => readFile(join(folder.path, 'planet.yaml'), 'utf8');

  const refused = await doImport();
  expect(refused.stderr).toContain('already exists. --add adds the feeds to it; --force replaces it');
  expect(refused.code).toBe(1);
  expect(await text()).toBe(before);

  const added = await doImport('--add');
  expect(added.stdout).toContain('1 feed added, 1 already followed. Its settings were not changed.');
  expect(await text()).toBe(
    `${before}  - id: bea\n    title: Bea\n    url: https://b.example/feed\n    authors: feed\n    include: [python, plone]\n`,
  );

  const longer = await text();
  const forced = await doImport('--force');
  expect(forced.stdout).toContain('planet.yaml.old');
  expect(await readFile(join(folder.path, 'planet.yaml.old'), 'utf8')).toBe(longer);
  expect(parse(await text())).toMatchObject({
    title: 'Moon',
    site: 'http://moon.example/',
    language: 'fr',
    river: { entries: 10 },
  });

  const shown = await doImport('--output', '-');
  expect(parse(shown.stdout)).toMatchObject({ title: 'Moon' });
  const none = await run(['scripts/planet.ts', 'import', 'no/such.ini']);
  expect(none.stderr).toBe('no/such.ini cannot be read: there is no such file\n');
});
