import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { examineAvatars, examineFeeds } from '../../scripts/commands/doctor.ts';
import { examineArchive } from '../../scripts/commands/lib/doctor-archive.ts';
import { examineSite, examineWorkflow, sizeWarnings } from '../../scripts/commands/lib/doctor-site.ts';
import { readAvatars } from '../../src/archive/read-avatars.ts';
import { newFeedState } from '../../src/core/feed-state.ts';
import { english } from '../../src/i18n/catalogue.ts';
import { aPlanet, aServedPlanet } from '../lib/a-planet.ts';
import { aFeed } from '../lib/builders.ts';
import { type FeedServer, rss } from '../lib/feed-server.ts';
import { execute } from '../lib/git-remote.ts';
import { aPicture } from '../lib/pictures.ts';
import { hashes, planetYaml } from '../lib/planet.ts';

const at = (day: number) => String(Date.UTC(2026, 0, day, 12) / 1000);
const post = (number: number, date: string) => ({
  ...{ title: `Post ${number}`, link: `https://blog.example/${number}`, date },
});

/** A git repository whose branch `archive` was written at noon of a day in January 2026; what the doctor looks into. */
async function repository(folder: string, day: number): Promise<Record<string, string>> {
  const date = `${at(day)} +0000`;
  for (const args of ['init --quiet -b archive repository', '-C repository commit --quiet --allow-empty -m Snapshot'])
    await execute('git', args.split(' '), folder, { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date });
  // As after a crash: the commit that was installed is not there.
  await mkdir(join(folder, 'repository/.git/refs/orrery'));
  await writeFile(join(folder, 'repository/.git/refs/orrery/archive'), `${'1'.repeat(40)}\n`);
  return { GIT_DIR: join(folder, 'repository/.git') };
}

test('the doctor says what is well, what to look at and what is broken, and what to do about each', async () => {
  const answers: FeedServer['answers'] = {
    '/a': rss([post(1, 'Mon, 05 Jan 2026 08:00:00 GMT'), post(2, 'Tue, 07 Jan 2025 08:00:00 GMT')]),
    '/moved': (_, response) => response.writeHead(301, { location: '/new' }).end(),
    '/new': rss([post(3, 'Tue, 07 Jan 2025 08:00:00 GMT')]),
    '/gone': (_, response) => response.writeHead(410).end(),
  };
  const yaml = (url: FeedServer['url']) => {
    const feeds = Object.fromEntries(['a', 'moved', 'gone', 'fails'].map((id) => [id, url(`/${id}`)]));
    const text = planetYaml({ ...feeds, twin: `${url('/a')}/` });
    return text.replace('planet.example/', 'example.org/\ntimezone: Pacific/Kiritimati');
  };
  const noon = new Date('2026-01-06T12:00:00Z');
  const { server, folder, planet, snapshot, states } = await aServedPlanet(answers, yaml, noon);
  const git = await repository(folder.path, 19);
  await folder.write('dist/index.html', 'x'.repeat(1500));
  await folder.write('dist/2026/index.html', 'x');
  const doctor = (day: number) => planet(['doctor'], { SOURCE_DATE_EPOCH: at(day), ...git });

  // In a folder that git does not know.
  const before = await planet(['doctor'], { SOURCE_DATE_EPOCH: at(5), ...git, GIT_DIR: folder.path });
  expect(before.code).toBe(0);
  for (const said of [
    '! The archive has no entries yet. "npm run snapshot" reads the feeds.',
    '✓ a, moved, gone, fails, twin have not been read yet.',
    '✓ There is no branch "archive" here; after the first run',
  ])
    expect.soft(before.stdout).toContain(said);

  await snapshot();
  // As after 14 days of that answer.
  const known = await states();
  known.gone.trouble.outcome = 'gone';
  await folder.write('archive/feeds.json', JSON.stringify(known));
  const held = await hashes(folder.path);
  const { stdout, code } = await doctor(20);
  expect(stdout).toMatch(/^This machine\n {2}✓ This is Node \d+\.\d+\.\d+\.\nplanet\.yaml\n/);
  expect(stdout).toContain('\nplanet.yaml\n  ✓ planet.yaml is valid, with 5 feeds.\n');
  for (const said of [
    'planet.yaml: "site" is still https://example.org/; write the address of the planet.',
    '! The last new entry came 14 days ago: check when the planet’s workflow last ran.',
    '! a and twin are one feed with two addresses; remove one from planet.yaml.',
    `! moved has moved permanently: write url: ${server.url('/new')} in planet.yaml.`,
    '! gone has been gone since 07 Jan 2026 (14 days): the server answers 410: the feed is gone for good. Write "gone: true" at the feed',
    'look for the new one on the blog. "npm run planet -- check fails" tries it again.',
    '✓ moved has posted nothing for half a year.',
    '✓ The last commit of the branch "archive" in this clone is 24 hours old.',
  ])
    expect.soft(stdout).toContain(said);
  expect(stdout).toMatch(/✓ The archive has 3 entries in \d.* kB\./);
  expect(stdout).toContain('! fails has failed since 07 Jan 2026 (14 days): the server answers 404');
  expect(stdout).toMatch(/✓ The site in .*dist has 2 files, 1\.5 kB in all\./);
  expect(code).toBe(0);
  expect(await hashes(folder.path)).toEqual(held);
  const old = '! The last commit of the branch "archive" in this clone is 11 days old. "git fetch';
  expect((await doctor(30)).stdout).toContain(old);

  const [month = ''] = (await readdir(join(folder.path, 'archive'))).filter((name) => name.endsWith('.ndjson'));
  const path = join(folder.path, 'archive', month);
  await truncate(path, (await readFile(path)).length - 3);
  await folder.write('archive/2026-02.ndjson.damaged', 'x');
  await folder.write('planet.yaml', planetYaml({ a: 'ftp://a.example/' }));
  const broken = await doctor(20);
  for (const said of [
    `${month} is cut off: its last line has no end. Restore that file from the last good copy`,
    `2026-02.ndjson is damaged, and was set aside as ${join(folder.path, 'archive/2026-02.ndjson.damaged')}. Put a good copy back as`,
  ])
    expect.soft(broken.stdout).toContain(said);
  expect(broken.stdout).toMatch(/✗ .*planet\.yaml:7:10: feeds\[0\]\.url: is not an address/);
  expect(broken.stdout).toMatch(/✗ The archive should have \d entries of (?:a|moved) and has \d/);
  expect(broken.code).toBe(1);
});

const largest = { path: 'a', bytes: 27_000_000 };
const fullest = { path: '_', files: 60_000 };
test.for([
  ['all is small', {}, ''],
  ['there are too many files', { files: 25_123 }, 'dist has 25,123 files, and Cloudflare Pages allows 20,000'],
  ['there are nearly too many', { files: 19_000 }, 'dist is close to a limit: 19,000 files, and Cloudflare'],
  ['a file is too large', { largest }, 'dist has a file of 27 MB, a, and Cloudflare Pages allows 25 MiB'],
  ['it is too large', { bytes: 1_100_000_000 }, 'dist has 1.1 GB, and GitHub Pages allows 1 GB'],
  ['a folder is too full', { fullest }, 'dist has 60,000 files in _, and Netlify allows 54,000 in a folder'],
] as const)('of a site the doctor says where %s', ([, site, message]) => {
  const small = { files: 10, bytes: 10, largest: { path: 'x', bytes: 1 }, fullest: { path: 'y', files: 5 } };
  const warning = { level: 'warning', message: expect.stringContaining(message) };
  expect(sizeWarnings({ ...small, ...site }, 'dist')).toEqual(message === '' ? [] : [warning]);
});

test('an empty output folder counts as no site', async () => {
  const { folder } = await aPlanet({});
  expect(await examineSite(folder.path)).toMatchObject([{ message: expect.stringContaining('has 1 file') }]);
  await rm(join(folder.path, 'planet.yaml'));
  const message = expect.stringMatching(/^There is no built site in .*; "npm run build" creates it\.$/);
  expect(await examineSite(folder.path)).toEqual([{ level: 'ok', message }]);
});

test('the last new entry is not of a run whose clock was ahead', async () => {
  const { folder, reads } = await aPlanet({ a: '' });
  const posts = [1, 2].map((number) => post(number, 'Mon, 05 Jan 2026 08:00:00 GMT'));
  for (const [number, time] of ['2027-01-06T12:00:00Z', '2026-01-06T12:00:00Z'].entries())
    await reads({ a: rss(posts.slice(0, number + 1)) }, time);
  const { notes } = await examineArchive(join(folder.path, 'archive'), new Date('2026-01-20T12:00:00Z'));
  const last = 'The last new entry came 14 days ago: check when the planet’s workflow last ran.';
  expect(notes.map(({ message }) => message)).toContain(last);
});

test('the doctor lists a held feed with the command that shows the reason, tells no state of another address, names ten feeds at most, and leaves paused ones alone', () => {
  const trouble = { outcome: 'failed', reason: 'why', since: '2026-01-01T00:00:00Z' } as const;
  const held = { ...trouble, outcome: 'held', reason: 'more than 50 new entries at once' } as const;
  const elsewhere = aFeed({ id: 'elsewhere', url: 'https://new.example/' });
  const silent = aFeed({ id: 'silent', paused: true });
  const states = {
    a: { ...newFeedState(aFeed().url), trouble: held },
    elsewhere: { ...newFeedState('https://old.example/'), trouble },
    silent: { ...newFeedState(silent.url), trouble, movedTo: 'https://new.example/' },
  };
  const many = Array.from({ length: 11 }, (_, index) => aFeed({ id: `f${index}`, url: `https://f${index}.example/` }));
  const archive = { states, newest: new Map([['silent', '2020-01-01T00:00:00Z']]), notes: [] };
  const examine = (feeds: ReturnType<typeof aFeed>[]) => {
    const planet = { feeds } as unknown as Parameters<typeof examineFeeds>[0];
    return examineFeeds(planet, archive, new Date('2026-01-02')).map(({ message }) => message);
  };
  expect(examine([elsewhere, silent])).toEqual(['No problem in 2 feeds.']);
  const isHeld = 'a is held: more than 50 new entries at once. "npm run planet -- held" lists the entries.';
  expect(examine([aFeed()])).toEqual([isHeld]);
  expect(examine(many)[0]).toBe('f0, f1, f2, f3, f4, f5, f6, f7, f8, f9 and 1 more have not been read yet.');
});

test.for([
  ['orrery-planet/orrery/.github/workflows/planet.yml@v0.3.0', null],
  ['./.github/workflows/planet.yml', null],
  ['orrery-planet/orrery/.github/workflows/planet.yml@main', null],
  ['"fork/of/.github/workflows/planet.yml@v0.2.0" # old', '0.2.0'],
])('the doctor compares the engine with the workflow: %s', ([uses, called]) => {
  const message = `planet.yml calls version ${called}, and the engine has version 0.3.0. Write "@v0.3.0" into its "uses:".`;
  const notes = examineWorkflow('planet.yml', `jobs:\n  planet:\n    uses: ${uses}\n`, '0.3.0');
  expect(notes).toEqual(called === null ? [] : [{ level: 'warning', message }]);
});

test('doctor counts the texts that are not translated', async () => {
  const { folder, planet } = await aPlanet({ a: '' }, { more: 'language: sw\n' });
  await folder.write('messages.yaml', 'site:\n  skip: Nenda kwenye maudhui\n');
  const all = Object.keys(english).length;
  const told = async () => (await planet(['doctor'])).stdout;
  const first = 'site.archive, site.authors, site.feeds, site.subscribe, site.search';
  const missing = `! ${all - 1} texts of the site are not translated into Swahili: ${first} and ${all - 6} more.`;
  expect(await told()).toContain(`${missing} Readers see these texts in English.`);
  await folder.write('planet.yaml', planetYaml({ a: 'a.xml' }, 'language: nn-NO\n'));
  expect(await told()).not.toContain('English');
});

test('the doctor says which pictures are damaged or could not be fetched', async () => {
  const pictures = ['#b5651d', '#123456', '#654321'].map((colour) => aPicture('png', { colour }));
  const answers = Object.fromEntries((await Promise.all(pictures)).map((bytes, index) => [`/${index}.png`, bytes]));
  const { server, folder, snapshot } = await aServedPlanet(answers, (url) =>
    planetYaml(Object.fromEntries([...'abcd'].map((feed) => [feed, url(`/${feed}`)]))),
  );
  for (const [index, feed] of [...'abcd'].entries())
    server.answers[`/${feed}`] = rss([{ title: feed, link: `https://${feed}.example/1` }]).replace(
      '<channel>',
      `<channel><image><url>${server.url(`/${index}.png`)}</url></image>`,
    );
  const archive = join(folder.path, 'archive');
  expect(await examineAvatars(archive, [])).toEqual([]);
  await snapshot();
  const problem = `1 picture could not be fetched, for example of d: ${server.url('/3.png')}: the server answers 404.`;
  const told = async (feeds: ReturnType<typeof aFeed>[] = []) =>
    (await examineAvatars(archive, feeds)).map(({ level, message }) => `${level}: ${message}`);
  expect(await told()).toEqual([`ok: ${problem}`]);
  const ours = await told([aFeed({ id: 'd', avatar: server.url('/3.png') })]);
  expect(ours.at(-1)).toBe(`warning: ${problem.replace('picture', 'picture that planet.yaml names')}`);
  const [a, b] = (await readAvatars(archive)).map(({ hash }) => hash);
  await rm(join(archive, `avatars/${a}.48.webp`));
  await writeFile(join(archive, `avatars/${b}.96.webp`), 'x');
  expect(await told()).toEqual([
    `warning: avatars/${b}.*.webp is damaged. Remove both files; the next snapshot fetches them again.`,
    `ok: ${problem}`,
  ]);
});

test('the doctor and the first snapshot say which id a feed had that was renamed by hand', async () => {
  const posts = [3, 4, 5].map((day) => post(day, `0${day} Jan 2026 08:00:00 GMT`));
  const { folder, planet, snapshot } = await aPlanet({ quin: rss(posts.slice(0, 2)) });
  const run = async (day: number) => (await snapshot(new Date(Date.UTC(2026, 0, day)))).notes;
  const doctor = async () => (await planet(['doctor'])).stdout;
  const left = 'whose 2 entries left the site with that id: write id: quin in planet.yaml.';
  const said = `quin-blog has the url of quin, ${left}`;
  expect([await run(6), (await doctor()).includes('write id')]).toEqual([undefined, false]);
  await folder.write('planet.yaml', planetYaml({ 'quin-blog': 'quin.xml' }));
  await folder.write('quin.xml', rss(posts.slice(1, 2)));
  expect(await run(7)).toEqual([said]);
  expect(await run(8)).toBeUndefined();
  expect(await doctor()).toContain(`! ${said}`);
  await folder.write('quin.xml', rss(posts));
  await run(9);
  expect(await doctor()).not.toContain('write id');
});

test('the doctor leaves it open whether a blog is where its held feed redirects', async () => {
  const made = await aPlanet({ quin: rss([post(1, 'Mon, 05 Jan 2026 08:00:00 GMT')]) });
  await made.snapshot();
  const states = await made.states();
  const trouble = { outcome: 'held', reason: 'it may have another owner', since: '2026-01-06T00:00:00Z' };
  Object.assign(states.quin, { movedTo: 'https://slots.example/', trouble });
  await made.folder.write('archive/feeds.json', JSON.stringify(states));
  const { stdout } = await made.planet(['doctor']);
  expect(stdout).toContain('moved permanently: if its blog is there, write url: https://slots.example/ in');
});
