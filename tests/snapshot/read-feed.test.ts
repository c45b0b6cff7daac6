import { expect, test } from 'vitest';
import { readFeed, readSafely } from '../../scripts/snapshot/read-feed.ts';
import { rows } from '../lib/case-table.ts';
import { feedOf } from '../lib/feed-of.ts';

const from = { url: 'https://feeds.example.org/feed.xml', contentType: null };
const read = (text: string) => readFeed(Buffer.from(text), from);

const rssOf = (items: string) => `<rss version="2.0"><channel><title>T</title>${items}</channel></rss>`;
const rss = (description: string) => rssOf(`<item><title>One</title><description>${description}</description></item>`);
const json = (...items: object[]) => JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'T', items });

test.for(rows`
  nothing | ${''} | empty
  white space | ${' \n\t\n'} | empty
  a web page | ${'<!DOCTYPE html>\n<html><head><title>x</title></head></html>'} | web-page
  a web page without its first tags | <!doctype HTML><title>x</title><p>y | web-page
  a web page after a comment | <!-- cached --><HTML lang="en"><body>x | web-page
  a web page as XML | <?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/> | web-page
  other XML | <?xml version="1.0"?><opml version="2.0"><body/></opml> | not-a-feed | its outermost element is <opml>
  RDF about a person | <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://xmlns.com/foaf/0.1/"><Person/></rdf:RDF> | not-a-feed | its outermost element is <rdf:rdf>
  a list of blogs in RDF, each with its feed | <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://xmlns.com/foaf/0.1/"><Group><member><Agent><weblog><Document><r:channel xmlns:r="http://purl.org/rss/1.0/"/></Document></weblog></Agent></member></Group></rdf:RDF> | not-a-feed | its outermost element is <rdf:rdf>
  XML with a name like a book | <${'x'.repeat(9_999)}/> | not-a-feed | its outermost element is <${'x'.repeat(60)}>
  a template | ---\n---\n${rssOf('{% for post in site.posts %}<item><title>{{ post.title }}</title><guid>{{ site.url }}{{ post.url }}</guid></item>{% endfor %}')} | not-a-feed | it is a template that was not filled in: {{ post.title }}
  other JSON | {"error": "not found"} | not-a-feed | it is JSON, but no JSON Feed
  broken JSON | {"version": "https://jsonfeed.org/version/1", "items": [ | not-a-feed | it is JSON, but no JSON Feed
  words | Service unavailable | not-xml | it holds no tag
  a feed cut off before its first word | ${'<?xml version="1.0"?>\n<rss version="2.0">\n<chan'} | not-xml | unclosed root tag
`)('%s is refused for what it is', ([, text, kind, detail]) => {
  const line = kind === 'not-xml' && { line: text.split('\n').length };
  expect(read(text)).toEqual({ kind: 'failed', reason: { kind, ...line, ...(detail && { detail }) } });
});

test.for([
  '<!doctype html><html lang="de"><head><title>Wir prüfen, ob Sie ein Mensch sind</title><script id="anubis_version" type="application/json">"v1.27.0"</script>',
  '<!DOCTYPE html><html><body><p class="cap_note">is protected by Imunify360</p>',
  '<!DOCTYPE html><html><head><title>Checking you are not a bot</title><meta http-equiv="refresh" content="2; url=/.well-known/.git.gammaspectra.live/git/go-away/cmd/go-away/challenge/meta-refresh/verify-challenge?__goaway_token=x">',
  '<!DOCTYPE html><html><head><title>Establishing a secure connection ...</title><script src="/.bunny-shield/assets/shield-challenge.js"></script>',
  '<!DOCTYPE html><html lang="en"><head><title>Vercel Security Checkpoint</title>',
  '<!DOCTYPE html><html><head><title>Just a moment...</title><meta http-equiv="refresh" content="5; url=/feed.xml">',
])('the page of a bot protection with status 200 is no wrong address: %s', (page) => {
  const reason = { kind: 'bot-protection', host: 'feeds.example.org', status: 200 };
  expect(read(page)).toEqual({ kind: 'failed', reason });
  // A post may be about it.
  expect(read(rss(`&lt;pre>${page.replaceAll('<', '&amp;lt;')}`))).toMatchObject({ kind: 'feed' });
});

const inAtom = (lang: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>T</title><entry ${lang}><title>One</title></entry></feed>`;
const inRss = (item: string) => rssOf(`<language>en</language><item><title>One</title>${item}</item>`);

test.for<[text: string, language: string | null]>([
  [inAtom(''), 'en'],
  [inAtom('xml:lang="pt_BR"'), 'pt-BR'],
  [inAtom('xml:lang="jp"'), 'ja'],
  [inAtom('xml:lang="CN-cn"'), 'zh-cn'],
  [inAtom('xml:lang="kr"'), 'ko'],
  [inAtom('xml:lang="us"'), 'en'],
  [inAtom('xml:lang="in"'), 'in'],
  [rssOf('<language>ir-IR</language><item><title>One</title></item>'), null],
  [inAtom('xml:lang="zh_TW.UTF-8"'), 'zh-TW'],
  [inAtom('xml:lang="no words"'), 'en'],
  [inAtom('xml:lang="de-None"'), 'de'],
  [inAtom('xml:lang=""'), null],
  [inAtom('xml:lang="und"'), null],
  [inRss(''), 'en'],
  [inRss('').replace('<rss', '<rss xml:lang=""'), 'en'],
  [inRss('').replace('<rss', '<rss xml:lang="und"'), 'en'],
  [JSON.stringify({ ...JSON.parse(json({ id: '1', language: '' })), language: 'en' }), 'en'],
  [inRss('<dc:language>zxx</dc:language>'), null],
  [inRss('<dc:language>Mul-Latn</dc:language>'), null],
  [rssOf('<language>und</language><item><title>One</title></item>'), null],
  [JSON.stringify({ ...JSON.parse(json({ id: '1', language: 'und' })), language: 'en' }), null],
])('the language in %s is %s', ([text, language]) => {
  expect(feedOf(text).entries.map((entry) => entry.language)).toEqual([language]);
});

const leads = (content: string, more = '') =>
  `<!doctype html>${more}<title>Moved</title><meta content="${content}" http-equiv="Refresh">`;
const THERE = 'https://feeds.example.org/new.xml';

test.for<[page: string, to: string | undefined, header?: string]>([
  [leads('0;url=/new.xml'), THERE],
  [leads('5; URL=new.xml'), THERE],
  [leads('0.5, new.xml'), THERE],
  [leads('0 url = &quot;https://feeds.example.org/new.xml&quot; '), THERE],
  [leads("0;url='new.xml?a=1&amp;b=2'"), `${THERE}?a=1&b=2`],
  [leads('0;url=new.xml', '<base href="/blog/">'), 'https://feeds.example.org/blog/new.xml'],
  ['<html><head><meta http-equiv=refresh content="1;url=/new.xml"></head></html>', THERE],
  ['<meta http-equiv="refresh" content="0;url=/new.xml">', THERE],
  ['<head><meta http-equiv="refresh" content="0;url=/new.xml"></head>', THERE],
  ['<html><title>Moved</title>', THERE, '0;url=/new.xml'],
  // It loads itself again, or is to be read first.
  [leads('5'), undefined],
  [leads('300'), undefined],
  [leads('0;url=/feed.xml'), undefined],
  [leads('0;url='), undefined],
  [leads('60;url=/new.xml'), undefined],
  [leads('0;url=https://[x'), undefined],
  ['<!doctype html><!-- <meta http-equiv="refresh" content="0;url=/new.xml"> --><p>x', undefined],
  [`<!doctype html><noscript>${leads('0;url=/new.xml')}</noscript><p>x`, undefined],
  ['<!doctype html><p>&lt;meta http-equiv="refresh" content="0;url=/new.xml"></p>', undefined],
])('the page %s leads to %s', ([page, to, header]) => {
  const result = readFeed(Buffer.from(page), { ...from, refresh: header ?? null });
  expect(result).toEqual({ kind: 'failed', reason: { kind: 'web-page', refresh: to } });
});

test('a feed leads nowhere, whatever it tells of such pages', () => {
  const told = `<![CDATA[${leads('0;url=/new.xml')}]]>`;
  expect(readFeed(Buffer.from(rss(told)), { ...from, refresh: '0;url=/new.xml' })).toMatchObject({ kind: 'feed' });
});

test.for(['<meta charset="utf-8">', '<head></head>\n', '<!doctype html><meta charset="utf-8">'])(
  'a line of a theme before a feed is no web page: %s',
  (line) => {
    const channel = '<channel><title>T</title><item><title>One</title></item></channel>';
    for (const feed of [channel, `<rss>${channel}</rss>`]) expect(feedOf(line + feed).entries).toHaveLength(1);
  },
);

test.for([
  [
    'RSS',
    '<rss><channel><title>T</title><link>http://localhost:4000/</link><item><link>http://localhost:4000/a</link><guid>http://localhost:4000/a</guid><description>see http://localhost:3000/</description></item></channel></rss>',
  ],
  [
    'Atom',
    '<feed xmlns="http://www.w3.org/2005/Atom"><link href="http://127.0.0.1:8080" rel="alternate"/><entry><id>http://127.0.0.1:8080/a</id><link href="http://127.0.0.1:8080/a"/><summary>see http://localhost:3000/</summary></entry></feed>',
  ],
  [
    // https://github.com/marcantondahmen/automad/issues/39
    'RSS of a container',
    '<rss><channel><title>T</title><link>http://automad-docker.local</link><item><link>http://automad-docker.local/a</link><guid>http://automad-docker.local/a</guid><description>see http://localhost:3000/</description></item></channel></rss>',
  ],
  [
    // https://github.com/greghendershott/frog/issues/151
    'RSS with the host of a sample',
    '<rss><channel><title>T</title><link>http://www.example.com/</link><item><link>http://www.example.com/a</link><guid>http://www.example.com/a</guid><description>see http://localhost:3000/</description></item></channel></rss>',
  ],
] as const)('%s that was published as it was previewed leads to its host', ([, text]) => {
  expect(feedOf(text)).toMatchObject({
    home: 'https://home.example/',
    entries: [{ id: 'https://home.example/a', url: 'https://home.example/a' }],
  });
  expect(JSON.stringify(feedOf(text))).toContain('see http://localhost:3000/');
});

test('a tag within a date or an id, in a feed that is no XML, costs neither them nor the rest of the entry', () => {
  const item =
    '<guid><b>1</b></guid><pubDate>Fri, 23 Jan 2026 08:40:00 GMT<br></pubDate><description>One</description>';
  expect(feedOf(`<rss><channel><item>${item}</item>&nbsp;</channel></rss>`).entries).toMatchObject([
    { id: '1', published: new Date('2026-01-23T08:40:00Z'), content: { html: 'One' } },
  ]);
});

test('an address of such a host in a sentence stays', () => {
  const text = `<rss><channel><link>http://example.com/</link><item><description>curl http://example.com/ &lt;img src="http://example.com/b" srcset="/b 1x, http://example.com/c 2x"></description></item></channel></rss>`;
  expect(feedOf(text).entries[0]?.content?.html).toBe(
    'curl http://example.com/ <img src="https://home.example/b" srcset="/b 1x, https://home.example/c 2x">',
  );
});

test('a feed of a private network may lead to another host of it', () => {
  const text =
    '<rss><channel><link>http://wiki.corp.local/</link><item><link>http://wiki.corp.local/a</link></item></channel></rss>';
  const { entries } = feedOf(text, 'http://news.corp.local/feed');
  expect(entries).toMatchObject([{ url: 'http://wiki.corp.local/a' }]);
});

test('an empty feed is a feed', () => {
  expect(feedOf('<rss version="2.0"><channel><title>Quiet</title></channel></rss>').entries).toEqual([]);
});

test('only polling hints with a meaning are taken, each once', () => {
  const hours = '<skipHours><hour>24</hour><hour>0</hour><hour>x</hour><hour>99</hour></skipHours>';
  const days = `<skipDays><day>Sunday</day><day>Someday</day><day>Friday</day><day>Sunday</day></skipDays>`;
  expect(feedOf(rssOf(`<ttl>${'9'.repeat(400)}</ttl>${hours}${days}`)).manners).toEqual({
    ttlMinutes: null,
    skipHours: [0, 3],
    skipDays: ['Sunday', 'Friday'],
  });
  expect(feedOf(rssOf('<ttl>60</ttl>')).manners.ttlMinutes).toBe(60);
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
] as const)('%s: it is a feed all the same', ([, hostile]) => expect(read(hostile).kind).toBe('feed'));

test('an entity is filled in 20,000 times at most', () => {
  const entity = 'a'.repeat(200);
  const [entry] = feedOf(`<!DOCTYPE rss [<!ENTITY e "${entity}">]>${rss('&e;'.repeat(20_002))}`).entries;
  expect(entry?.content?.html).toBe(`${entity.repeat(20_000)}&e;&e;`);
});

test('thousands of entries are read in order, and none is lost', () => {
  const titles = Array.from({ length: 5_000 }, (_, index) => String(index));
  const items = titles.map((title) => `<item><title>${title}</title><link>http://e.org/${title}</link></item>`);
  const { entries } = feedOf(`<rss version="2.0"><channel>${items.join('')}</channel></rss>`);
  expect(entries.map(({ title }) => title)).toEqual(titles);
});

test('tags nested too deep to mean anything lose their markup, not their words', () => {
  const { entries } = feedOf(rss(`${'<i>'.repeat(1000)}deep${'</i>'.repeat(1000)}after`));
  expect(entries[0]?.content?.html).toMatch(/deep(<\/i>)+after$/);
});

/** Of what the archive would take from a feed. */
function entriesIn(text: string): number {
  const result = readSafely(Buffer.from(text), from);
  if (result.kind === 'failed') throw new Error(JSON.stringify(result.reason));
  return result.feed.entries.length;
}

const written = '<author>Ada</author><category>x</category><pubDate>Fri, 23 Jan 2026 08:40:00 GMT</pubDate>';

test.for([
  ['no element', rssOf('<item/>')],
  ['white space', rssOf('<item> <title> </title><link/><guid></guid> </item>')],
  ['a date, an author and a category', rssOf(`<item>${written}</item>`)],
  ['a body without words', rssOf('<item><description>&lt;p>&amp;nbsp;&lt;/p>&lt;br></description></item>')],
  ['a table without words', rssOf('<item><description>&lt;table>&lt;tr>&lt;td>&lt;/table></description></item>')],
  ['a comment', rssOf('<item><description>&lt;!-- x --></description></item>')],
  ['no element in Atom', '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry/></feed>'],
  ['no member', json({})],
  ['a date and tags', json({ date_published: '2026-01-23T08:40:00Z', tags: ['x'] })],
  ['a blank text', json({ title: ' ', content_text: ' ' })],
] as const)('%s is no entry', ([, text]) => expect(entriesIn(text)).toBe(0));

test.for([
  ['a title', rssOf('<item><title>x</title></item>')],
  ['a link', rssOf('<item><link>https://e.example/1</link></item>')],
  ['an id', rssOf('<item><guid isPermaLink="false">1</guid></item>')],
  ['words', rssOf('<item><description>x</description></item>')],
  ['a picture', rssOf('<item><description>&lt;img src="/a.png"></description></item>')],
  ['a file to hear', rssOf('<item><enclosure url="https://e.example/a.mp3" type="audio/mpeg" length="1"/></item>')],
  ['a text', json({ content_text: 'x' })],
  ['a file', json({ attachments: [{ url: 'https://e.example/a.mp3', mime_type: 'audio/mpeg' }] })],
] as const)('%s alone is an entry', ([, text]) => expect(entriesIn(text)).toBe(1));
