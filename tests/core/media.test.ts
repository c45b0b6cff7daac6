import { parseFragment, serialize } from 'parse5';
import { describe, expect, test } from 'vitest';
import { sanitise } from '../../scripts/snapshot/sanitise/sanitise.ts';
import type { Enclosure } from '../../src/core/entry.ts';
import {
  displayKind,
  durationText,
  firstPicture,
  httpsAddress,
  mediaKind,
  notPlayedIn,
  watchPage,
  withCover,
  withStills,
} from '../../src/core/media.ts';
import { displayEntry } from '../../src/core/shown.ts';
import { aRecord, known } from '../lib/records.ts';

describe('the display of a file', () => {
  test.for([
    { file: { url: 'https://a.example/1', type: 'audio/mpeg' }, as: 'audio' },
    { file: { url: 'https://a.example/1.mp3?x=.jpg' }, as: 'audio' },
    { file: { url: 'https://a.example/1.JPG' }, as: 'picture' },
    { file: { url: 'https://a.example/1', medium: 'image' as const }, as: 'picture' },
    { file: { url: 'https://a.example/1.mp4', type: 'application/octet-stream' }, as: 'video' },
    { file: { url: 'https://a.example/1.jpg', type: 'video/mp4' }, as: 'video' },
    { file: { url: 'https://a.example/1', type: 'text/html' }, as: 'page' },
    { file: { url: 'https://a.example/1.heic', type: 'image/heic' }, as: 'file' },
    { file: { url: 'https://a.example/1', type: 'application/x-mpegURL', medium: 'video' as const }, as: 'file' },
    { file: { url: 'https://a.example/1.pdf' }, as: 'file' },
  ])('$file is a $as', ({ file, as }) => expect(mediaKind(file)).toBe(as));

  test('a file for adults is a link', () => {
    expect(displayKind({ url: 'https://a.example/1.jpg', adult: true })).toBe('file');
  });
});

test.for([
  [5, '0:05'],
  [2405, '40:05'],
  [3723, '1:02:03'],
  [360_000, '100:00:00'],
] as const)('%s seconds read %s', ([seconds, text]) => expect(durationText(seconds)).toBe(text));

test.for([
  ['http://a.example/1.mp3', 'https://a.example/1.mp3'],
  ['http://a.example:8000/1.mp3', 'http://a.example:8000/1.mp3'],
  ['https://a.example/1.mp3', 'https://a.example/1.mp3'],
] as const)('%s is loaded from %s', ([address, from]) => expect(httpsAddress(address)).toBe(from));

test('a file that plays in the text is not listed again', () => {
  const [played, linked, other] = ['1.mp3?a=1&b=2', '2.mp3', '3.mp3'].map((name) => ({
    url: `http://a.example/${name}`,
  }));
  const html =
    '<audio src="https://a.example/1.mp3?a=1&#x26;b=2" controls preload="none"></audio><a href="http://a.example/2.mp3">2</a>';
  expect(
    notPlayedIn(
      html,
      [played, linked, other].filter((file) => file !== undefined),
    ),
  ).toEqual([linked, other]);
});

const url = 'https://a.example/1.jpg';
const text = '<p>Look: <img src="https://a.example/2.jpg?a=1&#x26;b=2" alt="" width="800" height="600"></p>';
const pictureOf = (
  html: string,
  enclosures: Enclosure[] = [],
  content: 'full' | 'excerpt' | 'title' = 'full',
  still = {},
): string | undefined => firstPicture(displayEntry(aRecord({ enclosures, ...still }), known({ content }), () => html));

test.for([
  { what: 'its own file', is: pictureOf(text, [{ url }]), wanted: url },
  { what: 'the first in its text', is: pictureOf(text), wanted: 'https://a.example/2.jpg?a=1&b=2' },
  { what: 'over https', is: pictureOf('', [{ url: 'http://a.example/1.jpg' }]), wanted: url },
  { what: 'the still picture of its film', is: pictureOf('', [], 'full', { still: { url } }), wanted: url },
  { what: 'that of a film among its files', is: pictureOf('', [{ url: `${url}.mp4`, picture: url }]), wanted: url },
  { what: 'none that is small', is: pictureOf(text.replace('"600"', '"16"')), wanted: undefined },
  { what: 'no drawing', is: pictureOf('', [{ url: 'https://a.example/1.svg' }]), wanted: undefined },
  { what: 'no picture that is data', is: pictureOf('<img src="data:image/svg+xml,a" alt="">'), wanted: undefined },
  { what: 'none that is not for all eyes', is: pictureOf('', [{ url, adult: true }]), wanted: undefined },
  { what: 'none of a feed that is shown in part', is: pictureOf(text, [{ url }], 'excerpt'), wanted: undefined },
])('the picture of an entry in previews is $what', ({ is, wanted }) => expect(is).toBe(wanted));

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

const img = '<img src="https://a.example/1.png" alt="">';
test.for([
  [`<p>${img}</p><p>One</p>`, true],
  [`<figure><a href="https://a.example/">${img}</a><figcaption>One</figcaption></figure>`, true],
  [`${img}One`, true],
  [`<p>By the map ${img}, which is</p>`, false],
  [`<p>One</p><p>${img}</p>`, false],
  [`<p><a href="https://a.example/">${img}</a> <a href="https://a.example/">${img}</a></p>`, false],
  [`<p>${img}${img}</p>`, false],
] as const)('a fold shows the picture small with which %s begins: %s', ([html, isCover]) =>
  expect(withCover(safe(html)).match(/<img class="cover"/g) ?? []).toHaveLength(isCover ? 1 : 0),
);

test('a body without a film is what it was', () => {
  const body = safe('<p>One &lt;iframe src="https://www.youtube.com/embed/abcdefghijk"&gt;&lt;/iframe&gt;</p>');
  expect(withStills(body, { url: 'https://i.example/1.jpg' })).toBe(body);
});

test.for([
  ['https://www.youtube-nocookie.com/embed/abcdefghijk?start=9', 'https://www.youtube.com/watch?v=abcdefghijk'],
  ['https://player.vimeo.com/video/76979871?dnt=1', 'https://vimeo.com/76979871'],
  ['https://player.vimeo.com/video/76979871?dnt=1&h=abc', 'https://player.vimeo.com/video/76979871?dnt=1&h=abc'],
] as const)('the film of %s is at %s', ([src, page]) => expect(watchPage(src)).toBe(page));
