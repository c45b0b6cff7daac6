import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const ENGINE = ['src', 'public', 'scripts', 'astro.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];
const OPERATORS = ['src/content', 'src/demo'].map((folder) => join(root, folder));

export type Project = Awaited<ReturnType<typeof copyOfProject>>;

/** A copy of the project that a test may change. It lies inside the project, so that it finds the same libraries. */
export async function copyOfProject() {
  const area = join(root, '.orrery', 'tests');
  await mkdir(area, { recursive: true });
  const path = await mkdtemp(join(area, 'project-'));
  const filter = (file: string) => !OPERATORS.includes(file);
  for (const name of ENGINE) await cp(join(root, name), join(path, name), { recursive: true, filter });
  const write = (file: string, text: string) => writeFile(join(path, file), text);
  return {
    path,
    write,
    /** Throws where `from` does not stand in the file. */
    replace: async (file: string, from: string, to: string) => {
      const text = await readFile(join(path, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      await write(file, text.replace(from, to));
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
