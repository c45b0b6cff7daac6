import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { writeWhole } from '../../scripts/disk/files.ts';
import { surroundings } from '../lib/planet.ts';
import { copyOfProject, type Project } from '../lib/project-copy.ts';
import { areaFor } from '../lib/test-folder.ts';

const area = areaFor('every-day');
const folder = join(area, 'content');
const env = { PLANET_CONTENT: folder, SOURCE_DATE_EPOCH: '1772000000' };
beforeAll(() => cp(inject('demo').folder, folder, { recursive: true }));

const astro = resolve('node_modules/astro/bin/astro.mjs');

// In a copy: Astro keeps the list of own pages in `.astro/`, and the builds of other tests would replace it.
let project: Project;
beforeAll(async () => {
  project = await copyOfProject();
});
afterAll(() => project[Symbol.asyncDispose]());

describe('`npm run dev`', () => {
  let server: ChildProcess | undefined;
  let url = '';

  beforeAll(async () => {
    // The system gives the port: another test might take one that was free before the start.
    const dev = [astro, 'dev', '--host', '127.0.0.1', '--port', '0'];
    server = spawn(process.execPath, dev, {
      cwd: project.path,
      env: { ...surroundings, ...env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    server.stdout?.on('data', (text) => {
      said += text;
    });
    await vi.waitFor(() => expect(said).toMatch(/Local +http/), { timeout: 60_000 });
    url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
    await vi.waitFor(async () => expect(await get('/')).toMatchObject({ status: 200 }), { timeout: 60_000 });
  });
  afterAll(() => void server?.kill('SIGKILL'));

  async function get(path: string): Promise<{ status: number; type: string; text: string }> {
    const answer = await fetch(`${url}${path}`).catch(() => null);
    if (answer === null) return { status: 0, type: '', text: '' };
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() };
  }

  test.for([
    ['/2026/', 'text/html'],
    ['/2026/01/', 'text/html'],
    ['/2026/01/23/', 'text/html'],
    ['/authors/mara-okafor/', 'text/html'],
    ['/authors/mara-okafor/atom.xml', 'application/atom+xml; charset=utf-8'],
    ['/feeds/almanac/rss.xml', 'application/rss+xml; charset=utf-8'],
    ['/feed.json', 'application/feed+json; charset=utf-8'],
    ['/atom/2025-12.xml', 'application/atom+xml; charset=utf-8'],
    ['/avatars/mara-okafor.svg', 'image/svg+xml'],
    ['/about/', 'text/html'],
  ])('serves %s as %s', async ([path = '', type]) => {
    expect(await get(path)).toMatchObject({ status: 200, type });
  });

  test.for(['/nothing/', '/2019/', '/2026/02/', '/authors/nobody/', '/atom/1999-01.xml'])('has no %s', async (path) => {
    expect(await get(path)).toMatchObject({ status: 404 });
  });

  test('shows what the archive holds now', async () => {
    const month = join(folder, 'archive/2026-01.ndjson');
    const text = await readFile(month, 'utf8');
    const [first = ''] = text.split('\n');
    const { title } = JSON.parse(first);
    await get('/2026/01/');
    // As a snapshot writes it: another file in the place of this one.
    writeWhole(month, text.replaceAll(JSON.stringify(title), '"Quite another title"'));
    await expect.poll(async () => (await get('/2026/01/')).text).toContain('Quite another title');
  });

  test('shows a new file of public/', async () => {
    await mkdir(join(folder, 'public'), { recursive: true });
    await writeFile(join(folder, 'public/sponsor.txt'), 'ACME');
    await expect.poll(async () => (await get('/sponsor.txt')).text).toBe('ACME');
  });

  test('sees a mistake in planet.yaml, and goes on with what is written next', async () => {
    const file = join(folder, 'planet.yaml');
    const yaml = (await readFile(file, 'utf8')).replace(/^title: .*$/m, 'title: Another planet\ntheme: meridian');
    await writeFile(file, `${yaml}\ncolour: red\n`);
    await expect.poll(async () => (await get('/')).status).toBe(500);
    await writeFile(file, yaml);
    await expect.poll(async () => (await get('/')).text).toMatch(/<title>Another planet<.*themes\/meridian\.css/s);
  });
});
