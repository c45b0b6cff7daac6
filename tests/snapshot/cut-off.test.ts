import { describe, expect, test } from 'vitest';
import type { FeedDocument } from '../../scripts/snapshot/feed-entry.ts';
import { statesAfter } from '../../scripts/snapshot/feed-states.ts';
import { merge } from '../../scripts/snapshot/merge.ts';
import { readFeed, readSafely } from '../../scripts/snapshot/read-feed.ts';
import { newFeedState } from '../../src/core/feed-state.ts';
import { aFeed, anIncoming, aReading, post } from '../lib/builders.ts';

const from = { url: 'https://e.example/feed', contentType: null };

function read(text: string): FeedDocument | null {
  const result = readFeed(Buffer.from(text), from);
  return result.kind === 'feed' ? result.feed : null;
}

/** Documents in pieces: what comes before each entry's end, and what is left. A cut within a piece leaves the entries before it. */
const documents = {
  'RSS 2.0': [
    '<?xml version="1.0"?>\n<!-- made --><rss version="2.0"><channel><title>Tom &amp; co</title><link>https://e.example/</link><item><title>One</title><guid>1</guid><description><![CDATA[<p>of </item> and <br>]]></description></item>',
    '\n<item><title>Two</title><guid>2</guid><description>&lt;p>two</description></item>',
    '<!-- <item><title>No</title></item> --><item><guid>3</guid><description>three</description></item>',
    '<ttl>60</ttl></channel>',
  ],
  'RSS 1.0, its items beside the channel': [
    '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel rdf:about="/"><title>T</title><items><rdf:Seq><rdf:li resource="1"/></rdf:Seq></items></channel><item rdf:about="1"><title>One</title></item>',
    '<item rdf:about="2"><title>Two</title></item>',
    '</rdf:RDF',
  ],
  'Atom with XHTML': [
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><author><name>Ada</name></author><entry><id>1</id><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>one</p></div></content></entry>',
    '<entry><id>2</id><title>Two</title></entry>',
    '<entry><id>3</id><title>Three</title><x/></entry>',
    '</feed',
  ],
  'JSON Feed': [
    '{"version":"https://jsonfeed.org/version/1.1","title":"T \\" {","authors":[{"name":"Ada"}],"items":[{"id":"1","title":"a}]","tags":["x"],"attachments":[{"url":"https://e.example/a"}]}',
    ',{"id":"2","authors":[{"name":"Bob"}],"content_html":"<p>\\\\"}',
    ',{"id":"3","content_text":"three"}',
    '],"user_comment":"x"',
  ],
};
const endOf = (format: string) => ({ 'RSS 2.0': '</rss>', 'JSON Feed': '}' })[format] ?? '>';

describe.for(Object.entries(documents))('%s', ([format, pieces]) => {
  const text = pieces.join('');
  const whole = read(text + endOf(format));

  test('is whole to its last byte', () => {
    expect(whole?.partial).toBe(false);
    expect(whole?.entries.length).toBe(pieces.length - 1);
  });

  test('cut off anywhere, has those entries that are whole, as they are, and says that it is partial', () => {
    let at = 0;
    for (const [entries, piece] of pieces.entries()) {
      for (const end = at + piece.length; at < end; at++) {
        for (const junk of ['', '<html><body>502</body></html>']) {
          const cut = read(text.slice(0, at) + junk);
          // Before its first word it is no feed yet.
          if (cut === null) expect(entries).toBe(0);
          else if (cut.partial) expect(cut.entries).toEqual(whole?.entries.slice(0, entries));
          else expect([at, junk]).toEqual(['never', 'taken for whole']);
          if (cut) expect([whole?.title, '']).toContain(cut.title);
        }
      }
    }
  });

  test.for(['\n<!-- cached -->', '<html><body>502</body></html>', '<script>a && b</script>', '\0\0'])(
    'is whole with %j after its end',
    (junk) => expect(read(text + endOf(format) + junk)).toEqual(whole),
  );
});

test('JSON that is cut off in its first entry keeps what it says of itself', () => {
  const text = '{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","title":"O';
  expect(read(text)).toMatchObject({ title: 'T', entries: [], partial: true });
});

const item = (id: number, end = '</item>') => `<item><guid>${id}</guid><title>${id}</title>${end}`;

test.for([
  ['tags left open', `<rss><channel>${item(1, '<description><b>x</item>')}${item(2)}</channel></rss>`, 2],
  ['an entry that the next one ends', `<rss><channel>${item(1, '')}${item(2)}</channel></rss>`, 2],
  ['an entry that the channel ends', `<rss><channel>${item(1)}${item(2, '')}</channel></rss>`, 2],
  ['CDATA that never ends', `<rss><channel>${item(1, '<description><![CDATA[x</item>')}</channel></rss>`, 1],
  ['an open tag after the end', `<rss><channel><title>A & B</title>${item(1)}</channel></rss>\n<br><p>oops`, 1],
  // All that such a feed says stands in its channel.
  ['only </rss> missing', `<rss><channel>${item(1)}${item(2)}</channel>`, 2],
] as const)('wrong nesting is no cut: %s', ([, text, entries]) => {
  expect(read(text)?.entries.length).toBe(entries);
  expect(read(text)?.partial).toBe(false);
});

test('a document that begins again in the middle was cut off there', () => {
  const half = `<rss><channel><title>T</title>${item(1)}<item><title>Half`;
  const again = read(`${half}<rss><channel>${item(1)}${item(2)}</channel></rss>`);
  expect(again?.entries.map(({ id }) => id)).toEqual(['1']);
  expect(again?.partial).toBe(true);
});

test.for([
  [0, 'the document ends in the middle, and none of its entries is complete'],
  [1, 'the document ends in the middle; 1 complete entry was taken'],
  [2, 'the document ends in the middle; 2 complete entries were taken'],
] as const)('with %i entries, the report says so', ([entries, note]) => {
  const items = Array.from({ length: entries }, (_, index) => item(index)).join('');
  const cut = readSafely(Buffer.from(`<rss><channel><title>T</title>${items}<item><title>Hal`), from);
  expect(cut).toMatchObject({ kind: 'feed', feed: { partial: true, notes: [note] } });
});

describe('a partial reading', () => {
  const told = { title: 'A', home: 'https://a.example/', validators: { etag: '"1"' } };
  const known = { ...newFeedState('feeds/a.xml'), entries: 1, ...told };
  const entries = [anIncoming({ id: '1', title: 'Edited' }), anIncoming({ id: '2' })];
  const reading = aReading(entries, {}, { partial: true, title: '', home: null, validators: { etag: '"2"' } });
  const now = new Date('2026-01-24T00:00:00Z');
  const rules = { timezone: 'UTC', site: 'https://night.example' };
  const merged = merge({ entries: [post('1')], held: [], states: { a: known }, keys: [] }, [reading], rules, now);

  test('adds what is new and changes nothing that is known', () => {
    expect(merged.newEntries.map(({ id }) => id)).toEqual(['2']);
    expect(merged.changed).toEqual([]);
  });

  test('stores no validators, and the feed keeps its name', () => {
    const { a } = statesAfter({ a: known }, [{ ...reading, feed: aFeed() }], merged.counts, now);
    expect(a).toMatchObject({ validators: {}, title: 'A', home: 'https://a.example/', trouble: null });
  });
});
