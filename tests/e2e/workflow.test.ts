import { cp, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { join, resolve } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { onLoopback, serveFeeds } from '../lib/feed-server.ts';
import { aRemote, execute } from '../lib/git-remote.ts';
import { run } from '../lib/planet.ts';
import { serveSite } from '../lib/site.ts';
import { areaFor } from '../lib/test-folder.ts';
import { runStep, type Workflow, workflows } from '../lib/workflows.ts';

const all = await workflows();
const { jobs } = all['planet.yml'] as Workflow;

describe.for(Object.entries(all))('%s', ([, workflow]) => {
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps ?? []);

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
    // An operator copies what a host needs from docs/hosts.
    for (const [, file = ''] of commands.matchAll(/\bsh ([\w.-]+\.sh)/g))
      expect((await stat(join('docs/hosts', file))).isFile(), file).toBe(true);
  });

  test('ends by itself', () => {
    for (const job of jobs.filter(({ uses }) => !uses)) expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
    // A server that accepts and does not answer would use up the time of its job.
    for (const [request] of steps.flatMap(({ run: command = '' }) => [...command.matchAll(/\bcurl .*/g)]))
      expect(request).toContain(' --max-time 30 ');
  });
});

test.for(Object.entries(all))(
  '%s: a job that runs strangers’ code or reads feeds has no token on its disk',
  ([, each]) => {
    for (const [name, { steps = [] }] of Object.entries(each.jobs)) {
      if (!steps.some(({ run: command }) => /\bnpm\b|apt-get/.test(command ?? ''))) continue;
      for (const { uses, with: given, env, run: command = '' } of steps) {
        if (uses?.startsWith('actions/checkout')) expect(given, name).toMatchObject({ 'persist-credentials': false });
        if (/npm|apt-get/.test(command)) expect(JSON.stringify(env ?? {}), name).not.toContain('github.token');
      }
    }
  },
);

test('the planet of this repository is published by the workflow of every planet', () => {
  const { on, jobs } = all['publish.yml'] as Workflow;
  expect(on['schedule']).toContainEqual({ cron: expect.stringMatching(/^[1-9]\d? \* \* \* \*$/) });
  expect(jobs['planet']).toMatchObject({ uses: './.github/workflows/planet.yml', with: { folder: 'src/content' } });
  const needed = Object.values((all['planet.yml'] as Workflow).jobs).flatMap((job) => Object.entries(job.permissions));
  for (const [right, level] of needed) expect([level, 'write'], right).toContain(jobs['planet']?.permissions[right]);
});

test.for([
  { job: 'deploy', DEPLOY_TO: '' },
  { job: 'hook', DEPLOY_TO: 'hook' },
  { job: 'upload', DEPLOY_TO: 'bucket' },
])('$job publishes nothing before the archive is kept, nor where nothing changed', ({ job, DEPLOY_TO }) => {
  expect(jobs[job]?.needs).toContain('keep');
  // These operators and functions of a workflow are JavaScript too.
  const condition = new Function('cancelled', 'needs', 'vars', 'github', `return ${jobs[job]?.if}`);
  const runs = (result: string, changed: string): boolean => {
    const needs = { build: { result: 'success', outputs: { changed } }, keep: { result } };
    return condition(() => false, needs, { DEPLOY_TO }, { event_name: 'schedule' });
  };
  // A job that ran out of its time is "cancelled", and its run is not.
  const results = ['success', 'skipped', 'failure', 'cancelled'];
  expect(results.filter((result) => runs(result, 'true'))).toEqual(['success', 'skipped']);
  expect(results.filter((result) => runs(result, 'false'))).toEqual([]);
});

test('the archive is pushed before the site is built, also if the build fails', () => {
  const steps = jobs['build']?.steps ?? [];
  const place = (what: RegExp) => steps.findIndex((step) => what.test(`${step.run} ${step.with?.['name']}`));
  expect(place(/ archive compare/)).toBeGreaterThan(-1);
  expect(place(/ snapshot /)).toBeGreaterThan(place(/ archive compare/));
  expect(place(/ archive$/)).toBeGreaterThan(place(/ snapshot /));
  expect(place(/ORRERY site/)).toBeGreaterThan(place(/ archive$/));
  expect(jobs['keep']?.if).toBe("always() && needs.build.outputs.archive == 'true'");
});

test('the site is handed over with its files whose names begin with a dot, such as public/.well-known', () => {
  const upload = jobs['build']?.steps?.find(({ uses }) => uses?.includes('upload-pages-artifact'));
  expect(upload?.with).toMatchObject({ 'include-hidden-files': true });
});

test('each attempt of a run hands over a site of its own name, and later jobs take that of their build', () => {
  // A second attempt of `deploy` alone takes the site of the first attempt.
  const expression = (name: string) => `\${{ ${name} }}`;
  const { outputs, steps = [] } = jobs['build'] ?? {};
  const upload = steps.find(({ uses }) => uses?.includes('upload-pages-artifact'));
  expect(upload?.with?.['name']).toBe(`github-pages-${expression('github.run_attempt')}`);
  expect(outputs?.['artifact']).toBe(upload?.with?.['name']);
  const taken = Object.entries(jobs).flatMap(([name, job]) =>
    (job.steps ?? []).flatMap(({ uses = '', with: given }) =>
      /(?:deploy-pages|download-artifact)@/.test(uses) ? [[name, given?.['artifact_name'] ?? given?.['name']]] : [],
    ),
  );
  const site = expression('needs.build.outputs.artifact');
  expect(Object.fromEntries(taken)).toEqual({ keep: 'archive', deploy: site, upload: site, ping: site });
  for (const name of ['deploy', 'upload', 'ping']) expect(jobs[name]?.needs).toContain('build');
});

test('a job has the secrets that it is there for and no other', () => {
  const secret = Object.entries(jobs).filter(([, job]) => JSON.stringify(job).includes('secrets.'));
  expect(secret.map(([name]) => name)).toEqual(['hook', 'upload']);
});

test('a file that was sent to a bucket is not asked for again', () => {
  const send = jobs['upload']?.steps?.find(({ name }) => name === 'Send the changed files');
  expect(send?.env).toMatchObject({ RCLONE_CONFIG_SITE_NO_HEAD: 'true', RCLONE_CONFIG_SITE_NO_CHECK_BUCKET: 'true' });
});

test('a run stops where the host does not answer, before an archive begins anew', async () => {
  await using remote = await aRemote();
  const clone = await remote.clone();
  await execute('git', ['remote', 'set-url', 'origin', join(remote.area, 'nowhere.git')], clone);
  await symlink(resolve('node_modules'), join(clone, 'node_modules'));
  const env = { ORRERY: 'node ../../scripts/orrery.ts' };
  const folder = join(clone, 'src/content');
  const pulled = await runStep(jobs['build'], /^Pull the archive/, folder, { 'github.token': '' }, env);
  expect(pulled).toMatchObject({ code: 1, outputs: {} });
});

test('a pull request before the first run builds nothing', async () => {
  await using remote = await aRemote();
  const clone = await remote.clone();
  await symlink(resolve('node_modules'), join(clone, 'node_modules'));
  for (const step of [/^Pull the archive/, /^Build the site/]) {
    const env = { ORRERY: 'node ../../scripts/orrery.ts' };
    const ran = await runStep(jobs['check'], step, join(clone, 'src/content'), { 'github.token': '' }, env);
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
  }
});

test('calls the other host’s hook, and fails where it does not answer', async () => {
  const asked: string[] = [];
  await using server = await serveFeeds({
    '/hook': (request, response) => {
      asked.push(request.method ?? '');
      response.writeHead(201).end();
    },
  });
  const hookAt = (path: string) => ({ 'secrets.DEPLOY_HOOK': server.url(path) });
  const call = (path: string) => runStep(jobs['hook'], /^Call the host/, '.', hookAt(path));
  expect(await call('/hook')).toMatchObject({ code: 0, stdout: '' });
  expect(asked).toEqual(['POST']);
  expect((await call('/no-such-hook')).code).not.toBe(0);
});

test('keeps the schedule of the workflow that called it', async () => {
  const asked: string[] = [];
  const at = '/repos/ada/planet/actions/workflows/publish.yml/enable';
  await using server = await serveFeeds({
    [at]: ({ method, headers }, response) => {
      asked.push(`${method} ${headers.authorization}`);
      response.writeHead(204).end();
    },
  });
  const env = {
    GITHUB_API_URL: server.url(''),
    GITHUB_REPOSITORY: 'ada/planet',
    GITHUB_WORKFLOW_REF: 'ada/planet/.github/workflows/publish.yml@refs/heads/main',
  };
  const step = () => runStep(jobs['keepalive'], /^Enable the workflow/, '.', { 'github.token': 'secret' }, env);
  expect(await step()).toMatchObject({ code: 0, stdout: '' });
  expect(asked).toEqual(['PUT Bearer secret']);
  delete server.answers[at];
  expect((await step()).code).not.toBe(0);
});

describe('a new site at GitHub Pages', () => {
  const [old, built] = ['0'.repeat(64), '1'.repeat(64)];

  /** The step after a deployment, with what was sent to deploy once more. `by`: the deployment after which the site is served. */
  async function check(by: 1 | 2 | null, outcome: string, digest: string, refusal = 200) {
    const sent: unknown[] = [];
    const answers: Record<string, () => string> = {
      '/site/digest.txt': () => `${by === 1 + sent.length ? built : digest}\n`,
      '/repos/ada/planet/git/ref/heads/archive': () => '{"object":{"sha":"abc"}}',
      '/proof': () => '{"value":"me"}',
      '/repos/ada/planet/pages/deployments': () => '{}',
    };
    const listener: RequestListener = async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      if (body !== '') response.statusCode = refusal;
      if (body !== '') sent.push(JSON.parse(body));
      response.end(answers[request.url?.split('?')[0] ?? '']?.());
    };
    await using server = await onLoopback(createServer(listener));
    const url = (path: string) => `http://${server.host}${path}`;
    const of = { digest: built, served: url('/site/'), upload: '7' };
    const outputs = Object.fromEntries(Object.entries(of).map(([name, is]) => [`needs.build.outputs.${name}`, is]));
    const expressions = { ...outputs, 'github.token': '', 'steps.deployment.outcome': outcome };
    const env = {
      ...{ ACTIONS_ID_TOKEN_REQUEST_TOKEN: '', ACTIONS_ID_TOKEN_REQUEST_URL: url('/proof') },
      // Bash takes a function from here.
      'BASH_FUNC_sleep%%': '() { :; }',
      ...{ GITHUB_API_URL: url(''), GITHUB_REPOSITORY: 'ada/planet', RUNNER_TEMP: areaFor('runner') },
    };
    const { code, stdout } = await runStep(jobs['deploy'], /^Stop if the new site/, '.', expressions, env);
    // GitHub reads commands only where a line begins.
    return { code, error: /^::error::/m.test(stdout), sent };
  }

  const again = [{ artifact_id: 7, pages_build_version: 'abc', oidc_token: 'me' }];
  const [well, wrong] = [
    { code: 0, error: false, sent: again },
    { code: 1, error: true, sent: again },
  ];
  test.for<[string, Parameters<typeof check>, object]>([
    ['is served', [1, 'success', old], { ...well, sent: [] }],
    ['is not served, though GitHub says so', [2, 'success', old], well],
    ['fails, and is served at the second attempt', [2, 'failure', old], well],
    ['is served late, and GitHub refuses another one', [2, 'success', old, 400], well],
    ['is not served at all', [null, 'success', old], wrong],
    ['fails twice', [null, 'failure', 'Not found'], wrong],
    ['is refused twice', [null, 'failure', '', 404], wrong],
    ['cannot be read', [null, 'success', 'Not found'], { ...well, sent: [] }],
  ])('%s', async ([, given, expected]) => expect(await check(...given)).toEqual(expected));
});

describe('whether the site has changed', () => {
  test('the site itself is asked, byte by byte', async () => {
    const area = areaFor('deployed');
    const [built, published] = [join(area, 'built'), join(area, 'published')];
    await mkdir(published);
    await writeFile(join(published, '404.html'), 'Nothing here yet');
    await cp(inject('demo').dist, built, { recursive: true });
    await using host = await serveSite(published, '/planet/');
    const feeds = 'feeds: [{id: a, title: A, url: feeds/a.xml}]';
    await writeFile(join(area, 'planet.yaml'), `title: T\ndescription: D\nsite: ${host.url}\n${feeds}\n`);
    const env = { PLANET_DIST: built, PLANET_CONTENT: area };
    const isChanged = async () => (await run(['scripts/planet.ts', 'deployed'], env)).stdout;
    expect(await isChanged(), 'nobody has published it').toBe('changed=true\n');
    await cp(built, published, { recursive: true });
    expect(await isChanged(), 'readers see it').toBe('changed=false\n');
    const digest = await readFile(join(built, 'digest.txt'), 'utf8');
    const another = digest.replaceAll(/[0-9a-f]/g, (digit) => (digit === '0' ? '1' : '0'));
    await writeFile(join(built, 'digest.txt'), another);
    expect(await isChanged(), 'one byte of it is another').toBe('changed=true\n');
  });
});
