import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { execute } from './lib/git-remote.ts';
import { aFolder } from './lib/planet.ts';

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Cache-Control': 'public, max-age=31536000, immutable',
};

describe.for([
  { host: 'Cloudflare Pages and Netlify', file: 'public/_headers' },
  { host: 'Vercel', file: 'docs/hosts/vercel.json' },
  { host: 'nginx', file: 'docs/hosts/nginx.conf.example' },
])('the headers for $host', ({ file }) => {
  test.for(Object.entries(HEADERS))('say %s: %s', async ([name, value]) => {
    const text = (await readFile(file, 'utf8')).replaceAll(/\s+/g, ' ');
    expect(text).toContain(name);
    expect(text).toContain(value);
  });
});

test('the feeds of other software redirect to ours, on each host that can', async () => {
  const [rules, vercel, nginx] = await Promise.all(
    ['public/_redirects', 'docs/hosts/vercel.json', 'docs/hosts/nginx.conf.example'].map((file) =>
      readFile(file, 'utf8'),
    ),
  );
  const ours = [...(rules ?? '').matchAll(/^(\/\S+) (\S+) 301$/gm)].map(([, from = '', to]) => [from, to]);
  expect(ours.map(([from]) => from)).toEqual(['/rss20.xml', '/rss10.xml', '/feed.atom', '/atom.php']);
  const { redirects }: { redirects: { source: string; destination: string }[] } = JSON.parse(vercel ?? '');
  const rewrites = [...(nginx ?? '').matchAll(/rewrite (\S+) (\S+) permanent;/g)];
  for (const [from = '', to = ''] of ours) {
    const matching = redirects.filter(({ source }) => new RegExp(`^${source.replace(':old', '')}$`).test(from));
    expect(
      matching.map(({ destination }) => destination),
      from,
    ).toEqual([to]);
    const rewritten = rewrites.flatMap(([, rule = '', target = '']) =>
      new RegExp(rule).test(`/p${from}`) ? [`/p${from}`.replace(new RegExp(rule), target)] : [],
    );
    expect(rewritten, from).toEqual([`/p${to}`]);
  }
});

const command = 'npx orrery archive pull && npx orrery site';

test('a host that builds the site itself builds from the archive, and reads no feed: what it read would be lost with its machine', async () => {
  const netlify = await readFile('docs/hosts/netlify.toml', 'utf8');
  expect(netlify).toContain(`command = "${command}"\n  publish = "dist"`);
  const vercel = JSON.parse(await readFile('docs/hosts/vercel.json', 'utf8'));
  expect(vercel).toMatchObject({ outputDirectory: 'dist' });
  // There a clone has no remote; the longest command that Vercel takes has 256 characters.
  expect(vercel.buildCommand).toMatch(new RegExp(`^PLANET_REMOTE=\\S+ ${command}$`));
  expect(vercel.buildCommand.length).toBeLessThanOrEqual(256);
  expect(await readFile('docs/deploy.md', 'utf8')).toContain(`\`${command}\``);
});

test('GitLab keeps what was read before it builds, and what meets the web does not push', async () => {
  const { stages, read, build, keep, pages } = parse(await readFile('docs/hosts/gitlab-ci.yml', 'utf8'));
  expect([read.stage, keep.stage, build.stage, pages.stage]).toEqual(stages);
  expect(read.script).toContain('npx orrery archive pull');
  expect([...read.script, ...build.script].join()).not.toContain('push');
  // The job that pushes runs git and the engine's own program; no package runs a script of its own there.
  expect(keep.script.filter((line: string) => /npm|npx/.test(line))).toEqual([
    'npm $(test -f package-lock.json && echo ci || echo install) --ignore-scripts',
    'npx orrery archive push --folder archive --base "$BASE"',
  ]);
  // A runner may keep its machine: what a job leaves outside its folder, the next pipeline or planet would find.
  for (const { script = [] } of [read, build, keep, pages])
    for (const line of script) expect(line).not.toMatch(/(?:^|[\s"'=])[/~]|\$HOME|\.\.\//);
  expect(pages.artifacts.paths).toEqual(['public']);
});

test('the lock of a planet on a server is in its folder: two planets do not wait for each other', async () => {
  const line = /^[\d *]+ cd (\S+) && npx orrery archive compare > \S+ && flock -n (\S+) npm/m.exec(
    await readFile('docs/deploy.md', 'utf8'),
  );
  expect(line?.slice(1)).toEqual(['/srv/orrery', 'planet.yaml']);
});

describe.skipIf(process.platform === 'win32')('a bucket', () => {
  test.for([
    { holds: 'nothing', files: [], isSent: true },
    { holds: 'a planet, and a page that it has no more', files: ['digest.txt', 'gone/index.html'], isSent: true },
    { holds: 'a part of a first upload', files: ['_astro/old.css', 'index.html'], isSent: true },
    { holds: 'other files', files: ['index.html', 'my photos/cat.jpg'], isSent: false },
    { holds: 'a folder with the name of a file', files: ['index.html/cat.jpg'], isSent: false },
    { holds: 'nothing, not even itself', files: null, isSent: true },
    { holds: 'what nobody may list', files: ['.denied'], isSent: false },
  ])('that holds $holds: is the site sent? $isSent', async ({ files, isSent }) => {
    await using area = await aFolder('');
    for (const name of ['_astro/new.css', 'digest.txt', 'index.html']) await area.write(`dist/${name}`, name);
    if (files !== null) await mkdir(join(area.path, 'bucket'));
    for (const name of files ?? []) await area.write(`bucket/${name}`, name);
    // Lists as rclone does, and writes down the other commands.
    const lists = '[ -e "$2" ] || exit 3; [ -e "$2/.denied" ] && exit 1; exec ls -pA "$2"';
    await area.write('bin/rclone', `#!/bin/sh\nif [ "$1" = lsf ]; then ${lists}; fi\necho "$1" >> sent\n`);
    await chmod(join(area.path, 'bin/rclone'), 0o755);
    const env = { PATH: `${join(area.path, 'bin')}:${process.env['PATH']}` };
    const to = files === null ? 'none' : 'bucket';
    const { code, stderr } = await execute('sh', [resolve('docs/hosts/upload.sh'), 'dist', to], area.path, env);
    const sent = await readFile(join(area.path, 'sent'), 'utf8').catch(() => '');
    expect([code, sent], stderr).toEqual(isSent ? [0, 'copy\ncopy\ncopy\nsync\n'] : [1, '']);
  });
});
