// How fast feeds are read, beside rss-parser as it comes and feedsmith, in one run:  node tests/bench/reader.bench.ts
import Parser from 'rss-parser';
import { readFeed } from '../../scripts/snapshot/read-feed.ts';
import { escaped } from '../lib/feed-server.ts';

/** Read as often before the clock starts, and while it runs. */
const WARM_UP = 15;
const ROUNDS = 60;
/** Slower than this many times rss-parser's own reading is too slow. */
const MOST = 1.5;

const paragraph = '<p>Lorem ipsum <a href="/dolor">dolor</a> sit amet, consectetur &amp; <b>adipiscing</b> elit.</p>\n';

const rssItem = (
  index: number,
): string => `<item><title>Post ${index} &amp; more</title><link>http://example.org/${index}</link>
<guid isPermaLink="false">id-${index}</guid><pubDate>Fri, 23 Jan 2026 08:40:00 GMT</pubDate><dc:creator><![CDATA[Some One]]></dc:creator>
<category><![CDATA[one]]></category><category>two</category><description><![CDATA[<p>Short ${index}</p>]]></description>
<content:encoded><![CDATA[${paragraph.repeat(20)}]]></content:encoded></item>\n`;
const atomEntry = (
  index: number,
): string => `<entry><title type="html">Post ${index} &amp;amp; more</title><id>urn:id-${index}</id>
<link rel="alternate" href="http://example.org/${index}"/><published>2026-01-23T08:40:00Z</published><updated>2026-01-23T08:41:00Z</updated>
<author><name>Some One</name></author><category term="one"/><content type="html">${escaped(paragraph.repeat(20))}</content></entry>\n`;

function upTo(bytes: number, start: string, piece: (index: number) => string, end: string): string {
  let text = start;
  for (let index = 0; text.length < bytes; index++) text += piece(index);
  return text + end;
}

const feeds = {
  'RSS, 500 KB': upTo(
    500_000,
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title><link>http://example.org/</link>\n',
    rssItem,
    '</channel></rss>',
  ),
  'Atom, 200 KB': upTo(200_000, '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>\n', atomEntry, '</feed>'),
};

/** The median in milliseconds of each: turn about, so that whatever else the machine does slows all of them. */
async function medians(readers: Record<string, () => unknown>): Promise<[string, number][]> {
  const times = Object.entries(readers).map(([name, read]) => ({ name, read, took: [] as number[] }));
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const { read, took } of times) {
      const started = performance.now();
      await read();
      if (round >= 0) took.push(performance.now() - started);
    }
  }
  return times.map(({ name, took }) => [name, took.sort((one, other) => one - other)[ROUNDS >> 1] ?? Number.NaN]);
}

// Named in a variable, since it is only compared with and may not be installed.
const peer = 'feedsmith';
const feedsmith: { parseFeed(text: string): unknown } | null = await import(peer).catch(() => null);
const from = { url: 'http://example.org/feed', contentType: null };

for (const [name, text] of Object.entries(feeds)) {
  const bytes = Buffer.from(text);
  const results = await medians({
    'rss-parser': () => new Parser().parseString(text),
    orrery: () => readFeed(bytes, from),
    ...(feedsmith && { feedsmith: () => feedsmith.parseFeed(text) }),
  });
  const yardstick = results[0]?.[1] ?? Number.NaN;
  for (const [reader, ms] of results) {
    const speed = (bytes.length / 1000 / ms).toFixed(1).padStart(6);
    console.log(
      `${name.padEnd(14)} ${reader.padEnd(12)} ${speed} MB/s   ${(ms / yardstick).toFixed(2)} × rss-parser's time`,
    );
    if (reader === 'orrery' && ms > MOST * yardstick) process.exitCode = 1;
  }
}
