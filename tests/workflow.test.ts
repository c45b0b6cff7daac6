import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Step {
  name?: string;
  uses?: string;
  run?: string;
}
interface Job {
  permissions: Record<string, string>;
  steps: Step[];
}

const file = resolve(import.meta.dirname, '../.github/workflows/publish.yml');
const workflow = parse(await readFile(file, 'utf8')) as {
  on: { schedule: { cron: string }[]; push: unknown; workflow_dispatch: unknown };
  permissions: object;
  jobs: Record<'build' | 'keep' | 'deploy', Job>;
};

test('it runs on a schedule off the full hour, on push and on demand', () => {
  expect(Object.keys(workflow.on)).toEqual(['schedule', 'push', 'workflow_dispatch']);
  expect(workflow.on.schedule[0]?.cron).toMatch(/^[1-9]\d? \* \* \* \*$/);
});

test('the job that meets the web can write nothing, and each other job only its own thing', () => {
  expect(workflow.permissions).toEqual({});
  expect(workflow.jobs.build.permissions).toEqual({ contents: 'read' });
  expect(workflow.jobs.keep.permissions).toEqual({ contents: 'write' });
  expect(workflow.jobs.deploy.permissions).toEqual({ pages: 'write', 'id-token': 'write' });
});

test('every action is pinned to a commit', () => {
  const uses = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap((step) => step.uses ?? []));
  expect(uses.length).toBeGreaterThan(4);
  for (const action of uses) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
});

describe('the archive branch, against a bare repository', () => {
  let area: string;
  let remote: string;
  const git = (cwd: string, ...args: string[]) => promisify(execFile)('git', args, { cwd });
  const step = (job: 'build' | 'keep', name: RegExp) =>
    workflow.jobs[job].steps.find((each) => name.test(each.name ?? ''))?.run ?? 'exit 99';

  beforeAll(async () => {
    area = await mkdtemp(join(tmpdir(), 'orrery-workflow-'));
    remote = join(area, 'remote.git');
    await git(area, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
    await git(area, 'clone', '--quiet', remote, 'first');
    await writeFile(join(area, 'first/README.md'), 'A planet\n');
    await git(join(area, 'first'), 'add', '.');
    await git(join(area, 'first'), '-c', 'user.name=T', '-c', 'user.email=t@t.example', 'commit', '-qm', 'Begin');
    await git(join(area, 'first'), 'push', '-q', 'origin', 'HEAD:main');
  });
  afterAll(() => rm(area, { recursive: true, force: true }));

  /** One run of the workflow whose snapshot writes these files. Returns the commits on the archive branch. */
  async function runOnce(name: string, writes: Record<string, string>): Promise<{ commits: number; files: string[] }> {
    const build = join(area, `${name}-build`);
    const keep = join(area, `${name}-keep`);
    const artifact = join(area, `${name}-artifact`);
    const shell = (cwd: string, script: string) =>
      promisify(execFile)('bash', ['-eo', 'pipefail', '-c', script], {
        cwd,
        env: { ...process.env, NEW_ARCHIVE: artifact },
      });
    await git(area, 'clone', '--quiet', '--branch', 'main', remote, build);
    await shell(build, step('build', /^Lay the archive/));
    const archive = join(build, 'src/content/archive');
    await mkdir(archive, { recursive: true });
    for (const [path, text] of Object.entries(writes)) await writeFile(join(archive, path), text);
    // As upload-artifact does it: hidden files stay behind.
    await cp(archive, artifact, { recursive: true, filter: (path) => !path.endsWith('/.git') });
    await git(area, 'clone', '--quiet', '--branch', 'main', remote, keep);
    await shell(keep, step('keep', /^Commit the archive/));
    const { stdout: log } = await git(remote, 'log', '--format=%h', 'archive');
    const { stdout: tree } = await git(remote, 'ls-tree', '-r', '--name-only', 'archive');
    return { commits: log.trim().split('\n').length, files: tree.trim().split('\n') };
  }

  test('begins with the first run, grows, and stays as it is when nothing changed', async () => {
    expect(await runOnce('a', { 'feeds.json': '{}\n', '2026-01.ndjson': '1\n' })).toEqual({
      commits: 1,
      files: ['2026-01.ndjson', 'feeds.json'],
    });
    expect((await runOnce('b', {})).commits).toBe(1);
    expect(await runOnce('c', { '2026-02.ndjson': '2\n' })).toEqual({
      commits: 2,
      files: ['2026-01.ndjson', '2026-02.ndjson', 'feeds.json'],
    });
    expect(await readdir(join(area, 'c-build/src/content/archive'))).toContain('2026-01.ndjson');
  });

  test('is never begun anew because the remote did not answer', async () => {
    await git(area, 'clone', '--quiet', '--branch', 'main', remote, 'lost');
    await git(join(area, 'lost'), 'remote', 'set-url', 'origin', join(area, 'nowhere.git'));
    const lay = promisify(execFile)('bash', ['-eo', 'pipefail', '-c', step('build', /^Lay the archive/)], {
      cwd: join(area, 'lost'),
    });
    await expect(lay).rejects.toMatchObject({ code: 128 });
  });
});
