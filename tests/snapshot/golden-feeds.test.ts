import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFeed } from '../../scripts/snapshot/read-feed.ts';

// A pair is a feed and, in `.expected.json`, what of it must be read so; a pair dropped into the folder is a test.
const folder = new URL('../golden/', import.meta.url);
const files = readdirSync(folder);
const EXPECTED = '.expected.json';
const pairs = files
  .filter((file) => file.endsWith(EXPECTED))
  .map((expected) => {
    const name = expected.slice(0, -EXPECTED.length);
    return { name, expected, feed: files.find((file) => file === `${name}.xml` || file === `${name}.json`) ?? '' };
  });

test('no feed is without its half', () => {
  expect(files.length).toBe(pairs.length * 2);
});

test.for(pairs)('$name', async ({ feed, expected }) => {
  const read = readFeed(readFileSync(new URL(feed, folder)), {
    url: 'https://feeds.example.org/blog/feed.xml',
    contentType: null,
  });
  const seen = read.kind === 'feed' ? JSON.parse(JSON.stringify(read.feed)) : read;
  expect(seen).toMatchObject(JSON.parse(readFileSync(new URL(expected, folder), 'utf8')));
});
