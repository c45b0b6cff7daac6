import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { namedFeeds, usualAddresses } from '../../scripts/commands/lib/feed-discovery.ts';
import { type FeedServer, rss, serveFeeds } from '../lib/feed-server.ts';
import { aFolder, planetYaml, run } from '../lib/planet.ts';
import { hasTerminals, runInTerminal } from '../lib/terminal.ts';

const NOW = String(Date.UTC(2026, 0, 30) / 1000);
const head = '# Ours.\ntitle: T # the title\ndescription: D\nsite: https://planet.example/\n';

async function aPlanet(answers: FeedServer['answers'], yaml: string | ((server: FeedServer) => string)) {
  const server = await serveFeeds(answers);
  const folder = await aFolder(typeof yaml === 'string' ? yaml : yaml(server));
  onTestFinished(async () => {
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });
  const env = { PLANET_CONTENT: folder.path, PLANET_ALLOW_PRIVATE: server.host, SOURCE_DATE_EPOCH: NOW };
  const add = (...args: string[]) => run(['scripts/planet.ts', 'add', ...args], env);
  const text = () => readFile(join(folder.path, 'planet.yaml'), 'utf8');
  return { server, folder, add, text, env };
}

const post = (number: number, over: object = {}) => ({
  title: `Post ${number}`,
  link: `https://ada.example/${number}`,
  ...over,
});
const page = (links: string) =>
  `<!doctype html><html><head><title>A</title>${links}</head><body><p>Hello</p></body></html>`;

test('a page is enough: its feed is found, shown by every rule, and its lines are added to a planet that follows nobody yet', async () => {
  const posts = Array.from({ length: 7 }, (_, index) =>
    post(index, { date: `Fri, ${10 + index} Jan 2026 08:00:00 GMT`, title: `Bob: Post ${index}` }),
  );
  const { server, add, text } = await aPlanet(
    {
      '/blog/': page(
        '<link rel="alternate" type="application/rss+xml" title="A » Comments" href="comments.xml"><link rel="alternate" type="application/atom+xml" href="../posts.xml">',
      ),
      '/blog/comments.xml': rss([post(90)]).replace('<title>T<', '<title>Comments on A<'),
      '/posts.xml': rss(posts).replace('<title>T<', '<title>Ada’s notes: \n one &amp; two<'),
    },
    `${head}feeds:\n# The end.\n`,
  );
  const { code, stdout, stderr } = await add(server.url('/blog/'));
  expect(stderr).toBe(
    ['/blog/', '/blog/comments.xml', '/posts.xml'].map((path) => `trying ${server.url(path)}\n`).join(''),
  );
  const lines = `- id: adas-notes-one-and-two\n  title: "Ada’s notes: one & two"\n  url: ${server.url('/posts.xml')}\n  authors: feed\n`;
  expect(stdout).toContain(
    'Ada’s notes: one & two: 7 entries\n\n2026-01-16  Bob: Post 6\n    Ada’s notes: one & two · full text, 5 characters · https://ada.example/6\n    authors by entry: nobody · title: Bob · [feed]: Ada’s notes: one & two\n',
  );
  expect(stdout.match(/^2026-01-/gm)).toHaveLength(5);
  expect(stdout).toContain(
    `Another feed of this page: Comments on A, 1 entry of comments: ${server.url('/blog/comments.xml')}`,
  );
  expect(stdout).toContain(`\n${lines}`);
  expect(stdout).toMatch(/Added to .*planet\.yaml, line 6\./);
  expect(code).toBe(0);
  expect(await text()).toBe(`${head}feeds:\n${lines.replace(/^(?=.)/gm, '  ')}# The end.\n`);
});

test('a planet feed gets the rule of its titles, options win over proposals, and --dry-run writes nothing', async () => {
  const titles = [
    'Ada Lovelace: On engines',
    'Grace Hopper: Bugs',
    'Ada Lovelace: More: engines',
    'Alan Turing: Oracles',
  ];
  const { server, add, text } = await aPlanet(
    { '/feed': rss(titles.map((title, index) => ({ title, link: `https://x.example/${index}` }))) },
    `${head}feeds:\n  - id: t\n    title: X\n    url: x.xml\n`,
  );
  const before = await text();
  const dry = await add(server.url('/feed'), '--dry-run');
  // The channel is called "T", and that id is taken.
  expect(dry.stdout).toContain('- id: t-2\n  title: T\n');
  expect(dry.stdout).toContain('  authors: title\n');
  expect(dry.stdout).toContain('was not changed');
  expect(await text()).toBe(before);
  const bad = await add(server.url('/feed'), '--id', 'Not An Id');
  expect(bad.stderr).toContain('--id: is not an id; use lower-case letters');
  expect(bad.code).toBe(1);
  expect(await text()).toBe(before);
  const wished = await add(server.url('/feed'), '--id', 'people', '--title', 'The people', '--authors', 'entry');
  expect(wished.code).toBe(0);
  expect(await text()).toBe(`${before}  - id: people\n    title: The people\n    url: ${server.url('/feed')}\n`);
});

test('where a page has several feeds the operator says which, and is never waited for without a terminal', async () => {
  const { server, add, text, env } = await aPlanet(
    {
      '/': page(
        '<link rel=alternate type=application/rss+xml href=/en.xml><link rel=alternate type=application/rss+xml href=/fr.xml><link rel=alternate type=application/json href=/api>',
      ),
      '/en.xml': rss([post(1)]).replace('<title>T<', '<title>English<'),
      '/fr.xml': rss([post(2)]).replace('<title>T<', '<title>Français<'),
      '/api': '{"posts":[]}',
    },
    `${head}feeds: []\n`,
  );
  const open = await add(server.url('/'));
  expect(open.stderr).toContain(
    `choose one with --feed and its number:\n  1  English, 1 entry: ${server.url('/en.xml')}\n  2  Français, 1 entry: ${server.url('/fr.xml')}\n`,
  );
  expect(open.code).toBe(1);
  const none = await add(server.url('/'), '--feed', '3');
  expect(none.stderr).toContain('There is no feed "3".');
  const two = await add(server.url('/'), '--feed', '2');
  expect(two.code).toBe(0);
  expect(await text()).toContain('feeds:\n  - id: francais\n    title: Français\n');
  if (!hasTerminals) return;
  const before = await text();
  const answer = (typed: string) =>
    runInTerminal(['scripts/planet.ts', 'add', server.url('/')], [['Which one? ', typed]], env);
  const stopped = await answer('\u0004');
  expect(stopped.stdout).toMatch(
    /^There are several feeds:\n {2}1 {2}English.*\n.*\nWhich one\? \nStopped: nothing was written\.\n$/m,
  );
  expect(await text()).toBe(before);
  const asked = await answer('1\n');
  expect(asked.code, asked.stdout).toBe(0);
  expect(await text()).toBe(
    `${before}  - id: english\n    title: English\n    url: ${server.url('/en.xml')}\n    authors: feed\n`,
  );
});

test('a feed that no page names is looked for at the common places, and what is no feed is refused with its reason', async () => {
  const { server, add } = await aPlanet(
    { '/blog': page(''), '/blog/index.xml': rss([post(1)]), '/shop': (_, response) => response.writeHead(500).end() },
    `${head}feeds:\n  - id: x\n    title: X\n    url: x.xml\n`,
  );
  const found = await add(server.url('/blog'), '--dry-run');
  expect(found.stdout).toContain(`url: ${server.url('/blog/index.xml')}`);
  const down = await add(server.url('/shop'));
  expect(down.stderr).toContain('the server answers 500: it has a problem; this often passes.');
  expect(down.code).toBe(1);
  const word = await add('ftp://x.example/');
  expect(word.stderr).toBe('ftp://x.example/ is not an address; write it like https://blog.example.org/\n');
});

test('a feed that is followed already is said to be, by whatever address it comes', async () => {
  const feed = rss([post(1), post(2)]).replace('https://t.example/', 'https://ada.example/');
  const { server, folder, add, text, env } = await aPlanet(
    {
      '/feed': feed,
      '/old': (_, response) => response.writeHead(302, { location: '/feed' }).end(),
      '/': page('<link rel="alternate" type="application/rss+xml" href="/feed/?utm_source=x">'),
      '/feed/?utm_source=x': feed,
      '/atom': feed.replace('<item>', `<item><title>Newer</title><link>https://ada.example/3</link></item><item>`),
      '/planet': rss([post(1), post(7)]).replace('<title>T<', '<title>Planet<'),
    },
    (server) => `${head}${planetYaml({ ada: server.url('/feed') }).slice(planetYaml({}).indexOf('feeds:'))}`,
  );
  const before = await text();
  for (const path of ['/feed/', '/old', '/', '/atom']) {
    const { code, stderr } = await add(server.url(path));
    expect(stderr, path).toContain('already has this feed, as "ada"');
    expect(code, path).toBe(1);
  }
  expect(await text()).toBe(before);
  await folder.snapshot({ env });
  const other = await add(server.url('/planet'));
  expect(other.stdout).toContain('1 of its 2 entries are in ada too; each is shown once.');
  expect(other.code).toBe(0);
});

test.for([
  {
    of: 'the head',
    html: '<base href="/b/"><link rel="ALTERNATE nofollow" type="application/RSS+xml; charset=utf-8" href=a>',
    gives: ['https://x.example/b/a'],
  },
  {
    of: 'the head, not of its styles and translations',
    html: '<link rel="alternate stylesheet" type="text/css" href=a><link rel=alternate hreflang=fr href=/fr>',
    gives: [],
  },
  {
    of: 'links in the text, where the head names none',
    html: '<a href="/rss.xml">RSS</a> <a href=/feedback>f</a> <a href="javascript:/feed">x</a>',
    gives: ['https://x.example/rss.xml'],
  },
  {
    of: 'the head, each once',
    html: '<link rel=alternate type=application/atom+xml href=/a><link rel=feed href="https://x.example/a">',
    gives: ['https://x.example/a'],
  },
])('a page names feeds in $of', ({ html, gives }) => {
  expect(namedFeeds(html, 'https://x.example/p/').map(({ url }) => url)).toEqual(gives);
});

test('common places lie beside the page and at the root', () => {
  expect(usualAddresses('https://x.example/~ada/blog')).toEqual(
    expect.arrayContaining(['https://x.example/~ada/blog/feed/', 'https://x.example/atom.xml']),
  );
});
