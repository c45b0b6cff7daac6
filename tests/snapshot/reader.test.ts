import { expect, test } from 'vitest';
import type { FeedDocument } from '../../scripts/snapshot/feed-entry.ts';
import { readFeed } from '../../scripts/snapshot/read-feed.ts';

const from = { url: 'https://feeds.example.org/feed.xml', contentType: null };
const read = (text: string) => readFeed(Buffer.from(text), from);

async function feedOf(text: string): Promise<FeedDocument> {
  const result = await read(text);
  if (result.kind === 'failed') throw new Error(JSON.stringify(result.reason));
  return result.feed;
}

const rss = (description: string): string =>
  `<rss version="2.0"><channel><title>T</title><item><title>One</title><description>${description}</description></item></channel></rss>`;

test.for<[string, string, object]>([
  ['nothing', '', { kind: 'empty' }],
  ['white space', ' \n\t\n', { kind: 'empty' }],
  ['a web page', '<!DOCTYPE html>\n<html><head><title>x</title></head></html>', { kind: 'web-page' }],
  ['a web page without its first tags', '<!doctype HTML><title>x</title><p>y', { kind: 'web-page' }],
  ['a web page after a comment', '<!-- cached --><HTML lang="en"><body>x', { kind: 'web-page' }],
  ['a web page as XML', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', { kind: 'web-page' }],
  [
    'other XML',
    '<?xml version="1.0"?><opml version="2.0"><body/></opml>',
    { kind: 'not-a-feed', detail: 'its outermost element is <opml>' },
  ],
  [
    'XML with a name like a book',
    `<${'x'.repeat(9_999)}/>`,
    { kind: 'not-a-feed', detail: `its outermost element is <${'x'.repeat(60)}>` },
  ],
  ['other JSON', '{"error": "not found"}', { kind: 'not-a-feed', detail: 'it is JSON, but no JSON Feed' }],
  [
    'broken JSON',
    '{"version": "https://jsonfeed.org/version/1", "items": [',
    { kind: 'not-a-feed', detail: 'it is JSON, but no JSON Feed' },
  ],
  ['words', 'Service unavailable', { kind: 'not-xml', line: 1, detail: 'it holds no tag' }],
  [
    'a feed cut off before its first word',
    '<?xml version="1.0"?>\n<rss version="2.0">\n<chan',
    { kind: 'not-xml', line: 3, detail: 'unclosed root tag' },
  ],
])('%s is refused for what it is', async ([, text, reason]) => {
  expect(await read(text)).toEqual({ kind: 'failed', reason });
});

test('an empty feed is a feed', async () => {
  expect((await feedOf('<rss version="2.0"><channel><title>Quiet</title></channel></rss>')).entries).toEqual([]);
});

// What once hung one feed reader or another. That its time grows with its size alone is told in linear-time.test.ts.
test.for([
  ['tags that never end', rss('a<p'.repeat(7_000))],
  ['escaped tags that never end', rss('a&lt;p'.repeat(7_000))],
  ['tags that never end in CDATA', rss(`<![CDATA[${'a<p'.repeat(7_000)}]]>`)],
  ['nested tags', rss(`${'<div>'.repeat(2_000)}x${'</div>'.repeat(2_000)}`)],
  ['nested tags left open', rss('<div>'.repeat(2_000))],
  ['end tags of nothing within nested tags', rss('<div>'.repeat(2_000) + '</p>'.repeat(2_000))],
  ['many attributes', rss(`<a ${Array.from({ length: 2_000 }, (_, index) => `a${index}="1"`).join(' ')}>x</a>`)],
  ['ampersands', rss('&'.repeat(20_000))],
  ['entities of nothing', rss('&nothing;'.repeat(3_000))],
  ['open quotes', rss('<a b="'.repeat(4_000))],
  ['open CDATA', rss('<![CDATA['.repeat(3_000))],
  ['open comments before the feed', '<!-- '.repeat(3_000) + rss('x')],
  ['an open DOCTYPE', `<!DOCTYPE ${'['.repeat(20_000)}${rss('x')}`],
  ['blanks within a tag', rss(`<a${' '.repeat(20_000)}<b`)],
  ['addresses that never end', rss('').replace('<title>', `<author>${'a.'.repeat(10_000)}</author><title>`)],
  ['a date that never ends', rss('').replace('<title>', `<pubDate>${'1 '.repeat(10_000)}</pubDate><title>`)],
] as const)('%s: it is a feed all the same', async ([, hostile]) => expect((await read(hostile)).kind).toBe('feed'));

test('of thousands of entries none is lost, and all are in order', async () => {
  const titles = Array.from({ length: 20_000 }, (_, index) => String(index));
  const items = titles.map((title) => `<item><title>${title}</title><link>http://e.org/${title}</link></item>`);
  const { entries } = await feedOf(`<rss version="2.0"><channel>${items.join('')}</channel></rss>`);
  expect(entries.map(({ title }) => title)).toEqual(titles);
});

test('tags nested too deep to mean anything lose their markup, not their words', async () => {
  const { entries } = await feedOf(rss(`${'<i>'.repeat(1000)}deep${'</i>'.repeat(1000)}after`));
  expect(entries[0]?.content?.html).toMatch(/deep(<\/i>)+after$/);
});
