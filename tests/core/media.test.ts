import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Enclosure } from '../../src/core/entry.ts';
import { displayKind, durationText, firstPicture, httpsAddress, notPlayedIn } from '../../src/core/media.ts';
import { displayEntry } from '../../src/core/shown.ts';
import { rows } from '../lib/case-table.ts';
import { aRecord, known } from '../lib/records.ts';

test.for(rows`
  https://a.example/1 | audio | type: audio/mpeg
  https://a.example/1.mp3?x=.jpg | audio
  https://a.example/1.JPG | picture
  https://a.example/1 | picture | medium: image
  https://a.example/1.mp4 | video | type: application/octet-stream
  https://a.example/1.jpg | video | type: video/mp4
  https://a.example/1 | page | type: text/html
  https://a.example/1.heic | file | type: image/heic
  https://a.example/1 | file | {type: application/x-mpegURL, medium: video}
  https://a.example/1.pdf | file
  https://a.example/1.jpg | file | adult: true
`)('the file %s is shown as a %s: %s', ([url, kind, more]) => {
  expect(displayKind({ url, ...parse(more) })).toBe(kind);
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

test('a file that plays in the text is not listed again, also with the number that WordPress gives its player', () => {
  const names = ['1.mp3?a=1&b=2', '2.mp3', '3.mp3', '4.mp3', '5.mp3?_=1'];
  const files = names.map((name) => ({ url: `http://a.example/${name}` }));
  const html =
    '<audio src="https://a.example/1.mp3?a=1&#x26;b=2" controls preload="none"></audio><a href="http://a.example/2.mp3">2</a>' +
    '<audio controls preload="none"><source src="https://a.example/4.mp3?_=1" type="audio/mpeg"></audio>';
  expect(notPlayedIn(html, files).map((file) => files.indexOf(file))).toEqual([1, 2, 4]);
});

test.for([
  ['at its host, which counts downloads', ['https://count.example/r/a.example/1.mp3'], 0],
  ['that are two', ['https://b.example/x/1.mp3', 'https://b.example/y/1.mp3'], 2],
  ['of another name', ['https://b.example/2.mp3'], 1],
  ['without a name', ['https://b.example/1'], 1],
  ['that have one name at this host', ['https://a.example/x/default.mp3'], 1, 'default.mp3'],
  ['that a program sends', ['https://a.example/get1.php?file=2'], 1, 'get1.php?file=1'],
] as const)('of files %s, a player of that name plays one', ([, addresses, left, played = '1.mp3']) => {
  const files = addresses.map((address) => ({ url: address }));
  expect(notPlayedIn(`<audio src="https://a.example/${played}" controls></audio>`, files)).toHaveLength(left);
  expect(notPlayedIn('<p>Words</p>', files)).toHaveLength(files.length);
  const two = '<audio src="https://a.example/1.mp3"></audio><audio src="https://a.example/3.mp3"></audio>';
  expect(notPlayedIn(two, files)).toHaveLength(files.length);
});

const url = 'https://a.example/1.jpg';
const text = '<p>Look: <img src="https://a.example/2.jpg?a=1&#x26;b=2" alt="" width="800" height="600"></p>';
const small = text.replace('"600"', '"16"');
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
  { what: 'none that is small', is: pictureOf(small), wanted: undefined },
  { what: 'none that is small, whatever its words', is: pictureOf(small.replace('""', '"a > b"')), wanted: undefined },
  { what: 'no drawing', is: pictureOf('', [{ url: 'https://a.example/1.svg' }]), wanted: undefined },
  { what: 'no picture that is data', is: pictureOf('<img src="data:image/svg+xml,a" alt="">'), wanted: undefined },
  { what: 'none that is not for all eyes', is: pictureOf('', [{ url, adult: true }]), wanted: undefined },
  { what: 'none of a feed that is shown in part', is: pictureOf(text, [{ url }], 'excerpt'), wanted: undefined },
])('the picture of an entry in previews is $what', ({ is, wanted }) => expect(is).toBe(wanted));
