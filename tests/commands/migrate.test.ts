import { readdir, readFile, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aFolder, planetYaml } from '../lib/planet.ts';
import { planetHere } from '../lib/program-here.ts';

test('the operator is told of the file of the host', async () => {
  await using clone = await aFolder('');
  await using folder = await aFolder('');
  await clone.write('src/content/planet.yaml', planetYaml({ a: 'a.xml' }));
  await clone.write('netlify.toml', '[build]\n');
  const to = join(folder.path, 'new');
  const { code, stdout } = await planetHere(['migrate', clone.path, to]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/netlify\.toml, .* do not fit/) });
});

test('of `public` in the clone, what the operator wrote comes along, also into files of the engine', async () => {
  await using clone = await aFolder('');
  await using folder = await aFolder('');
  await clone.write('src/content/planet.yaml', planetYaml({ a: 'a.xml' }));
  await clone.write('src/content/public/.well-known/a', 'newer');
  for (const name of ['a', 'b']) await clone.write(`public/.well-known/${name}`, 'older');
  // A git on Windows wrote the line ends.
  for (const name of ['_headers', '_redirects'])
    await clone.write(`public/${name}`, (await readFile(`public/${name}`, 'utf8')).replaceAll('\n', '\r\n'));
  const [first, second] = ['first', 'second'].map((name) => join(folder.path, name)) as [string, string];
  expect(await planetHere(['migrate', clone.path, first])).toMatchObject({ code: 0, stderr: '' });
  expect(await readdir(join(first, 'public'))).toEqual(['.well-known']);
  const wellKnown = ['a', 'b'].map((name) => readFile(join(first, 'public/.well-known', name), 'utf8'));
  expect(await Promise.all(wellKnown)).toEqual(['newer', 'older']);

  const own = '/rss20.xml /rss.xml 301\n/old.xml /atom.xml 301\n';
  await clone.write('public/_redirects', own);
  await clone.write('public/logo.svg', '<svg/>');
  const { code, stdout } = await planetHere(['migrate', clone.path, second]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('public/_redirects, public/logo.svg.') });
  expect(await readFile(join(second, 'public/_redirects'), 'utf8')).toBe(own);
});

test.skipIf(process.platform === 'win32')(
  'a link in the operator’s folder does not become one into the clone',
  async () => {
    await using clone = await aFolder('');
    await using folder = await aFolder('');
    await clone.write('src/content/planet.yaml', planetYaml({ a: 'a.xml' }));
    await clone.write('src/content/pages/rules.mdx', '---\ntitle: R\ndescription: D\n---\n');
    await symlink('rules.mdx', join(clone.path, 'src/content/pages/help.mdx'));
    const to = join(folder.path, 'new');
    expect(await planetHere(['migrate', clone.path, to])).toMatchObject({ code: 0, stderr: '' });
    expect(await readlink(join(to, 'pages/help.mdx'))).toBe('rules.mdx');
  },
);
