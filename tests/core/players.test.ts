import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { RIVER, SCHEME } from '../../src/client/reader/memory.ts';
import { isPlayer, policy, watchPage } from '../../src/core/players.ts';

test.for([
  ['https://www.youtube-nocookie.com/embed/abcdefghijk', 'https://www.youtube.com/watch?v=abcdefghijk'],
  ['https://www.youtube-nocookie.com/embed/abcdefghijk?start=9', 'https://youtu.be/abcdefghijk?t=9'],
  ['https://www.youtube-nocookie.com/embed/abcdefghijk?list=PL-1&start=9', 'https://youtu.be/abcdefghijk?list=PL-1'],
  ['https://www.youtube-nocookie.com/embed/videoseries?list=PL-1', 'https://www.youtube.com/playlist?list=PL-1'],
  ['https://player.vimeo.com/video/76979871?dnt=1', 'https://vimeo.com/76979871'],
  ['https://player.vimeo.com/video/76979871?dnt=1&h=abc', 'https://player.vimeo.com/video/76979871?dnt=1&h=abc'],
] as const)('the film of %s is at %s', ([src, page]) => expect(watchPage(src)).toBe(page));

test.for([
  'https://www.youtube-nocookie.com/embed/abcdefghijk#x',
  'https://www.youtube-nocookie.com.evil.example/embed/abcdefghijk',
  'https://evil.example/?https://player.vimeo.com/video/1',
  'http://player.vimeo.com/video/1',
])('%s is no player', (src) => expect(isPlayer(src)).toBe(false));

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
