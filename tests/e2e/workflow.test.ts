import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { archiveOf, post } from '../lib/builders.ts';
import { rss, serveFeeds } from '../lib/feed-server.ts';
import { aRemote, archive, execute, type Remote, writeArchive } from '../lib/git-remote.ts';
import { run } from '../lib/planet.ts';
import { serveSite } from '../lib/site.ts';
import { runStep, type Workflow, workflows } from '../lib/workflows.ts';

const all = await workflows();
const publish = all['publish.yml'] as Workflow;

const examples = Object.entries(await workflows('docs/several-machines'));
const named = examples.map(([name, workflow]) => [`docs/several-machines/${name}`, workflow] as const);

describe.for([...Object.entries(all), ...named])('%s', ([, workflow]) => {
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  test('gives no permission to all jobs, and to each what it needs', () => {
    expect(workflow.permissions).toEqual({});
    for (const { permissions } of jobs) expect(permissions).toBeDefined();
  });

  test('uses no action but GitHub’s own, each pinned to a commit', () => {
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/^actions\/[a-z/-]+@[0-9a-f]{40}$/);
  });

  test('puts no text of others into a command', () => {
    for (const { run: command } of steps) expect(command ?? '').not.toContain('${{');
  });

  test('calls only what is there', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8'));
    const commands = steps.map(({ run: command }) => command ?? '').join('\n');
    for (const [, script = ''] of commands.matchAll(/\bnpm run ([\w-]+)/g))
      expect(Object.keys(scripts)).toContain(script);
    for (const [, file = ''] of commands.matchAll(/\b(?:node|sh) ([\w/.-]+\.(?:ts|sh))/g))
      expect((await stat(file)).isFile(), file).toBe(true);
  });

  test('ends by itself', () => {
    for (const job of jobs) expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
  });
});

test.for([...Object.entries(all), ...named])(
  '%s: a job that runs strangers’ code or reads feeds has no token on its disk',
  ([, { jobs }]) => {
    for (const [name, job] of Object.entries(jobs)) {
      if (!job.steps.some(({ run: command }) => /\bnpm\b|apt-get/.test(command ?? ''))) continue;
      for (const step of job.steps) {
        if (step.uses?.startsWith('actions/checkout'))
          expect(step.with, name).toMatchObject({ 'persist-credentials': false });
        if (/npm|apt-get/.test(step.run ?? ''))
          expect(JSON.stringify(step.env ?? {}), name).not.toContain('github.token');
      }
    }
  },
);

describe('publish', () => {
  test('runs on a schedule off the full hour, on push, on demand and when told, never twice at once', () => {
    expect(Object.keys(publish.on)).toEqual(['schedule', 'push', 'workflow_dispatch', 'repository_dispatch']);
    expect(publish.on.schedule).toEqual([{ cron: expect.stringMatching(/^[1-9]\d? \* \* \* \*$/) }]);
    expect(publish.concurrency).toEqual({ group: 'publish', 'cancel-in-progress': false });
  });

  test('the job that meets the web can write nothing, and each other job only its own thing', () => {
    const permissions = Object.entries(publish.jobs).map(([name, job]) => [name, job.permissions]);
    expect(Object.fromEntries(permissions)).toEqual({
      build: { contents: 'read' },
      keep: { contents: 'write' },
      deploy: { pages: 'write', 'id-token': 'write' },
      hook: {},
      ping: { contents: 'read' },
    });
    expect(JSON.stringify(publish.jobs.build)).not.toContain('secrets.');
  });

  test('what was read is handed over before the site is built, and kept even where it cannot be', () => {
    const steps = publish.jobs.build?.steps ?? [];
    const place = (what: RegExp) => steps.findIndex((step) => what.test(`${step.run} ${step.with?.['name']}`));
    expect(place(/npm run snapshot/)).toBeGreaterThan(-1);
    expect(place(/ archive$/)).toBeGreaterThan(place(/npm run snapshot/));
    expect(place(/done=true/)).toBeGreaterThan(place(/ archive$/));
    expect(place(/npm run site/)).toBeGreaterThan(place(/done=true/));
    expect(publish.jobs.keep?.if).toBe("always() && needs.build.outputs.read == 'true'");
  });

  test('the job that may write to the repository installs nothing', () => {
    expect(JSON.stringify(publish.jobs.keep?.steps)).not.toMatch(/npm|npx/);
  });

  test('nothing is published before the archive is kept, nor where nothing changed', () => {
    for (const job of ['deploy', 'hook']) {
      expect(publish.jobs[job]?.needs).toContain('keep');
      expect(publish.jobs[job]?.if).toContain("needs.build.outputs.changed == 'true'");
    }
  });
});

describe('the steps of publish, against a bare repository', () => {
  let remote: Remote;
  beforeAll(async () => {
    remote = await aRemote();
  });
  afterAll(() => remote[Symbol.asyncDispose]());

  const token = { 'github.token': 'secret' };

  /** A run whose snapshot leaves this archive; `meanwhile` something else happens before its second job begins. */
  async function aRun(found: ReadonlyMap<string, string>, meanwhile = async () => {}): Promise<string> {
    const build = await remote.clone();
    const { outputs } = await runStep(publish.jobs.build, /^Lay the archive/, build, token);
    await writeArchive(build, found);
    // As upload-artifact and download-artifact do it: hidden files stay behind.
    const temp = await mkdtemp(join(remote.area, 'temp-'));
    const visible = (path: string) => !/\/\.[^/]*$/.test(path.slice(build.length));
    await cp(join(build, 'src/content/archive'), join(temp, 'archive'), { recursive: true, filter: visible });
    await meanwhile();
    const keep = await remote.clone();
    const expressions = { 'needs.build.outputs.base': outputs.base ?? '' };
    const ran = await runStep(publish.jobs.keep, /^Commit the archive/, keep, expressions, { RUNNER_TEMP: temp });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    return ran.stdout;
  }

  test('begin the archive, let it grow, and push nothing where nothing changed', async () => {
    const first = archiveOf([post('one')], { a: {} });
    await aRun(first);
    expect(await aRun(first)).toBe('Nothing changed.\n');
    expect(await remote.commits()).toBe(1);
    await aRun(archiveOf([post('one'), post('two')], { a: {} }), async () => {
      // An operator pushes while the run is at work.
      const clone = await remote.clone();
      await archive(clone, 'pull');
      await writeArchive(clone, archiveOf([post('by-hand'), post('one')], { a: {} }));
      await archive(clone, 'push');
    });
    expect(await remote.ids()).toEqual(['by-hand', 'one', 'two']);
    expect(await remote.commits()).toBe(3);
    expect(await remote.git('log', '-1', '--format=%an', 'archive')).toBe('github-actions[bot]');
  });

  test('stop where the host does not answer, before an archive begins anew', async () => {
    const clone = await remote.clone();
    await execute('git', ['remote', 'set-url', 'origin', join(remote.area, 'nowhere.git')], clone);
    expect(await runStep(publish.jobs.build, /^Lay the archive/, clone, token)).toMatchObject({ code: 1, outputs: {} });
  });

  test('call the other host’s hook, and fail where it does not answer', async () => {
    const asked: string[] = [];
    await using server = await serveFeeds({
      '/hook': (request, response) => {
        asked.push(request.method ?? '');
        response.writeHead(201).end();
      },
    });
    const call = (path: string) =>
      runStep(publish.jobs.hook, /^Call the host/, '.', { 'secrets.DEPLOY_HOOK': server.url(path) });
    expect(await call('/hook')).toMatchObject({ code: 0, stdout: '' });
    expect(asked).toEqual(['POST']);
    expect((await call('/no-such-hook')).code).not.toBe(0);
  });
});

describe('publish on several machines', () => {
  const [[, several] = []] = examples;
  const { jobs } = several as Workflow;

  test('begins as publish does, uses the same actions, and keeps the archive in the same way', () => {
    const used = (workflow?: Workflow) =>
      new Set(Object.values(workflow?.jobs ?? {}).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? [])));
    expect([...used(several)].filter((action) => !used(publish).has(action))).toEqual([]);
    expect(several?.on).toEqual(publish.on);
    expect(several?.concurrency).toEqual(publish.concurrency);
    const same = JSON.stringify(publish.jobs.keep?.steps).replace(
      'needs.build.outputs.base',
      'needs.begin.outputs.base',
    );
    expect(JSON.stringify(jobs.keep?.steps)).toBe(same);
  });

  test('a job may write what it is there for and nothing else, and one alone has the keys of the bucket', () => {
    const write = Object.entries(jobs).filter(([, job]) => Object.values(job.permissions).includes('write'));
    expect(write.map(([name]) => name)).toEqual(['keep', 'deploy']);
    const secret = Object.entries(jobs).filter(([, job]) => JSON.stringify(job).includes('secrets.'));
    expect(secret.map(([name]) => name)).toEqual(['upload']);
    for (const job of ['deploy', 'upload']) {
      expect(jobs[job]?.needs).toContain('keep');
      expect(jobs[job]?.if).toContain("needs.keep.result == 'success'");
    }
  });

  test('lets each machine begin with the same commit, hand in what it changed, and joins that', async () => {
    await using remote = await aRemote();
    const writer = await remote.clone();
    await archive(writer, 'pull');
    const old = post('old', { published: '2025-12-01T00:00:00Z' });
    const base = new Map([...archiveOf([post('one')], {}), ['2025-12.ndjson', `${JSON.stringify(old)}\n`]]);
    await writeArchive(writer, base);
    expect(await archive(writer, 'push')).toMatchObject({ code: 0 });
    const { outputs } = await runStep(jobs.begin, /^Begin/, await remote.clone());
    expect(outputs.base).toBe(await remote.git('rev-parse', 'archive'));
    // Somebody pushes before the machines begin.
    await writeArchive(writer, archiveOf([post('later'), post('one')], {}));
    await archive(writer, 'push');

    const expressions = { 'needs.begin.outputs.base': outputs.base ?? '', 'github.token': 'secret' };
    const collected = join(remote.area, 'collected');
    for (const feed of ['a', 'b']) {
      const machine = await remote.clone();
      const env = { RUNNER_TEMP: await mkdtemp(join(remote.area, 'temp-')) };
      expect(await runStep(jobs.read, /^Lay/, machine, expressions, env)).toMatchObject({ code: 0 });
      // What the steps in between write is newer, whatever a file system's clock makes of it.
      await utimes(join(env.RUNNER_TEMP, 'begun'), new Date(), Date.now() / 1000 - 1);
      const laid = join(machine, 'src/content/archive');
      for (const name of base.keys()) await utimes(join(laid, name), 1, 1);
      const entries = [post('new', { feed, url: 'https://a.example/new' }), post('one')];
      await writeArchive(machine, archiveOf(entries, { [feed]: {} }));
      expect(await runStep(jobs.read, /^Hand in/, machine, {}, env)).toMatchObject({ code: 0 });
      expect((await readdir(join(env.RUNNER_TEMP, 'read'))).sort()).toEqual(['2026-01.ndjson', 'feeds.json']);
      await cp(join(env.RUNNER_TEMP, 'read'), join(collected, 'read', `read-${feed}`), { recursive: true });
    }

    const clone = await remote.clone();
    await symlink(resolve('node_modules'), join(clone, 'node_modules'));
    expect(await runStep(jobs.gather, /^Lay/, clone, expressions)).toMatchObject({ code: 0 });
    const joined = await runStep(jobs.gather, /^Join/, clone, expressions, { RUNNER_TEMP: collected });
    expect(joined, joined.stderr).toMatchObject({ code: 0 });
    expect(joined.stdout).toContain('Joined 2 shares: 2 entries new, 0 changed.');
    const lines = (await readFile(join(clone, 'src/content/archive/2026-01.ndjson'), 'utf8')).trim().split('\n');
    const told = lines.map((line) => JSON.parse(line)).map(({ feed, id, copyOf }) => [feed, id, copyOf?.feed]);
    expect(told).toEqual([
      ['a', 'new', undefined],
      ['a', 'one', undefined],
      ['b', 'new', 'a'],
    ]);
  });
});

describe('check', () => {
  const { jobs, on, concurrency } = all['check.yml'] as Workflow;

  test('runs on plain pull requests, and may read only', () => {
    expect(Object.keys(on)).toEqual(['pull_request']);
    expect(Object.values(jobs).map(({ permissions }) => permissions)).toEqual([{ contents: 'read' }]);
    expect(JSON.stringify({ jobs, concurrency })).not.toMatch(/secrets\.|pull_request_target|head_ref/);
  });

  test('tries what a pull request changes, and fails where a feed cannot be read', async () => {
    await using remote = await aRemote();
    const clone = await remote.clone();
    await symlink(resolve('node_modules'), join(clone, 'node_modules'));
    const base = { 'github.token': '' };
    const lay = await runStep(jobs.check, /^Lay the archive/, clone, base);
    expect(lay).toMatchObject({ code: 0, stdout: 'There is no branch "archive" yet: the first push begins it.\n' });
    await remote.commit(clone, 'The pull request');
    const yaml = join(clone, 'src/content/planet.yaml');
    await appendFile(join(clone, 'src/content/feed.xml'), rss([{ title: 'First light', link: 'https://a.example/1' }]));
    await writeFile(
      yaml,
      (await readFile(yaml, 'utf8')).replace(/^feeds:$/m, 'feeds:\n  - { id: new, title: New, url: feed.xml }'),
    );
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(remote.area, 'summary.md') };
    const tried = await runStep(jobs.check, /^Try the feeds/, clone, base, env);
    expect(tried.code, tried.stderr + tried.stdout).toBe(0);
    expect(await readFile(env.GITHUB_STEP_SUMMARY, 'utf8')).toContain('First light');
    await rm(join(clone, 'src/content/feed.xml'));
    expect(await runStep(jobs.check, /^Try the feeds/, clone, base, env)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^::error file=src\/content\/planet\.yaml,line=\d+/m),
    });
  });
});

describe('troubles', () => {
  test('may write issues and nothing else', () => {
    const { tell } = (all['troubles.yml'] as Workflow).jobs;
    expect(tell?.permissions).toEqual({ contents: 'read', issues: 'write' });
    // No step but the last has the token.
    const [last, ...others] = [...(tell?.steps ?? [])].reverse();
    expect(last?.run).toBe('node scripts/ci/report-problems.ts');
    expect(JSON.stringify(others)).not.toContain('token');
    for (const { uses, with: given } of others)
      if (uses?.includes('checkout')) expect(given).toMatchObject({ 'persist-credentials': false });
  });
});

describe('keepalive', () => {
  const { jobs, on } = all['keepalive.yml'] as Workflow;

  test('runs well before 60 days are over, and may do nothing but that', () => {
    expect(on.schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \d+,\d+ \* \*$/) }]);
    expect(jobs.keepalive?.permissions).toEqual({ actions: 'write' });
  });

  test('keeps every schedule that there is, itself included, and none that was switched off by hand', async () => {
    const scheduled = Object.entries(all).filter(([, workflow]) => 'schedule' in workflow.on);
    const states = Object.fromEntries(scheduled.map(([name]) => [name, 'active']));
    states['troubles.yml'] = 'disabled_manually';
    const asked: string[] = [];
    await using server = await serveFeeds({});
    for (const [name, state] of Object.entries(states)) {
      const path = `/repos/ada/planet/actions/workflows/${name}`;
      server.answers[path] = JSON.stringify({ state });
      server.answers[`${path}/enable`] = ({ method, headers }, response) => {
        asked.push(`${method} ${name} ${headers.authorization}`);
        response.writeHead(204).end();
      };
    }
    const step = () =>
      runStep(
        jobs.keepalive,
        /^Say that/,
        '.',
        { 'github.token': 'secret' },
        {
          GITHUB_API_URL: server.url(''),
          GITHUB_REPOSITORY: 'ada/planet',
        },
      );
    expect(await step()).toMatchObject({ code: 0, stdout: '' });
    expect(asked.splice(0).sort()).toEqual(['PUT keepalive.yml Bearer secret', 'PUT publish.yml Bearer secret']);
    // An operator may remove one; that none can be kept alive is told of.
    delete server.answers['/repos/ada/planet/actions/workflows/publish.yml'];
    expect(await step()).toMatchObject({ code: 0 });
    expect(asked).toEqual(['PUT keepalive.yml Bearer secret']);
    delete server.answers['/repos/ada/planet/actions/workflows/keepalive.yml'];
    expect((await step()).code).not.toBe(0);
  });
});

describe('whether the site has changed', () => {
  test('the site itself is asked, byte by byte', async () => {
    const area = await mkdtemp(join(tmpdir(), 'orrery-deployed-'));
    const [built, published] = [join(area, 'built'), join(area, 'published')];
    await mkdir(published);
    await writeFile(join(published, '404.html'), 'Nothing here yet');
    await cp(inject('demo').dist, built, { recursive: true });
    await using host = await serveSite(published, '/planet/');
    const feeds = 'feeds: [{id: a, title: A, url: feeds/a.xml}]';
    await writeFile(join(area, 'planet.yaml'), `title: T\ndescription: D\nsite: ${host.url}\n${feeds}\n`);
    const env = { PLANET_DIST: built, PLANET_CONTENT: area };
    const isChanged = async () => (await run(['scripts/ci/is-deployed.ts'], env)).stdout;
    expect(await isChanged(), 'nobody has published it').toBe('changed=true\n');
    await cp(built, published, { recursive: true });
    expect(await isChanged(), 'readers see it').toBe('changed=false\n');
    const digest = await readFile(join(built, 'digest.txt'), 'utf8');
    await writeFile(
      join(built, 'digest.txt'),
      digest.replaceAll(/[0-9a-f]/g, (digit) => (digit === '0' ? '1' : '0')),
    );
    expect(await isChanged(), 'one byte of it is another').toBe('changed=true\n');
    await rm(area, { recursive: true });
  });
});
