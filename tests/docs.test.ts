import { existsSync } from 'node:fs';
import { readdir, readFile, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from 'astro/zod';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../scripts/commands/lib/all-commands.ts';
import { Planet, Theme } from '../src/core/planet.ts';
import { settingGroups } from '../src/core/planet-file.ts';
import { execute } from './lib/git-remote.ts';
import { aFolder } from './lib/planet.ts';
import { planetHere } from './lib/program-here.ts';
import { areaFor } from './lib/test-folder.ts';

const inDocs = (await readdir('docs')).filter((name) => name.endsWith('.md'));
const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...inDocs.map((name) => `docs/${name}`)];
const texts = new Map(await Promise.all(pages.map(async (page) => [page, await readFile(page, 'utf8')] as const)));
const text = (page: string) => texts.get(page) ?? '';

const { scripts } = JSON.parse(await readFile('package.json', 'utf8'));
const orrery = commands.map(({ name }) => name);
const archiveHelp = (await planetHere(['archive', '--help'])).stdout;
const archive = [...archiveHelp.matchAll(/^npm run archive -- ([\w-]+)/gm)].map(([, command]) => command);

/** As GitHub names a heading. */
function anchorsOf(markdown: string): string[] {
  const headings = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.toLowerCase());
  return headings.map((heading) => heading.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
}

describe.for(pages)('%s', (page) => {
  test('leads nowhere where there is nothing', async () => {
    for (const [, address = ''] of text(page).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)) {
      const [path = '', anchor] = address.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      expect.soft(existsSync(file), `${address}: the file`).toBe(true);
      if (anchor !== undefined) expect.soft(anchorsOf(text(file)), `${address}: the heading`).toContain(anchor);
    }
  });

  test('names no command that is not there', () => {
    for (const [, script = '', command] of text(page).matchAll(/npm run (?:--silent )?([a-z][\w:-]*)(?: -- (\w+))?/g)) {
      expect.soft(Object.keys(scripts), `npm run ${script}`).toContain(script);
      if (command && script === 'planet') expect.soft(orrery, `npm run planet -- ${command}`).toContain(command);
    }
    for (const [, command = '', more] of text(page).matchAll(/npx orrery ([a-z]+)(?: ([a-z-]+))?/g)) {
      expect.soft(orrery, `npx orrery ${command}`).toContain(command);
      if (command === 'archive') expect.soft(archive, `npx orrery archive ${more}`).toContain(more);
    }
  });
});

test('each command has a line in docs/commands.md, and each file of scripts/commands is a command', async () => {
  for (const { name } of commands.filter(({ does }) => does !== null))
    expect.soft(text('docs/commands.md'), name).toMatch(new RegExp(`^(?:## |\\| .*)\`${name}\\b`, 'm'));
  const files = (await readdir('scripts/commands')).filter((name) => name.endsWith('.ts'));
  const sources = await Promise.all(files.map((name) => readFile(`scripts/commands/${name}`, 'utf8')));
  const exported = [...sources.join('\n').matchAll(/^export const (\w+)Command\b/gm)].map(([, name]) => name);
  expect(commands.flatMap((each) => ('command' in each ? [each.name] : [])).sort()).toEqual(exported.sort());
});

test('the lists of themes and the number of languages in the docs are those of the engine', async () => {
  const themes = (await readdir('src/styles/themes')).map((name) => name.replace('.css', ''));
  expect(Theme.options.toSorted()).toEqual(themes.sort());
  for (const theme of themes) {
    expect.soft(text('docs/look-and-feel.md')).toContain(`| \`${theme}\` |`);
    expect.soft(text('docs/configure.md')).toMatch(new RegExp(`\\| \`theme\` \\|.*\`${theme}\``));
  }
  const translations = (await readdir('src/i18n')).filter((name) => name.endsWith('.yaml'));
  expect(text('README.md')).toContain(`the ${translations.length + 1} languages of the site`);
});

test('the README leads to every page of docs/', () => {
  for (const page of pages.filter((name) => name.startsWith('docs/')))
    expect.soft(text('README.md')).toContain(`(${page})`);
});

describe('docs/configure.md', () => {
  const { defaults, ...tables } = settingGroups;
  const groups = { 'The planet': Planet, ...tables };

  test.for(Object.entries(groups))('tells every key of "%s", and its default', ([heading, schema]) => {
    const [, section = ''] = text('docs/configure.md').split(`\n## ${heading}\n`);
    const rows = (section.split('\n## ')[0] ?? '').matchAll(/^\| `(\w+)` \| *([^|]*?) *\|.*\|$/gm);
    const told = Object.fromEntries([...rows].map(([, key, value]) => [key, value]));
    expect(Object.keys(told).sort()).toEqual(Object.keys(schema.shape).sort());
    for (const [key, value] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
      const byDefault = value.safeParse(undefined).data;
      const isNeeded = !value.safeParse(undefined).success;
      expect.soft(told[key] === 'needed', `${key} is ${isNeeded ? '' : 'not '}needed`).toBe(isNeeded);
      if (['string', 'number', 'boolean'].includes(typeof byDefault)) expect.soft(told[key]).toBe(`\`${byDefault}\``);
    }
  });

  test('names the settings of feeds that can be defaults', () => {
    const list = Object.keys(defaults?.shape ?? {}).map((key) => `\`${key}\``);
    const sentence = `${list.slice(0, -1).join(', ')} and ${list.at(-1)} can stand here`;
    expect(text('docs/configure.md')).toContain(`\n## defaults\n\n${sentence}`);
  });

  test('gives no example that would be a mistake', () => {
    let tried = 0;
    for (const [heading, schema] of Object.entries(groups)) {
      const section = text('docs/configure.md').split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
      for (const [, key = '', example = ''] of section.matchAll(/^\| `(\w+)` \|.*\| `(\1: .*)` \|$/gm)) {
        const shape = schema.shape as Record<string, z.ZodType>;
        expect.soft(shape[key]?.safeParse(parse(example)[key]), example).toMatchObject({ success: true });
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(20);
  });
});

test('the worked example of docs/move-here.md is what the command does', async () => {
  const page = text('docs/move-here.md');
  const block = (language: string) => page.split(`\n\`\`\`${language}\n`)[1]?.split('\n```')[0] ?? '';
  await using folder = await aFolder('feeds: []\n');
  await folder.write('config.ini', `${block('ini')}\n`);
  const args = ['import', join(folder.path, 'config.ini'), '--force'];
  const { code, stdout, stderr } = await planetHere(args, { PLANET_CONTENT: folder.path });
  expect(code, stderr).toBe(0);
  expect(await readFile(join(folder.path, 'planet.yaml'), 'utf8')).toContain(`${block('yaml')}\n`);
  for (const loss of stdout.split('\n').filter((line) => line.startsWith('  - '))) expect.soft(page).toContain(loss);
});

test('the commands of docs/move-here.md bring every post of one feed from the cache of Venus, whatever its name, the oldest first', async () => {
  const [, section = ''] = text('docs/move-here.md').split('## Bring the posts of Venus');
  const [, script = ''] = section.split('\n```\n');
  await using folder = await aFolder('feeds: []\n');
  const name = "Ada O'Wheel &amp; &quot;Söhne&quot;";
  const posts = Array.from({ length: 201 }, (_, index) => `it's post ${index} & more`);
  await folder.write('cache/sources/a', name);
  for (const [index, post] of [...posts, 'of another feed'].entries()) {
    const from = posts.includes(post) ? name : 'Ada';
    const entry = `<entry><id>${post}</id><source><planet:name>${from}</planet:name></source></entry>`;
    await folder.write(`cache/${post}`, `<?xml version="1.0" encoding="utf-8"?>${entry}`);
    await utimes(join(folder.path, 'cache', post), 1e9 + index, 1e9 + index);
  }
  const given = script.replace('"Ada Wheelwright" cache=../planet/cache', `"${name}" cache=cache`);
  const npx = 'npx() { if [ $2 = snapshot ]; then cat feeds/*.xml; fi; }';
  const { code, stdout, stderr } = await execute('bash', ['-c', `${npx}\n${given}`], folder.path);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const documents = stdout.split('<feed xmlns="http://www.w3.org/2005/Atom">\n').slice(1);
  const ids = documents.map((document) => [...document.matchAll(/<id>(.*?)<\/id>/g)].map(([, id]) => id));
  expect(ids).toEqual([posts.slice(0, 200), posts.slice(200)]);
  expect(stdout).not.toContain('<?xml');
  expect(await readdir(join(folder.path, 'feeds'))).toEqual([]);
});

async function shell(folder: string, script: string): Promise<void> {
  expect(await execute('bash', ['-ec', script], folder)).toMatchObject({ code: 0 });
}

test('the commands of docs/upgrade.md leave nothing of a clone in the repository, not even what it ignored', async () => {
  const area = areaFor('leave');
  await shell(
    area,
    `git init -q --bare -b main remote && git init -q -b main my-clone && cd my-clone
mkdir -p src/content/archive && echo src/content/archive/ > .gitignore; echo 1 > a; echo 1 > src/content/archive/b
echo 'title: T' > src/content/planet.yaml
git add . && git commit -qm 1 && git remote add origin ../remote && git push -qu origin main`,
  );
  const folder = join(area, 'my-planet');
  expect(await planetHere(['migrate', join(area, 'my-clone'), folder])).toMatchObject({ code: 0 });
  const lines = text('docs/upgrade.md').match(/^(?:mv|git add) .*$/gm) ?? [];
  expect(lines).toHaveLength(2);
  await shell(folder, lines.join('\n'));
  const { stdout } = await execute('git', ['ls-tree', '-r', '--name-only', 'main'], join(area, 'remote'));
  expect(stdout).toBe('.github/dependabot.yml\n.github/workflows/planet.yml\n.gitignore\npackage.json\nplanet.yaml\n');
});

test('the commands of docs/upgrade.md replace the engine whole, and nothing of the operator’s folder', async () => {
  const area = areaFor('upgrade');
  const [engine, operator] = [join(area, 'engine'), join(area, 'operator')];
  await shell(
    area,
    `git init -q -b main engine && cd engine && mkdir -p src/content docs
echo 1 > a; echo 1 > docs/old.md; echo theirs > src/content/planet.yaml; git add . && git commit -qm 1
git clone -q . ../operator && cd ../operator
echo mine > src/content/planet.yaml; echo mine > src/content/more; git add . && git commit -qm mine
cd ../engine
echo 2 > a; git rm -q docs/old.md; mkdir .github; echo 2 > .github/new; echo new > src/content/planet.yaml
git add . && git commit -qm 2`,
  );
  const lines = text('docs/upgrade.md').match(/^git (?:remote|fetch|restore) .*$/gm) ?? [];
  expect(lines).toHaveLength(3);
  await shell(operator, lines.join('\n').replace('ADDRESS-OF-ORRERY', `'${engine}'`));
  const { stdout } = await execute('git', ['grep', '', '--', '.'], operator);
  expect(stdout).toBe('.github/new:2\na:2\nsrc/content/more:mine\nsrc/content/planet.yaml:mine\n');
});
