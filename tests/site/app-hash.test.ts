import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { appHash, type CompiledSettings } from '../../scripts/site/app-hash.ts';
import { english } from '../../src/i18n/catalogue.ts';
import { aFolder, planetYaml } from '../lib/planet.ts';

const planet: CompiledSettings['planet'] = { site: 'https://planet.example/', theme: 'brass', language: 'en' };

test('the pages are compiled again for a setting that goes into them, and for no other', async () => {
  await using folder = await aFolder('');
  const hash = (changed: Partial<CompiledSettings['planet']>, messages = {}) =>
    appHash(folder.path, { planet: { ...planet, ...changed }, messages: { ...english, ...messages } });
  const without = hash({});
  expect(hash({ site: 'https://other.example/' })).toBe(without);
  const others = [
    ...[hash({ language: 'de' }), hash({ theme: 'meridian' }), hash({ site: 'https://planet.example/sub/' })],
    hash({}, { 'site.crumbs': 'Where you are' }),
  ];
  expect(new Set([without, ...others]).size).toBe(5);
});

test('the pages are compiled again for a file of the operator’s that may go into them, and for no other', async () => {
  await using folder = await aFolder(planetYaml({}));
  vi.stubEnv('PLANET_DIST', join(folder.path, 'out/html'));
  onTestFinished(() => void vi.unstubAllEnvs());
  const hash = () => appHash(folder.path, { planet, messages: english });
  await folder.write('theme.css', 'One');
  let last = hash();
  for (const [name, isCompiled] of [
    ['theme.css', true],
    ['pages/about.mdx', true],
    ['slots/footer.astro', true],
    // A page may refer to it.
    ['pictures/clock.svg', true],
    ['planet.yaml', false],
    ['archive/2026-01.ndjson', false],
    ['feeds/a.xml', false],
    ['.of-some-tool', false],
    ['build.log', false],
    ['logs/build.log', false],
    ['out/html/index.html', false],
  ] as const) {
    await folder.write(name, 'Two');
    expect.soft(hash() !== last, name).toBe(isCompiled);
    last = hash();
  }
});
