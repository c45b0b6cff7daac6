import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { namedFeeds, usualAddresses } from '../../scripts/commands/lib/named-feeds.ts';
import { newFeedState } from '../../src/core/feed-state.ts';
import { aServedPlanet } from '../lib/a-planet.ts';
import { type FeedServer, rss, serveFeeds } from '../lib/feed-server.ts';
import { planetYaml } from '../lib/planet.ts';
import { hasTerminals, runInTerminal } from '../lib/terminal.ts';

const head = '# Ours.\ntitle: T # the title\ndescription: D\nsite: https://planet.example/\n';
const post = (number: number, over: object = {}) => {
  return { title: `Post ${number}`, link: `https://ada.example/${number}`, ...over };
};
/** A feed of this title. */
const named = (title: string, posts: Parameters<typeof rss>[0]) => rss(posts).replace('<title>T<', `<title>${title}<`);
/** A planet that follows another feed already. */
const followsT = 'feeds:\n  - id: t\n    title: X\n    url: x.xml\n';
const alternate = (href: string, type = 'rss+xml') =>
  `<link rel="alternate" type="application/${type}" href="${href}">`;
const page = (links: string) =>
  `<!doctype html><html><head><title>A</title>${links}</head><body><p>Hello</p></body></html>`;

test('a page is enough: its feed is found, shown by every rule, and its lines are added to a planet that follows nobody yet', async () => {
  const posts = Array.from({ length: 7 }, (_, index) =>
    post(index, { date: `Fri, ${10 + index} Jan 2026 08:00:00 GMT`, title: `Bob: Post ${index}` }),
  );
  const links =
    '<link rel="alternate" type="application/rss+xml" title="A » Comments" href="comments.xml"><link rel="alternate" type="application/atom+xml" href="../posts.xml">';
  const answers = {
    '/blog/': page(links),
    '/blog/comments.xml': named('Comments on A', [post(90)]),
    '/posts.xml': named('Ada’s notes: \n one &amp; two', posts),
  };
  const { server, planet, yaml } = await aServedPlanet(answers, `${head}feeds:\n# The end.\n`);
  const { code, stdout, stderr } = await planet(['add', server.url('/blog/')]);
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
  expect(await yaml()).toBe(`${head}feeds:\n${lines.replace(/^(?=.)/gm, '  ')}# The end.\n`);
});

test('a planet feed gets the rule of its titles, options win over proposals, and --dry-run writes nothing', async () => {
  // Two posts have no title, in either way in which planets write that.
  const titles =
    'Ada Lovelace: On engines|Grace Hopper: Bugs|Ada Lovelace||Ada Lovelace: More: engines|Alan Turing: Oracles'.split(
      '|',
    );
  const feed = rss(titles.map((title, index) => ({ title, link: `https://x.example/${index}` })));
  const { server, folder, planet, yaml } = await aServedPlanet({ '/feed': feed }, `${head}${followsT}`);
  const add = (...args: string[]) => planet(['add', server.url('/feed'), ...args]);
  const before = await yaml();
  const dry = await add('--dry-run');
  // The channel is called "T", and that id is taken.
  expect(dry.stdout).toContain('- id: t-2\n  title: T\n');
  expect(dry.stdout).toContain('  authors: title\n');
  expect(dry.stdout).toMatch(
    /\(no title\)\n {4}Ada Lovelace · .*\n {4}authors by entry: nobody · \[title\]: Ada Lovelace · feed/,
  );
  expect(dry.stdout).toContain('was not changed');
  const stderr = expect.stringContaining('--id: is not an id; use lower-case letters');
  expect(await add('--id', 'Not An Id')).toMatchObject({ code: 1, stderr });
  expect(await yaml()).toBe(before);
  // A feed that was removed gets its id again: its entries need it.
  const moved = { ...newFeedState('https://x.example/old'), movedTo: server.url('/feed/') };
  await folder.write('archive/feeds.json', JSON.stringify({ former: moved }));
  expect((await add('--dry-run')).stdout).toContain('- id: former\n  title: T\n');
  // Under the id of a feed that is gone for good it would never be read.
  const gone = { outcome: 'gone', reason: 'it is gone', since: '2025-01-01T00:00:00Z' };
  await folder.write('archive/feeds.json', JSON.stringify({ former: { ...moved, trouble: gone } }));
  expect((await add('--dry-run')).stdout).toContain('- id: t-2\n  title: T\n');
  expect(await add('--id', 'people', '--title', 'The people', '--authors', 'entry')).toMatchObject({ code: 0 });
  expect(await yaml()).toBe(`${before}  - id: people\n    title: The people\n    url: ${server.url('/feed')}\n`);
});

test('of a planet that has its feed in several formats the one without names in its titles is added', async () => {
  const [ada, grace] = [post(1, { title: 'Clocks' }), post(2, { title: 'Bugs' })];
  const prefixed = [post(1, { title: 'Ada Lovelace: Clocks' }), post(2, { title: 'Grace Hopper: Bugs' })];
  const types = { '/rss': 'rss+xml', '/atom': 'atom+xml' };
  const links = Object.entries(types).map(([path, type]) => alternate(path, type));
  const answers = {
    ...{ '/': page(links.join('')), '/rss': rss(prefixed) },
    '/atom': rss([ada, grace]).replaceAll('<guid>', '<author>Ada Lovelace</author><guid>'),
  };
  const { server, planet } = await aServedPlanet(answers, `${head}defaults:\n  authors: title\n${followsT}`);
  const { stdout } = await planet(['add', server.url('/'), '--dry-run']);
  expect(stdout).toContain(`url: ${server.url('/atom')}\n`);
  // It would have the default of this planet without this line.
  expect(stdout).toContain('  authors: entry\n');
});

test('add asks which of several feeds to take, and never waits without a terminal', async () => {
  const links = [alternate('/en.xml'), alternate('/fr.xml'), alternate('/api', 'json')];
  const answers = {
    '/': page(links.join('')),
    '/en.xml': named('English', [post(1)]),
    '/fr.xml': named('Français', [post(2)]),
    '/api': '{"posts":[]}',
  };
  const { server, planet, yaml, env } = await aServedPlanet(answers, `${head}feeds: []\n`);
  const add = (...args: string[]) => planet(['add', server.url('/'), ...args]);
  const list = `choose one with "npm run planet -- add ADDRESS --feed NUMBER":\n  1  English, 1 entry: ${server.url('/en.xml')}\n  2  Français, 1 entry: ${server.url('/fr.xml')}\n`;
  expect(await add()).toMatchObject({ code: 1, stderr: expect.stringContaining(list) });
  expect((await add('--feed', '3')).stderr).toContain('There is no feed "3".');
  expect(await add('--feed', '2')).toMatchObject({ code: 0 });
  const before = await yaml();
  expect(before).toContain('feeds:\n  - id: francais\n    title: Français\n');
  if (!hasTerminals) return;
  const asked = await runInTerminal(['scripts/planet.ts', 'add', server.url('/')], [['Which one? ', '1\n']], env);
  expect(asked.code, asked.stdout).toBe(0);
  expect(asked.stdout).toMatch(/^There are several feeds:\n {2}1 {2}English.*\n.*\nWhich one\? /m);
  const lines = `  - id: english\n    title: English\n    url: ${server.url('/en.xml')}\n    authors: feed\n`;
  expect(await yaml()).toBe(before + lines);
});

const guard = '<!doctype html><title>Making sure you&#39;re not a bot!</title>';

test('a feed that no page names is looked for at the common places, and what is no feed is refused with its reason', async () => {
  const answers: FeedServer['answers'] = {
    '/blog': page(''),
    '/blog/index.xml': rss([post(1)]),
    '/shop': (_, response) => response.writeHead(500).end(),
    '/guarded': guard,
    '/open': guard,
    '/open/rss.xml': rss([post(1)]),
  };
  const { server, planet } = await aServedPlanet(answers, `${head}${followsT}`);
  const found = await planet(['add', `feed:${server.url('/blog')}`, '--dry-run']);
  expect(found.stdout).toContain(`url: ${server.url('/blog/index.xml')}`);
  const stderr = expect.stringContaining('the server answers 500: it has a problem; this often passes.');
  expect(await planet(['add', server.url('/shop')])).toMatchObject({ code: 1, stderr });
  const guarded = expect.stringContaining('answers 200 from its bot protection; ask its owner');
  expect(await planet(['add', server.url('/guarded')])).toMatchObject({ code: 1, stderr: guarded });
  const open = await planet(['add', server.url('/open'), '--dry-run']);
  expect(open.stdout).toContain(`url: ${server.url('/open/rss.xml')}`);
  const subscribed = await planet(['add', `feed://${server.host}/shop`]);
  expect(subscribed.stderr).toContain('offers no secure connection');
  const word = await planet(['add', 'ftp://x.example/']);
  expect(word.stderr).toBe('ftp://x.example/ is not an address; write it like https://blog.example.org/\n');
});

test('a feed that is followed already is said to be, by whatever address it comes', async () => {
  const feed = rss([post(1), post(2)]).replace('https://t.example/', 'https://ada.example/');
  const answers = {
    '/feed': feed,
    '/': page(alternate('/feed/?utm_source=x')),
    '/feed/?utm_source=x': feed,
    '/atom': feed.replace('<item>', `<item><title>Newer</title><link>https://ada.example/3</link></item><item>`),
    '/planet': named('Planet', [post(1), post(7)]),
    '/other': named('Other', [post(1)]),
  };
  const made = await aServedPlanet(answers, (url) => planetYaml({ ada: url('/feed') }));
  const { server, planet, snapshot, yaml } = made;
  server.answers['/old'] = (_, response) => response.writeHead(302, { location: '/feed' }).end();
  const before = await yaml();
  const stderr = expect.stringContaining('already has this feed, as "ada"');
  for (const path of ['/feed/', '/old', '/', '/atom'])
    expect(await planet(['add', server.url(path)]), path).toMatchObject({ code: 1, stderr });
  expect(await yaml()).toBe(before);
  await snapshot();
  const stdout = expect.stringContaining('In ada too, and shown once: 1 of its 2 entries.');
  expect(await planet(['add', server.url('/planet')])).toMatchObject({ code: 0, stdout });
  // Without them nobody can tell.
  await rm(join(made.folder.path, 'archive/2026-01.ndjson'));
  const lost = expect.stringContaining('2026-01.ndjson holds 0 of the 2 entries it should hold.');
  expect(await planet(['add', server.url('/other')])).toMatchObject({ code: 1, stderr: lost });
});

test('a feed that has moved is found from its old address, and its new one is named', async () => {
  const made = await aServedPlanet({ '/new': rss([post(1)]) }, (url) =>
    planetYaml({ ada: url('/old'), bea: url('/gone'), cy: url('/feed'), dan: url('/sold') }),
  );
  const { server, planet, snapshot } = made;
  server.answers['/gone'] = rss([post(1)]);
  server.answers['/sold'] = rss([post(3)]);
  await snapshot();
  server.answers['/sold'] = page(alternate('/win'));
  server.answers['/win'] = named('Win big', [post(4)]);
  const leads = (to: string) => page(`<meta http-equiv="refresh" content="0;url=${to}">`);
  server.answers['/old'] = leads('/new');
  server.answers['/gone'] = (_, response) => response.writeHead(302, { location: '/' }).end();
  server.answers['/'] = page(alternate('/new'));
  server.answers['/feed'] = rss([post(2)]);
  server.answers['/blog'] = leads('/');
  const said = async (path: string) => (await planet(['add', server.url(path), '--dry-run'])).stderr;
  const moved = `; it has moved: write url: ${server.url('/new')}\n`;
  expect(await said('/old')).toContain(`already has this feed, as "ada": ${server.url('/old')}${moved}`);
  expect(await said('/gone')).toContain(`already has this feed, as "bea": ${server.url('/gone')}${moved}`);
  expect(await said('/feed')).toContain(`already has this feed, as "cy": ${server.url('/feed')}\n`);
  const asks = '; its address is now a page that names "Win big". If that is the same blog, write url: ';
  expect(await said('/sold')).toContain(`as "dan": ${server.url('/sold')}${asks}${server.url('/win')}\n`);
  await made.folder.write('planet.yaml', `${head}feeds: []\n`);
  for (const path of ['/old', '/blog'])
    expect((await planet(['add', server.url(path), '--dry-run'])).stdout).toContain(`url: ${server.url('/new')}\n`);
});

test('a page that names its feed and leads to one that names none is enough', async () => {
  const home = page(`${alternate('/posts')}<meta http-equiv="refresh" content="0;url=/en/">`);
  const answers = { '/': home, '/en/': page(''), '/posts': rss([post(1)]) };
  const { server, planet } = await aServedPlanet(answers, `${head}feeds: []\n`);
  const { stdout } = await planet(['add', server.url('/'), '--dry-run']);
  expect(stdout).toContain(`url: ${server.url('/posts')}\n`);
});

test('links to the feeds of others hide no feed of the page', async () => {
  await using friends = await serveFeeds({ '/bob': named('Bob', [post(7)]), '/cy/rss.xml': named('Cy', [post(8)]) });
  const links = (paths: string[], text: string) => paths.map((path) => `<a href="${path}">${text}</a>`).join(' ');
  const tags = [...Array(12).keys()].map((at) => `/?tag=${at}`);
  const answers = {
    '/': page('') + links(['/bob', '/cy/rss.xml'].map(friends.url), 'RSS'),
    '/feed/': named('Ada', [post(1)]),
    '/tags': page('') + links(tags, 'RSS') + links(['/ada/rss.xml'], 'Subscribe'),
    '/ada/rss.xml': named('Ada', [post(1)]),
  };
  const { server, planet, env } = await aServedPlanet(answers, `${head}feeds: []\n`);
  const more = { PLANET_ALLOW_PRIVATE: `${env['PLANET_ALLOW_PRIVATE']},${friends.host}` };
  const { stderr } = await planet(['add', server.url('/'), '--dry-run'], more);
  expect(stderr).toContain(`\n  1  Ada, 1 entry: ${server.url('/feed/')}\n  2  Cy,`);
  const { stdout } = await planet(['add', server.url('/tags'), '--dry-run'], more);
  expect(stdout).toContain(`url: ${server.url('/ada/rss.xml')}\n`);
});

test('a planet.yaml that somebody changes while the feed is read keeps the change', async () => {
  const { server, planet, yaml, folder } = await aServedPlanet({}, `${head}feeds: []\n`);
  const edited = `${head}# Edited.\nfeeds: []\n`;
  server.answers['/feed'] = (_, response) => {
    writeFileSync(join(folder.path, 'planet.yaml'), edited);
    response.end(rss([post(1)]));
  };
  const stderr = expect.stringContaining('was changed meanwhile, so nothing was written');
  expect(await planet(['add', server.url('/feed')])).toMatchObject({ code: 1, stderr });
  expect(await yaml()).toBe(edited);
});

const ROOT = 'https://x.example/';
const A = `${ROOT}a`;
test.for([
  ['<base href="/b/"><link rel="ALTERNATE nofollow" type="application/RSS+xml; charset=utf-8" href=a>', `${ROOT}b/a`],
  // Styles and translations are none.
  ['<link rel="alternate stylesheet" type="text/css" href=a><link rel=alternate hreflang=fr href=/fr>', null],
  // Links in the text, where the head names none.
  ['<a href="/a/rss.xml">RSS</a> <a href=/feedback>f</a> <a href="javascript:/feed">x</a>', `${A}/rss.xml`],
  // By a query, as SPIP, WordPress, Joomla, Squarespace and Blogger have it.
  ['<a href="spip.php?page=backend">S</a> <a href="?page=2&format=pdf">n</a>', `${ROOT}p/spip.php?page=backend`],
  ['<a href="/?feed=rss2">s</a> <a href="/?feedback=1&type=atomic">f</a>', `${ROOT}?feed=rss2`],
  ['<a href="/news?format=feed&amp;type=rss">s</a>', `${ROOT}news?format=feed&type=rss`],
  ['<a href="/blog?format=rss">s</a>', `${ROOT}blog?format=rss`],
  ['<a href="/posts/default?alt=rss">s</a>', `${ROOT}posts/default?alt=rss`],
  // By its words.
  ['<a href="/a"><b>RSS</b> 2.0 Feed</a> <a href="/b">What is RSS?</a> <a href="/c">2.0</a>', A],
  ['<a href="/a" aria-label="Atom"><svg></svg></a> <a href="/b" title="Feed the cat">x</a>', A],
  // Each once.
  [`<link rel=alternate type=application/atom+xml href=/a><link rel=feed href="${A}">`, A],
] as const)('a page names feeds: %s', ([html, gives]) => {
  const found = namedFeeds(html, 'https://x.example/p/').map(({ url }) => url);
  expect(found).toEqual(gives === null ? [] : [gives]);
});

test('common places lie beside the page and at the root', () => {
  const places = usualAddresses('https://x.example/~ada/blog');
  for (const place of ['https://x.example/~ada/blog/feed/', 'https://x.example/atom.xml'])
    expect(places).toContain(place);
});
