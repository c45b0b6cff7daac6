import { readlink, symlink } from 'node:fs/promises';
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
