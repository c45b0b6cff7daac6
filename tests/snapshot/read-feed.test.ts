import { expect, test } from 'vitest';
import { readSafely } from '../../scripts/snapshot/read-feed.ts';

const from = { url: 'https://e.example/feed', contentType: null };
const rss = (items: string) => `<rss version="2.0"><channel><title>T</title>${items}</channel></rss>`;
const json = (...items: object[]) => JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'T', items });

function entriesOf(text: string): number {
  const read = readSafely(Buffer.from(text), from);
  if (read.kind === 'failed') throw new Error(JSON.stringify(read.reason));
  return read.feed.entries.length;
}

const written = '<author>Ada</author><category>x</category><pubDate>Fri, 23 Jan 2026 08:40:00 GMT</pubDate>';

test.for([
  ['no element', rss('<item/>')],
  ['white space', rss('<item> <title> </title><link/><guid></guid> </item>')],
  ['a date, an author and a category', rss(`<item>${written}</item>`)],
  ['a body without words', rss('<item><description>&lt;p>&amp;nbsp;&lt;/p>&lt;br></description></item>')],
  ['a comment', rss('<item><description>&lt;!-- x --></description></item>')],
  ['no element in Atom', '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry/></feed>'],
  ['no member', json({})],
  ['a date and tags', json({ date_published: '2026-01-23T08:40:00Z', tags: ['x'] })],
  ['a blank text', json({ title: ' ', content_text: ' ' })],
] as const)('%s is no entry', ([, text]) => expect(entriesOf(text)).toBe(0));

test.for([
  ['a title', rss('<item><title>x</title></item>')],
  ['a link', rss('<item><link>https://e.example/1</link></item>')],
  ['an id', rss('<item><guid isPermaLink="false">1</guid></item>')],
  ['words', rss('<item><description>x</description></item>')],
  ['a picture', rss('<item><description>&lt;img src="/a.png"></description></item>')],
  ['a file to hear', rss('<item><enclosure url="https://e.example/a.mp3" type="audio/mpeg" length="1"/></item>')],
  ['a text', json({ content_text: 'x' })],
  ['a file', json({ attachments: [{ url: 'https://e.example/a.mp3', mime_type: 'audio/mpeg' }] })],
] as const)('%s alone is an entry', ([, text]) => expect(entriesOf(text)).toBe(1));
