import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkOutput, install } from '../../scripts/site/install.ts';
import { filesOf, readManifest, renderedFolder } from '../../scripts/site/manifest.ts';
import { WAITING } from '../../scripts/site/render.ts';
import { rss } from '../lib/feed-server.ts';
import { aFolder, hashes, planetYaml } from '../lib/planet.ts';
import { programHere } from '../lib/program-here.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';

const ours = 'the build reads your own files from .+';
test.for([
  ['.', 'your planet.yaml is there'],
  ['..', 'your planet.yaml is there'],
  ['archive', ours],
  ['public', ours],
  ['link', 'your planet.yaml is there'],
  ['mine', 'it is not the folder of a site \\(it has notes.txt\\), and .*'],
] as const)('no site is built over the operator’s files: %s', async ([output, why]) => {
  await using area = await aFolder('');
  const content = join(area.path, 'planet');
  await area.write('planet/planet.yaml', planetYaml({ a: 'feed.xml' }));
  await area.write('planet/feed.xml', rss([{ title: 'One', link: 'https://a.example/1' }]));
  await area.write('planet/mine/notes.txt', 'mine');
  await symlink('..', join(content, 'link'));
  await snapshotHere(content, new Date('2026-01-30'));
  const before = await hashes(area.path);
  const env = { PLANET_CONTENT: content, PLANET_DIST: join(content, output), SOURCE_DATE_EPOCH: '1772000000' };
  const ran = await programHere(['scripts/site.ts'], env);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(
    new RegExp(`^The site cannot be built in .+: ${why}\\. Set PLANET_DIST to a new or empty folder\\.$`, 'm'),
  );
  const { ['.orrery/compiled']: _, ...after } = await hashes(area.path);
  expect(after).toMatchObject(before);
});

test('a page that is no longer among the rendered ones is not recorded as installed', async () => {
  await using folder = await aFolder('');
  await folder.write('.orrery/dist.waiting/index.html', 'new');
  await folder.write('dist/index.html', 'old');
  await folder.write('dist/about/index.html', 'old');
  const before = await hashes(folder.path);
  const files = new Map(['index.html', 'about/index.html'].map((file) => [file, [3, WAITING, 'hash']] as const));
  const after = new Map([['front', renderedFolder([], '', files)]]);
  const [dist, waiting] = [join(folder.path, 'dist'), join(folder.path, '.orrery/dist.waiting')];
  expect(() => install(dist, waiting, new Map(), after)).toThrow('about/index.html was removed or changed during');
  expect(await hashes(folder.path)).toEqual(before);
});

test.each(['a\tb\tc.txt', 'a\nb.txt', 'a\n\n["b"].txt', 'a\\b %0A \u2028 \r.txt', 'a\tb/c.txt'])(
  'a file is published and remembered by any name: %j',
  async (name) => {
    await using folder = await aFolder('');
    await folder.write(`.orrery/dist.waiting/${name}`, 'new');
    const copies = renderedFolder([], '', new Map([[name, [3, WAITING, 'hash']]]));
    const [dist, waiting] = [join(folder.path, 'dist'), join(folder.path, '.orrery/dist.waiting')];
    install(dist, waiting, new Map(), new Map([['copies', copies]]));
    expect(await hashes(dist)).toHaveProperty([name]);
    const stored = [...readManifest(dist, 'pages')].map(([row, each]) => [row, [...filesOf(each).keys()]]);
    expect(stored).toEqual([['copies', [name]]]);
  },
);

test('a site is built in a new or empty folder, and in that of a site', async () => {
  await using folder = await aFolder('');
  const check = (name: string) => () => checkOutput(join(folder.path, name), join(folder.path, 'planet'));
  await mkdir(join(folder.path, 'empty'));
  for (const name of ['digest.txt', 'status.json']) await folder.write(`${name}.site/${name}`, '');
  for (const name of ['new', 'empty', 'digest.txt.site', 'status.json.site']) expect(check(name)).not.toThrow();
  await folder.write('empty/notes.txt', '');
  expect(check('empty')).toThrow('it is not the folder of a site (it has notes.txt)');
});
