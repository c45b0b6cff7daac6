import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, test } from 'vitest';

/** Base names that two files have, with the reason. */
const SHARED_NAMES = new Map([
  ['archive.ts', 'the program `npm run archive`, and the reader of the archive'],
  ['planet.ts', 'the program `npm run planet`, and the settings in planet.yaml'],
]);

/** Names that several files export, with the reason. */
const SHARED_EXPORTS = new Map([['collections', 'Astro wants this name in both of its collection files']]);

/** Tables, which may be longer. */
const LONG_FILES = new Set([
  // The catalogue of texts.
  'src/i18n/en.ts',
]);

const files = await Array.fromAsync(glob(['scripts/**/*.ts', 'src/**/*.{ts,astro}']));
const texts = new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)));

function repeated<T>(items: readonly T[], keyOf: (item: T) => string): string[] {
  return [...Map.groupBy(items, keyOf)].flatMap(([key, list]) => (list.length > 1 ? [key] : [])).sort();
}

/** Files that a text names, but that do not exist. */
function missingFiles(text: string): string[] {
  const named = text.matchAll(/(?<![\w./-])(?:scripts|src|docs|tests|public)\/[\w./[\]-]+\.[a-z]+\b/g);
  return [...named].flatMap(([file]) => (existsSync(file) ? [] : [file]));
}

test('each file that a comment, a workflow or a page of the docs names exists', async () => {
  const pages = await Array.fromAsync(
    glob(['*.md', 'docs/**/*.md', 'biome.json', '.github/**/*.yml']),
    async (file) => {
      return [file, await readFile(file, 'utf8')] as const;
    },
  );
  const comments = [...texts].map(([file, text]) => {
    return [file, [...text.matchAll(/^\s*(?:\{?\/\*|\*|\/\/).*$|\s\/\/ .*$/gm)].join('\n')] as const;
  });
  for (const [file, text] of [...pages, ...comments])
    if (file !== 'CHANGELOG.md') expect.soft(missingFiles(text), file).toEqual([]);
});

test('docs/site.md lists functions that may change a body, and each exists', async () => {
  const [, list = ''] = (await readFile('docs/site.md', 'utf8')).split('| when | functions |');
  const names = [...(list.split('\n\n')[0] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(5);
  const code = [...texts.values()].join('\n');
  expect(names.filter((name) => !code.includes(`function ${name}(`) && !code.includes(`function ${name}<`))).toEqual(
    [],
  );
});

test('docs/how-it-works.md is one page, with the tasks of contributors', async () => {
  const page = await readFile('docs/how-it-works.md', 'utf8');
  expect(page.split('## Where to change what')[1]?.match(/^\| .+ \| `\S+` \|$/gm)?.length).toBeGreaterThanOrEqual(20);
  expect(page.split('\n').length).toBeLessThanOrEqual(150);
  const named = [...page.matchAll(/`(?:[\w./-]*\/)?([\w-]+\.(?:ts|astro))`/g)].map(([, name = '']) => name);
  const names = new Set(files.map((file) => basename(file)));
  expect(named.filter((name) => !names.has(name))).toEqual([]);
});

test('no base name is used twice', () => {
  const named = files.filter((file) => /^(?:scripts|src\/core|src\/archive|src\/client)\//.test(file));
  expect(repeated(named, (file) => basename(file))).toEqual([...SHARED_NAMES.keys()].sort());
});

test('no file is over 200 lines', () => {
  const long = [...texts].filter(([, text]) => text.trimEnd().split('\n').length > 200).map(([file]) => file);
  expect(long.sort()).toEqual([...LONG_FILES].sort());
});

test('no exported name is defined in two files', () => {
  const DEFINED = /^export (?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/gm;
  const exported = [...texts.values()].flatMap((text) => [
    ...new Set([...text.matchAll(DEFINED)].map(([, name]) => name)),
  ]);
  expect(repeated(exported, String)).toEqual([...SHARED_EXPORTS.keys()].sort());
});
