import { describe, expect, test } from 'vitest';
import type { Enclosure } from '../../src/core/entry.ts';
import { displayKind, durationText, firstPicture, httpsAddress, mediaKind, notPlayedIn } from '../../src/core/media.ts';
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

test('a file is the same with the number that WordPress gives its player', () => {
  const html = '<audio controls preload="none"><source src="https://a.example/1.mp3?_=1" type="audio/mpeg"></audio>';
  const files = [{ url: 'http://a.example/1.mp3' }, { url: 'https://a.example/2.mp3?_=1' }];
  expect(notPlayedIn(html, files)).toEqual(files.slice(1));
});

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
  {
    what: 'none that is small, whatever its words are',
    is: pictureOf(text.replace('"600"', '"16"').replace('alt=""', 'alt="a > b"')),
    wanted: undefined,
  },
  { what: 'no drawing', is: pictureOf('', [{ url: 'https://a.example/1.svg' }]), wanted: undefined },
  { what: 'no picture that is data', is: pictureOf('<img src="data:image/svg+xml,a" alt="">'), wanted: undefined },
  { what: 'none that is not for all eyes', is: pictureOf('', [{ url, adult: true }]), wanted: undefined },
  { what: 'none of a feed that is shown in part', is: pictureOf(text, [{ url }], 'excerpt'), wanted: undefined },
])('the picture of an entry in previews is $what', ({ is, wanted }) => expect(is).toBe(wanted));
