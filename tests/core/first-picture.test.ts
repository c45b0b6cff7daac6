import { expect, test } from 'vitest';
import type { Enclosure } from '../../src/core/entry.ts';
import { firstPicture } from '../../src/core/first-picture.ts';
import { aFeed } from '../lib/builders.ts';
import { aRecord } from '../lib/records.ts';

const url = 'https://a.example/1.jpg';
const text = '<p>Look: <img src="https://a.example/2.jpg?a=1&#x26;b=2" alt="" width="800" height="600"></p>';
const pictureOf = (
  html: string,
  enclosures: Enclosure[] = [],
  content: 'full' | 'excerpt' | 'title' = 'full',
  still = {},
): string | undefined =>
  firstPicture({ entry: { ...aRecord(), enclosures, ...still }, feed: { ...aFeed({ content }), avatar: null }, html });

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
