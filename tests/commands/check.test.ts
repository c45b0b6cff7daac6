import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { type FeedServer, rss, serveFeeds } from '../lib/feed-server.ts';
import { aFolder, type Folder, hashes, planetYaml, run } from '../lib/planet.ts';

/** A week after the feeds' newest entries. */
const NOW = String(Date.UTC(2026, 0, 30) / 1000);

const post = (number: number, over: object = {}) => ({
  title: `Post ${number}`,
  link: `https://blog.example/${number}`,
  ...over,
});

async function aPlanet(answers: FeedServer['answers'], yaml: (server: FeedServer) => string) {
  const server = await serveFeeds(answers);
  const folder = await aFolder(yaml(server));
  onTestFinished(async () => {
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });
  const check = (args: string[] = [], env: Record<string, string> = {}) =>
    run(['scripts/planet.ts', 'check', ...args], {
      PLANET_CONTENT: folder.path,
      PLANET_ALLOW_PRIVATE: server.host,
      SOURCE_DATE_EPOCH: NOW,
      GITHUB_ACTIONS: '',
      GITHUB_STEP_SUMMARY: '',
      ...env,
    });
  return { server, folder, check };
}

async function commit(folder: Folder): Promise<void> {
  const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: folder.path });
  await git('init', '--quiet');
  await git('add', '--all');
  await git('-c', 'user.name=T', '-c', 'user.email=t@t.example', 'commit', '--quiet', '--message', 'T');
}

test('a planet whose feeds are well is told so, a line a feed, and nothing is written', async () => {
  const { folder, check } = await aPlanet({ '/a': rss([post(1), post(2)]) }, (server) =>
    planetYaml({ a: server.url('/a') }, '').replace('Feed a', 'Ada\n    authors: feed'),
  );
  const before = await hashes(folder.path);
  const { code, stdout, stderr } = await check();
  expect(stdout).toBe('✓ a: 2 entries\n1 feed read: 0 with errors, 0 with warnings.\n');
  expect(stderr).toBe('1/1 a: read\n');
  expect(code).toBe(0);
  expect(await hashes(folder.path)).toEqual(before);
});

test('each thing that is wrong with a feed is said in a sentence, and what keeps it from the planet fails the check', async () => {
  const noDate = rss([post(1)]).replace(/<pubDate>.*?<\/pubDate>/, '');
  const named = ['Ada Lovelace: One', 'Grace Hopper: Two', 'Ada Lovelace: Three'];
  const { check } = await aPlanet(
    {
      '/page': '<!doctype html><html><title>A blog</title></html>',
      '/empty': rss([]),
      '/undated': noDate,
      '/names': rss(named.map((title, index) => ({ title, link: `https://names.example/${index}` }))),
      '/words': rss([post(5, { link: 'https://words.example/1' })]),
      '/old': rss([post(6, { date: 'Mon, 06 Jan 2020 00:00:00 GMT' })]),
      '/cut': rss([post(7, { html: '<p>It began when we […]</p>' })]),
      '/moved': (_, response) => response.writeHead(301, { location: '/names2' }).end(),
      '/names2': rss([post(8)]),
      '/gone': (_, response) => response.writeHead(410).end(),
    },
    (server) => {
      const ids = ['page', 'none', 'empty', 'undated', 'names', 'words', 'old', 'cut', 'moved', 'gone'];
      const feeds = Object.fromEntries(ids.map((id) => [id, server.url(`/${id}`)]));
      return planetYaml(feeds).replace('Feed words\n', 'Feed words\n    include: [astronomy]\n');
    },
  );
  const { code, stdout } = await check();
  const of = (id: string) => stdout.split(/^(?=[✓✗!] )/m).find((part) => part.slice(2).startsWith(id));
  expect(of('page')).toContain('✗ the address now shows a web page, not a feed');
  expect(of('none')).toContain('✗ the server answers 404');
  expect(of('gone')).toContain('✗ the server answers 410: the feed is gone for good');
  expect(of('empty')).toContain('! it is a feed, but it has no entries');
  expect(of('undated')).toContain('! 1 of its 1 entries have no plausible date');
  expect(of('names')).toContain('"authors: title" fits better');
  expect(of('words')).toContain('! include and exclude (astronomy) hide all of its 1 entries');
  expect(of('old')).toContain('· its newest entry is from 2020-01-06');
  expect(of('cut')).toContain('· most of its entries are only the beginnings of posts');
  expect(of('moved')).toMatch(/! it has moved permanently: write url: http:.*\/names2/);
  expect(of('moved')).toContain("if it is one person's blog, write authors: feed");
  expect(stdout).toContain('10 feeds read: 3 with errors, 5 with warnings.');
  expect(code).toBe(1);
});

test('one feed by its id is shown as the planet would show it', async () => {
  const { check } = await aPlanet(
    { '/a': rss([post(1, { title: 'Ada: Hello', html: `<p>${'word '.repeat(100)}</p>` }), post(2)]), '/b': rss([]) },
    (server) => planetYaml({ b: server.url('/b'), a: server.url('/a') }).concat('    authors: title\n'),
  );
  const { stdout } = await check(['a']);
  expect(stdout).not.toContain('✓ b');
  expect(stdout).toContain('    2026-01-23  Hello\n        Ada · full text, 499 characters · https://blog.example/1\n');
  expect(stdout).toContain(
    '    2026-01-23  Post 2\n        nobody · full text, 5 characters · https://blog.example/2\n',
  );
  const unknown = await check(['c']);
  expect(unknown.stderr).toContain('has no feed "c"; its feeds are: b, a\n');
  expect(unknown.code).toBe(2);
});

test('what other feeds bring already is counted, from the archive too, and one feed at two addresses is an error', async () => {
  const { folder, server, check } = await aPlanet(
    { '/planet': rss([post(1), post(2), post(3)]), '/blog': rss([post(1), post(9)]).replace('<title>T<', '<title>B<') },
    (server) => planetYaml({ planet: server.url('/planet'), blog: server.url('/blog') }),
  );
  await folder.snapshot({ env: { PLANET_ALLOW_PRIVATE: server.host, SOURCE_DATE_EPOCH: NOW } });
  const one = await check(['blog']);
  expect(one.stdout).toContain(
    'of its 2 entries some are in other feeds too, and are shown once: 1 by planet (the same text)',
  );
  expect(one.code).toBe(0);
  server.answers['/old'] = (_, response) => response.writeHead(302, { location: '/planet' }).end();
  await folder.write('planet.yaml', planetYaml({ planet: server.url('/planet'), old: server.url('/old') }));
  const two = await check(['old', 'planet']);
  expect(two.stdout).toContain('✗ it is the same feed as planet, which the planet already follows');
  expect(two.code).toBe(1);
});

test('of a change only the feeds that it touches are asked, and an id that changed is an error', async () => {
  const { folder, server, check } = await aPlanet({ '/a': rss([post(1)]), '/c': rss([post(3)]) }, (server) =>
    planetYaml({ a: server.url('/a'), b: server.url('/b'), c: server.url('/c'), d: server.url('/d') }),
  );
  await commit(folder);
  const none = await check(['--changed', 'HEAD']);
  expect(none.stdout).toBe('No feed is new or changed.\n0 feeds read: 0 with errors, 0 with warnings.\n');
  expect(none.code).toBe(0);
  await folder.write(
    'planet.yaml',
    `# A note.\n${planetYaml({ a: server.url('/a'), b: server.url('/b'), e: server.url('/c') }).replace('Feed a', 'Ada')}`,
  );
  const some = await check(['--changed', 'HEAD']);
  expect(some.stdout).toContain('d was removed: its entries leave the site and stay in the archive.');
  expect(some.stdout).toContain('✓ a: 1 entry');
  expect(some.stdout).toContain('✗ e: 1 entry\n    ✗ its id was "c"');
  expect(some.stdout).toContain('2 feeds read');
  expect(some.code).toBe(1);
  const bad = await check(['--changed', '--output=x']);
  expect(bad.stderr).toContain('git does not know "--output=x" here; fetch it first');
  expect(bad.code).toBe(2);
});

test('in GitHub Actions the lines of planet.yaml are annotated and the summary shows what would appear, whatever strangers write', async () => {
  const title = '::error::x ##[error]y | <img src=x onerror=alert(1)> [l](https://evil.example) @everybody `c` & #1';
  const { folder, check } = await aPlanet(
    { '/a': rss([post(1, { title, link: 'https://blog.example/a|b' })]).replaceAll('::error::x', '\n::error::x\r\n') },
    (server) => planetYaml({ a: server.url('/a'), b: server.url('/b,1:2%') }),
  );
  await folder.write('summary.md', 'Before.\n');
  await commit(folder);
  await folder.write(
    'planet.yaml',
    (await readFile(join(folder.path, 'planet.yaml'), 'utf8')).replace(/Feed/g, 'Blog'),
  );
  const { stdout, code } = await check(['--changed', 'HEAD'], {
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: join(folder.path, 'summary.md'),
  });
  expect(code).toBe(1);
  const file = relative('.', join(folder.path, 'planet.yaml'));
  const [, quiet, fenced = '', after = ''] =
    /^::stop-commands::(\S+)\n([\s\S]*)\n::\1::\n([\s\S]*)$/.exec(stdout) ?? [];
  expect(fenced).toContain('::error::x');
  expect(fenced).not.toContain(quiet);
  const commands = after.trimEnd().split('\n');
  expect(commands.every((line) => /^::(error|warning|notice) file=[^:,]+,line=\d+,title=[ab]::/.test(line))).toBe(true);
  expect(commands).toContainEqual(
    expect.stringMatching(
      new RegExp(`^::error file=${file.replaceAll('.', '\\.')},line=10,title=b::the server answers 404`),
    ),
  );
  const summary = await readFile(join(folder.path, 'summary.md'), 'utf8');
  expect(summary).toMatch(/^Before\.\n## Checked feeds\n/);
  const row = summary.split('\n').find((line) => line.startsWith('| 2026')) ?? '';
  expect(row.split('|')).toHaveLength(7);
  expect(summary).not.toMatch(/<img|\]\(|@everybody|`c`|https?:\/\//);
  expect(row).toContain('error');
});

test('in GitHub Actions every mistake of planet.yaml is annotated where it is', async () => {
  const { folder, check } = await aPlanet({}, () =>
    planetYaml({ a: 'ftp://a.example/', b: 'b.xml' }).replace('id: b', 'id: B'),
  );
  const { stdout, stderr, code } = await check([], { GITHUB_ACTIONS: 'true' });
  const file = relative('.', join(folder.path, 'planet.yaml'));
  expect(code).toBe(2);
  expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  expect(stdout.split('\n')).toEqual([
    expect.stringContaining(`::error file=${file},line=7,col=10,title=planet.yaml::feeds[0].url: is not an address`),
    expect.stringContaining(`::error file=${file},line=8,col=9,title=planet.yaml::feeds[1].id: is not an id`),
    '',
  ]);
});
