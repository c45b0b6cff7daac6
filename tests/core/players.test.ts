import { expect, test } from 'vitest';
import { isPlayer, watchPage } from '../../src/core/players.ts';

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
