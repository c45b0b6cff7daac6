import { describe, expect, test } from 'vitest';
import { durationText, loadedFrom, mediaKind, notPlayedIn, shownAs } from '../../src/core/media.ts';

describe('how a file is shown', () => {
  test.for([
    { file: { url: 'https://a.example/1', type: 'audio/mpeg' }, as: 'sound' },
    { file: { url: 'https://a.example/1.mp3?x=.jpg' }, as: 'sound' },
    { file: { url: 'https://a.example/1.JPG' }, as: 'picture' },
    { file: { url: 'https://a.example/1', medium: 'image' as const }, as: 'picture' },
    { file: { url: 'https://a.example/1.mp4', type: 'application/octet-stream' }, as: 'film' },
    { file: { url: 'https://a.example/1.jpg', type: 'video/mp4' }, as: 'film' },
    { file: { url: 'https://a.example/1', type: 'text/html' }, as: 'page' },
    { file: { url: 'https://a.example/1.heic', type: 'image/heic' }, as: 'file' },
    { file: { url: 'https://a.example/1', type: 'application/x-mpegURL', medium: 'video' as const }, as: 'file' },
    { file: { url: 'https://a.example/1.pdf' }, as: 'file' },
  ])('$file is a $as', ({ file, as }) => expect(mediaKind(file)).toBe(as));

  test('what is not for everyone’s eyes is a link', () => {
    expect(shownAs({ url: 'https://a.example/1.jpg', adult: true })).toBe('file');
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
] as const)('%s is loaded from %s', ([address, from]) => expect(loadedFrom(address)).toBe(from));

test('what the text plays already is not played again', () => {
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
