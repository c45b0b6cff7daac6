import { parseFragment, serialize } from 'parse5';
import { expect, test } from 'vitest';
import { sanitise } from '../../scripts/snapshot/sanitise/sanitise.ts';
import { watchPage, withStills } from '../../src/core/films.ts';

const safe = (html: string) => sanitise(html, { base: 'https://a.example/', idPrefix: 'a' });
const film = (id: string, title = '') =>
  `<iframe src="https://www.youtube.com/embed/${id}" title="${title}" width="400" height="300"></iframe>`;

test('a player waits behind a link to its film; the first link has the still picture', () => {
  const body = safe(`<p>One</p>${film('abcdefghijk')}<p>Two</p>${film('lmnopqrstuv')}`);
  const shown = withStills(body, { url: 'http://i.example/1.jpg?a&b', width: 480, height: 360 });
  const links = [...shown.matchAll(/<a class="still" href="([^"]*)"[^>]*>(.*?)<\/a><template><iframe /g)];
  expect(links.map(([, href]) => href)).toEqual([
    'https://www.youtube.com/watch?v=abcdefghijk',
    'https://www.youtube.com/watch?v=lmnopqrstuv',
  ]);
  expect(links.map(([, , content]) => content?.includes('src="https://i.example/1.jpg?a&amp;b"'))).toEqual([
    true,
    false,
  ]);
  // Nothing is loaded from within a template, and nothing stands outside of one.
  expect(shown.replace(/<template>.*?<\/template>/g, '')).not.toContain('<iframe');
  expect(shown.replace(/<a class="still".*?<\/a><template>(.*?)<\/template>/g, '$1')).toBe(body);
});

test.for([
  '&lt;img src=x onerror=alert(1)&gt;',
  '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;',
  'A &amp;lt; B',
  '&lt;/span&gt;&lt;/a&gt;',
])('a title of %s is text', (title) => {
  const body = safe(film('abcdefghijk', title));
  const shown = withStills(body, undefined);
  const [, said = ''] = /<span>(.*)<\/span><\/a><template>/.exec(shown) ?? [];
  expect(said).not.toContain('<');
  const [text] = parseFragment(said).childNodes;
  const [frame] = parseFragment(body).childNodes;
  const attributes = frame !== undefined && 'attrs' in frame ? frame.attrs : [];
  expect(text !== undefined && 'value' in text ? text.value : '').toBe(
    attributes.find(({ name }) => name === 'title')?.value,
  );
  // As it is printed, so is it read.
  expect(serialize(parseFragment(shown))).toContain('<a class="still"');
});

test('a body without a film is what it was', () => {
  const body = safe('<p>One &lt;iframe src="https://www.youtube.com/embed/abcdefghijk"&gt;&lt;/iframe&gt;</p>');
  expect(withStills(body, { url: 'https://i.example/1.jpg' })).toBe(body);
});

test.for([
  ['https://www.youtube-nocookie.com/embed/abcdefghijk?start=9', 'https://www.youtube.com/watch?v=abcdefghijk'],
  ['https://player.vimeo.com/video/76979871?dnt=1', 'https://vimeo.com/76979871'],
  ['https://player.vimeo.com/video/76979871?dnt=1&h=abc', 'https://player.vimeo.com/video/76979871?dnt=1&h=abc'],
] as const)('the film of %s is at %s', ([src, page]) => expect(watchPage(src)).toBe(page));
