import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** What a command of the project did. */
export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

const root = resolve(import.meta.dirname, '../..');

/** The environment as a person's shell has it, without what the test runner and its host add for themselves. */
export const surroundings = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(?:GITHUB|RUNNER)_|^(?:NODE_ENV|VITEST)$/.test(name)),
);

/** Runs a command of the project as a person would, in a process of its own; `cwd` is where the project lies. */
export function run(args: string[], env: Record<string, string> = {}, cwd = root): Promise<Ran> {
  const options = {
    cwd,
    env: { ...surroundings, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', ...env },
    maxBuffer: 64 * 1024 * 1024,
  };
  return new Promise((done) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}

/** The environment in which `scripts/site.ts` builds the site of a folder. */
export const siteOf = (folder: string, dist: string) => ({
  PLANET_CONTENT: folder,
  PLANET_DIST: dist,
  SOURCE_DATE_EPOCH: '1772000000',
});

export type Folder = Awaited<ReturnType<typeof aFolder>>;

/** An operator's folder of its own, gone when the test ends. */
export async function aFolder(planetYaml: string) {
  const path = await mkdtemp(join(tmpdir(), 'orrery-'));
  const write = async (name: string, text: string | Buffer) => {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  };
  await write('planet.yaml', planetYaml);
  return {
    path,
    write,
    /** Every file of the archive and a hash of its bytes. */
    archive: () => hashes(join(path, 'archive')),
    /** Every line of every month. */
    entries: () => lines(join(path, 'archive')),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** `planet.yaml` that follows these feeds, by id. */
export function planetYaml(feeds: Record<string, string>, more = ''): string {
  const list = Object.entries(feeds).map(([id, url]) => `  - id: ${id}\n    title: Feed ${id}\n    url: ${url}\n`);
  return `title: Test\ndescription: A test\nsite: https://planet.example/\n${more}feeds:\n${list.join('')}`;
}

/** Every file below a folder and a hash of its bytes. */
export async function hashes(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  const pairs = files.map(async (file) => {
    const path = join(file.parentPath, file.name);
    return [
      path.slice(folder.length + 1),
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ] as const;
  });
  return Object.fromEntries((await Promise.all(pairs)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function lines(archive: string): Promise<Record<string, unknown>[]> {
  const names = (await readdir(archive)).filter((name) => name.endsWith('.ndjson')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(archive, name), 'utf8')));
  return texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => JSON.parse(line));
}
