import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { siteName } from '../../src/core/site-name.ts';
import { aServedPlanet } from '../lib/a-planet.ts';
import { type FeedServer, rss } from '../lib/feed-server.ts';
import { execute } from '../lib/git-remote.ts';
import { aPicture } from '../lib/pictures.ts';
import { type Folder, hashes, planetYaml } from '../lib/planet.ts';

const post = (number: number, over: object = {}) => {
  return { title: `Post ${number}`, link: `https://blog.example/${number}`, ...over };
};

async function aPlanet(answers: FeedServer['answers'], yaml: (url: FeedServer['url']) => string) {
  const made = await aServedPlanet(answers, yaml);
  const outside = { GITHUB_ACTIONS: '', GITHUB_STEP_SUMMARY: '' };
  const check = (args: string[] = [], env = {}) => made.planet(['check', ...args], { ...outside, ...env });
  return { ...made, check };
}

async function commit(folder: Folder): Promise<void> {
  for (const args of ['init --quiet', 'add --all', 'commit --quiet --message T'])
    await execute('git', args.split(' '), folder.path);
}

test('check prints a line for each good feed, and writes nothing', async () => {
  const { folder, check } = await aPlanet({ '/a': rss([post(1), post(2)]) }, (url) =>
    planetYaml({ a: url('/a') }).replace('Feed a', 'Ada\n    authors: feed'),
  );
  const before = await hashes(folder.path);
  const stdout = '✓ a: 2 entries\n1 feed read: 0 with errors, 0 with warnings.\n';
  expect(await check()).toEqual({ code: 0, stderr: '', stdout });
  expect(await hashes(folder.path)).toEqual(before);
});

test('of a feed without dates the first entries are shown, in its order', async () => {
  const posts = rss([1, 2, 3, 4, 5, 6, 7].map((number) => post(number))).replace(/<pubDate>.*?<\/pubDate>/g, '');
  const { check } = await aPlanet({ '/a': posts }, (url) => planetYaml({ a: url('/a') }));
  const { stdout } = await check(['a']);
  expect(stdout.match(/Post \d/g)).toEqual(['Post 1', 'Post 2', 'Post 3', 'Post 4', 'Post 5']);
});

test('each thing that is wrong with a feed is said in a sentence, and what keeps it from the planet fails the check', async () => {
  const people = ['Ada Lovelace: One', 'Grace Hopper: Two', 'Ada Lovelace: Three'];
  const answers: FeedServer['answers'] = {
    '/page': '<!doctype html><html><title>A blog</title></html>',
    '/empty': rss([]),
    '/undated': rss([post(1)]).replace(/<pubDate>.*?<\/pubDate>/, ''),
    '/built': rss([11, 12, 13].map((number) => post(number))),
    '/lost': rss([post(9, { link: 'http://localhost:4000/9' })]),
    '/names': rss(people.map((title, index) => ({ title, link: `https://names.example/${index}` }))),
    '/words': rss([post(5, { link: 'https://words.example/1' })]),
    '/old': rss([6, 14, 15].map((number) => post(number, { date: 'Sun, 05 Jan 2020 23:00:00 GMT' }))),
    '/cut': rss([post(7, { html: '<p>It began when we […]</p>' })]),
    '/moved': (_, response) => response.writeHead(301, { location: '/names2' }).end(),
    '/names2': rss([post(8)]),
    '/host': rss([post(10)]),
    '/gone': (_, response) => response.writeHead(410).end(),
  };
  const told: [id: string, ...sentences: string[]][] = [
    ['page', '✗ the address shows a web page, not a feed; write the address of the feed'],
    ['none', '✗ the server answers 404'],
    ['gone', '✗ the server answers 410: the feed is gone for good'],
    ['empty', '! the feed has no entries'],
    ['undated', '! no plausible date in 1 of its 1 entry: '],
    ['built', '! most of its new entries have one date, perhaps that of a build: '],
    ['lost', '! the link of 1 of its 1 entry leads nowhere: http://localhost:4000/9'],
    ['names', '"authors: title" fits better'],
    ['words', '! planet.yaml hides all that it has: 1 entry (include: astronomy)'],
    ['old', '· its newest entry is from 2020-01-06'],
    ['cut', '· most of its entries are only the beginnings of posts'],
    ['moved', '! it has moved permanently: write url: http', "if it is one person's blog, write authors: feed"],
    ['host', '· its own title is “T”; planet.yaml has the host of its address'],
    ['left', '· gone in planet.yaml, so it was not read'],
  ];
  const { server, check } = await aPlanet(answers, (url) =>
    planetYaml(Object.fromEntries(told.map(([id]) => [id, url(`/${id}`)])))
      .replace('feeds:', 'timezone: Europe/Berlin\nfeeds:')
      .replace('Feed words\n', 'Feed words\n    include: [astronomy]\n')
      .replace('Feed host\n', `${siteName(url('/host'))}\n`)
      .concat('    gone: true\n'),
  );
  const { code, stdout } = await check();
  const of = (id: string) => stdout.split(/^(?=[✓✗!] )/m).find((part) => part.slice(2).startsWith(id));
  for (const [id, ...sentences] of told) for (const sentence of sentences) expect.soft(of(id)).toContain(sentence);
  expect(stdout).toContain(`url: ${server.url('/names2')}`);
  expect(stdout).toContain('14 feeds read: 3 with errors, 7 with warnings.');
  expect(code).toBe(1);
});

test('one feed by its id is shown as the planet would show it', async () => {
  const long = post(1, { title: 'Ada: Hello', html: `<p>${'word '.repeat(100)}</p>` });
  const answers = { '/a': rss([long, post(2), post(3, { title: 'Ada' })]), '/b': rss([]) };
  const { check } = await aPlanet(answers, (url) =>
    planetYaml({ b: url('/b'), a: url('/a') }).concat('    authors: title\n'),
  );
  const { stdout } = await check(['a']);
  expect(stdout).not.toContain('✓ b');
  expect(stdout).toContain('    2026-01-23  Hello\n        Ada · full text, 499 characters · https://blog.example/1\n');
  const second = '    2026-01-23  Post 2\n        nobody · full text, 5 characters · https://blog.example/2\n';
  expect(stdout).toContain(second);
  expect(stdout).toContain('(no title)\n        Ada · full text, 5 characters · https://blog.example/3\n');
  const stderr = expect.stringContaining('has no feed "c"; its feeds are: b, a\n');
  expect(await check(['c'])).toMatchObject({ code: 2, stderr });
});

test('check lists each hidden entry with its rule', async () => {
  const posts = [post(1), post(2), post(3, { title: 'Bob: Three' }), post(4)];
  const { folder, server, check, snapshot, yaml } = await aPlanet({ '/a': rss(posts), '/b': rss([]) }, (url) =>
    planetYaml({ b: url('/b'), a: url('/a') }).concat('    authors: title\n    exclude: [post 1]\n'),
  );
  await snapshot();
  const [path] = (await folder.entries()).filter(({ title }) => title === 'Post 2').map((entry) => entry.path);
  await folder.write('planet.yaml', `${await yaml()}hide:\n  authors: [Bob]\n  entries: [/${path}/]\n`);
  const { stdout } = await check(['a']);
  const hidden = `hide.entries[0]: /${path}/`;
  expect(stdout).toContain(`✓ a: 4 entries, 3 of them hidden (exclude: post 1; ${hidden}; hide.authors[0]: Bob)\n`);
  expect(stdout.split('\n').filter((line) => /hidden by|2026-01-23/.test(line))).toEqual([
    '    2026-01-23  Post 4',
    '    hidden by exclude: post 1: Post 1',
    `    hidden by ${hidden}: Post 2`,
    '    hidden by hide.authors[0]: Bob: Bob: Three',
  ]);
  await folder.write('planet.yaml', (await yaml()).replace('[post 1]', '[post 1, post 4]'));
  const all = '    ! planet.yaml hides all that it has: 4 entries (exclude: post 1; hide.';
  expect((await check(['a'])).stdout).toContain(all);
  await folder.write('planet.yaml', (await yaml()).replace('exclude: [post 1, post 4]', 'by: [bob]'));
  expect((await check(['a'])).stdout).toContain('    hidden by by: bob: Post 1\n');
  server.answers['/a'] = rss([post(1), post(2), post(3, { title: 'Robert: Three' }), post(4)]);
  await snapshot();
  expect((await check(['a'])).stdout).toContain('    hidden by hide.authors[0]: Bob: Robert: Three\n');
});

// https://github.com/plone/planet.plone.org/issues/71, https://github.com/jvm-bloggers/jvm-bloggers/pull/718
test('check counts the new entries of a feed that has others, as after a move', async () => {
  const old = [1, 2].map((number) => post(number, { date: `0${number} Jan 2026 08:00:00 GMT` }));
  const { folder, server, check, snapshot, yaml } = await aPlanet({ '/a': rss(old) }, (url) =>
    planetYaml({ a: url('/a') }).concat('    authors: feed\n'),
  );
  expect((await check()).stdout).toContain('✓ a: 2 entries\n');
  await snapshot();
  const moved = old.map((each, index) => ({ ...each, link: `https://new.example/${index}` }));
  server.answers['/b'] = rss([...moved, post(3, { link: 'https://new.example/3' })]);
  await folder.write('planet.yaml', (await yaml()).replace('/a', '/b'));
  expect((await check()).stdout).toContain('✓ a: 3 entries, 1 of them new\n');
  await snapshot();
  expect((await check()).stdout).toContain('✓ a: 3 entries\n');
});

test('check counts entries that include hides although a word is in their text', async () => {
  const html = `<p>${'We wrote a page. '.repeat(40)}</p><p>It is in OCaml, not in Perl.</p>`;
  const date = 'Sun, 11 Jan 2026 23:00:00 GMT';
  const posts = [
    post(1, { html }),
    post(2, { date }),
    post(3, { title: 'OCaml' }),
    post(4, { title: 'Perl', html, date }),
  ];
  const { check } = await aPlanet({ '/a': rss(posts) }, (url) =>
    planetYaml({ a: url('/a') }).concat('    authors: feed\n    include: [ocaml]\n    exclude: [perl]\n'),
  );
  const counted =
    '✓ a: 4 entries, 3 of them hidden (include: ocaml; exclude: perl), 1 with a word of include only in the text\n';
  expect((await check()).stdout).toContain(counted);
});

test('check warns of a picture that planet.yaml names and that the site would not show', async () => {
  const pictures = { '/small.png': await aPicture('png', { width: 8, height: 8 }), '/good.png': await aPicture('png') };
  const { folder, check, yaml } = await aPlanet(
    { '/a': rss([post(1)]), ...pictures },
    (url) => `${planetYaml({ a: url('/a') })}    authors: feed\n    avatar: ${url('/gone.png')}\n`,
  );
  const told = async (picture: string) => {
    await folder.write('planet.yaml', (await yaml()).replace(/\w+\.png/, picture));
    return (await check()).stdout.replace(/http:\S+\//, '');
  };
  const notShown = (picture: string, why: string) => `! the picture ${picture} is not shown: ${why}\n`;
  const gone = notShown('gone.png', 'the server answers 404');
  expect(await told('gone.png')).toContain(`! a: 1 entry\n    ${gone}`);
  const small = notShown('small.png', 'it is 8 by 8 pixels, too small to be seen');
  expect(await told('small.png')).toContain(small);
  expect(await told('good.png')).toContain('✓ a: 1 entry\n');
  await folder.write('planet.yaml', `avatars: false\n${(await yaml()).replace('good', 'gone')}`);
  expect((await check()).stdout).toContain('✓ a: 1 entry\n');
});

test('check counts entries that other feeds have, also in the archive; one feed at two addresses is an error', async () => {
  const { folder, server, check, snapshot } = await aPlanet(
    { '/planet': rss([post(1), post(2), post(3)]), '/blog': rss([post(1), post(9)]).replace('<title>T<', '<title>B<') },
    (url) => planetYaml({ planet: url('/planet'), blog: url('/blog') }),
  );
  await snapshot();
  const counted = 'some of its entries are in other feeds too, and are shown once: 1 by planet (the same text)';
  expect(await check(['blog'])).toMatchObject({ code: 0, stdout: expect.stringContaining(counted) });
  server.answers['/old'] = (_, response) => response.writeHead(302, { location: '/planet' }).end();
  await folder.write('planet.yaml', planetYaml({ planet: server.url('/planet'), old: server.url('/old') }));
  const same = '✗ it is the same feed as planet, which the planet already follows';
  expect(await check(['old', 'planet'])).toMatchObject({ code: 1, stdout: expect.stringContaining(same) });
});

test('two feeds of one site are not one feed because the posts of a day link to its front page', async () => {
  const link = 'https://t.example/';
  const answers = { '/a': rss([post(1, { link })]), '/b': rss([post(2, { link, html: '<p>Other words.</p>' })]) };
  const { check } = await aPlanet(answers, (url) => planetYaml({ a: url('/a'), b: url('/b') }));
  const { code, stdout } = await check();
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.not.stringMatching(/same feed|of its entries (?:have|are)/),
  });
});

test('check --changed reads only changed feeds, and a changed id is an error', async () => {
  const defaults = 'defaults: { content: excerpt }\n';
  const { folder, server, check } = await aPlanet({ '/a': rss([post(1)]), '/c': rss([post(3)]) }, (url) =>
    planetYaml({ a: url('/a'), b: url('/b'), c: url('/c'), d: url('/d') }, defaults),
  );
  await commit(folder);
  const none = 'No feed is new or changed.\n0 feeds read: 0 with errors, 0 with warnings.\n';
  expect(await check(['--changed', 'HEAD'])).toMatchObject({ code: 0, stdout: none });
  const feeds = { a: server.url('/a'), b: server.url('/b'), e: server.url('/c') };
  await folder.write('planet.yaml', `# A note.\n${planetYaml(feeds, defaults).replace('Feed a', 'Ada')}`);
  const { code, stdout } = await check(['--changed', 'HEAD']);
  expect(code).toBe(1);
  expect(stdout).toContain('d was removed: its entries leave the site and stay in the archive.');
  expect(stdout).toContain('✓ a: 1 entry');
  expect(stdout).toContain('✗ e: 1 entry\n    ✗ its id was "c"');
  expect(stdout).toContain('2 feeds read');
  const stderr = expect.stringContaining('git does not know "--output=x" here; fetch it first');
  expect(await check(['--changed', '--output=x'])).toMatchObject({ code: 2, stderr });
});

test('in GitHub Actions the lines of planet.yaml are annotated and the summary shows what would appear, whatever strangers write', async () => {
  const title = '::error::x ##[error]y | <img src=x onerror=alert(1)> [l](https://evil.example) @everybody `c` & #1';
  const { folder, check, yaml } = await aPlanet(
    { '/a': rss([post(1, { title, link: 'https://blog.example/a|b' })]).replaceAll('::error::x', '\n::error::x\r\n') },
    (url) => planetYaml({ a: url('/a'), b: url('/b,1:2%') }),
  );
  await folder.write('summary.md', 'Before.\n');
  await commit(folder);
  await folder.write('planet.yaml', (await yaml()).replace(/Feed/g, 'Blog'));
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder.path, 'summary.md') };
  const { stdout, code } = await check(['--changed', 'HEAD'], env);
  expect(code).toBe(1);
  const file = relative('.', join(folder.path, 'planet.yaml'));
  const parts = /^::stop-commands::(\S+)\n([\s\S]*)\n::\1::\n([\s\S]*)$/;
  const [, quiet, fenced = '', after = ''] = parts.exec(stdout) ?? [];
  expect(fenced).toContain('::error::x');
  expect(fenced).not.toContain(quiet);
  const commands = after.trimEnd().split('\n');
  for (const line of commands)
    expect(line).toMatch(/^::(error|warning|notice) file=[^:,]+,line=([5-7],title=a|([89]|10),title=b)::/);
  expect(commands.join('\n')).toContain(`::error file=${file},line=10,title=b::the server answers 404`);
  const summary = await readFile(join(folder.path, 'summary.md'), 'utf8');
  expect(summary).toMatch(/^Before\.\n## Checked feeds\n\n/);
  const lines = summary.split('\n').slice(3, -1);
  for (const line of lines) expect(line).toMatch(/^ {4}/);
  expect(lines.map((line) => line.slice(4)).join('\n')).toBe(fenced);
});

test('in GitHub Actions every mistake of a page is annotated where it is, also where the archive cannot be read', async () => {
  const { folder, check } = await aPlanet({}, () => planetYaml({ a: 'a.xml' }));
  await folder.write('pages/one.mdx', 'Text\n\n{oops\n');
  await folder.write('pages/two.md', 'Text\n');
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folder.path,
    GITHUB_STEP_SUMMARY: join(folder.path, 'summary'),
  };
  const annotated = async () => {
    const { code, stdout, stderr } = await check([], env);
    return [code, ...(stdout + stderr).matchAll(/^::error (?:file=(\S+?),line=(\d+))?/gm)].map((each) =>
      Array.isArray(each) ? each.slice(1).join(':') : each,
    );
  };
  const ofPages = ['pages/one.mdx:3', 'pages/two.md:1'];
  expect(await annotated()).toEqual([2, expect.stringMatching(/^planet\.yaml:/), ...ofPages]);
  await folder.write('archive/feeds.json', '{');
  expect(await annotated()).toEqual([1, ...ofPages]);
  expect(await readFile(env.GITHUB_STEP_SUMMARY, 'utf8')).toMatch(/## Pages have mistakes.*## Pages have mistakes/s);
});

test('in GitHub Actions every mistake of planet.yaml is annotated where it is', async () => {
  const yaml = planetYaml({ a: 'ftp://a.example/', b: 'b.xml' }).replace('id: b', 'id: B');
  const { folder, check } = await aPlanet({}, () => yaml);
  const { stdout, stderr, code } = await check([], { GITHUB_ACTIONS: 'true' });
  const file = relative('.', join(folder.path, 'planet.yaml'));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.split('\n')).toEqual([
    expect.stringContaining(`${file}:7:10: feeds[0].url: is not an address`),
    expect.stringContaining(`${file}:8:9: feeds[1].id: is not an id`),
    expect.stringContaining(`::error file=${file},line=7,col=10,title=${file}::feeds[0].url: is not an address`),
    expect.stringContaining(`::error file=${file},line=8,col=9,title=${file}::feeds[1].id: is not an id`),
    '',
  ]);
  // A planet may lie in a folder of its repository.
  const below = await check([], { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: dirname(folder.path) });
  expect(below.stderr).toContain(`::error file=${basename(folder.path)}/planet.yaml,`);
});
