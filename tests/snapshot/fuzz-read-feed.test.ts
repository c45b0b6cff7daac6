import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newIdentity } from '../../scripts/snapshot/identity/entry-ids.ts';
import { createEntry } from '../../scripts/snapshot/new-entry.ts';
import { failureSentence } from '../../scripts/snapshot/outcome.ts';
import { readSafely } from '../../scripts/snapshot/read-feed.ts';
import { forbiddenMarkup } from '../../src/core/body-check.ts';
import { Entry } from '../../src/core/entry.ts';
import { HTML_TOKENS } from '../fixtures/tag-soup.ts';
import { FUZZ_TIMEOUT, mutated, seeds } from '../lib/fuzz.ts';
import type { Random } from '../lib/random.ts';

const NOW = new Date('2026-01-24T00:00:00Z');
const folder = new URL('../golden/', import.meta.url);

/** Small valid and broken feeds of every format; a character is a byte. */
const FEEDS = readdirSync(folder)
  .filter((file) => !file.endsWith('.expected.json'))
  .map((file) => readFileSync(new URL(file, folder), 'latin1'));

/** The parts of feeds that damage is most likely to confuse. */
const TOKENS = [
  ...['<![CDATA[', ']]>', '<!--', '-->', '<!DOCTYPE x [<!ENTITY e "&e;">]>', '<?xml version="1.0" encoding="utf-16"?>'],
  ...(
    '&e; | &#x0; | &#xD800; | &#x110000; | &amp;lt; | \0 | \x1b$B | \xff\xfe | \xef\xbb\xbf | \xf0\x9f\x98 | ' + '\r'
  ).split(' | '),
  ...['<rss>', '</rss>', '<channel>', '<item>', '</item>', '<entry>', '<feed xmlns="http://www.w3.org/2005/Atom">'],
  ...(
    '<title> | <link> | <link href=" | <guid> | <pubDate> | <updated> | <author><name> | ' +
    '<enclosure url="x" length="-1"/>'
  ).split(' | '),
  ...(
    '<content type="xhtml"> | <media:group> | <source> | <ttl>1e999</ttl> | ' + '<skipHours><hour>25</hour></skipHours>'
  ).split(' | '),
  ...[' xml:base="http://["', ' xmlns="u"', ' xmlns:media="u"', ' xml:lang="\xff"', ' type="html"', ' rel="self"'],
  ...'{ } [ ] , : " \\u0000 \\ud800 null -1e999 "__proto__": "items": "date_published":'.split(' '),
  ...'9999-12-31T23:59:60Z -271821-04-20 +275760-09-13T00:00:00Z http://x:99999/ https://[::1 urn: //x'.split(' '),
  ...HTML_TOKENS,
];

const CHARSETS = 'utf-8 utf-16 utf-16le iso-2022-jp gb18030 shift_jis windows-1252 x-user-defined \xff'.split(' ');

function anyFeed(random: Random): Buffer {
  if (random.chance(0.05)) return Buffer.from(Array.from({ length: random.below(2_000) }, () => random.below(256)));
  const text = mutated(random, random.oneOf(FEEDS), FEEDS, TOKENS);
  if (random.chance(0.05)) return Buffer.from(text, 'utf16le');
  if (random.chance(0.05)) return Buffer.from(text, 'utf16le').swap16();
  return Buffer.from(text, random.chance(0.9) ? 'latin1' : 'utf8');
}

test('whatever bytes come in, a feed comes out whose entries the archive accepts, or a reason in one sentence', {
  timeout: FUZZ_TIMEOUT,
}, () => {
  let [feeds, failures] = [0, 0];
  for (const { seed, random } of seeds(800)) {
    const bytes = anyFeed(random);
    const input = `seed ${seed}: ${JSON.stringify(bytes.toString('latin1'))}`;
    const contentType = random.chance(0.7) ? null : `text/xml; charset=${random.oneOf(CHARSETS)}`;
    const read = readSafely(bytes, { url: 'https://feeds.example/blog/feed.xml', contentType });
    if (read.kind === 'failed') {
      expect(failureSentence(read.reason), input).toMatch(/^[^\p{C}\n]{5,400}$/u);
      failures++;
      continue;
    }
    feeds++;
    for (const safe of read.feed.entries) {
      const entry = createEntry(newIdentity('a', safe.id), safe, { timezone: 'UTC' }, NOW);
      const line: unknown = JSON.parse(JSON.stringify(entry));
      expect(Entry.safeParse(line), input).toEqual({ success: true, data: line });
      expect(forbiddenMarkup(entry.content), input).toBe(null);
    }
  }
  expect(Math.min(feeds, failures)).toBeGreaterThan((feeds + failures) / 20);
});
