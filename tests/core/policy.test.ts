import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { RIVER, SCHEME } from '../../src/client/reader/memory.ts';
import { policy } from '../../src/core/players.ts';

test('no script may stand in a page, and players only where videos are', () => {
  expect(policy('https://planet.example/', false)).toContain("script-src 'self';style-src 'self';");
  expect(policy('https://planet.example/', false)).not.toContain('frame-src');
  expect(policy('https://planet.example/', true)).toContain('frame-src https://www.youtube-nocookie.com ');
});

test('the first script reads what the others write', async () => {
  const script = await readFile('src/client/first.js', 'utf8');
  for (const name of [SCHEME, RIVER]) expect(script).toContain(`'${name}':`);
});

test('pictures and videos may come over http where the planet does', () => {
  expect(policy('https://planet.example/', false)).toContain("media-src 'self' https:;");
  expect(policy('http://planet.example/', false)).toContain("media-src 'self' https: http:;");
});
