import { expect, test } from 'vitest';
import { pageAddress } from '../../scripts/snapshot/normalise/links.ts';
import { list, rows } from '../lib/case-table.ts';
import { entryOf, feedOf } from '../lib/feed-of.ts';

const rss = (item: string) =>
  `<rss version="2.0"><channel><link>https://home.example/</link><item>${item}</item></channel></rss>`;
const atom = (entry: string, around = '<link href="https://home.example/"/>') =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>f</id><title>F</title>${around}<entry><id>urn:1</id><title>T</title>${entry}</entry></feed>`;
const pageIn = (feed: string, url?: string) => entryOf(feed, url).url;

test.for([
  ['www.other.example/post', 'https://www.other.example/post'],
  ['www.other.example', 'https://www.other.example/'],
  ['WWW.Other.example/Post', 'https://www.other.example/Post'],
  ['other.example/post.html', 'https://other.example/post.html'],
  ['blog.other.org:8080/post', 'https://blog.other.org:8080/post'],
  ['other.de/post', 'https://other.de/post'],
  ['other.de', 'https://other.de/'],
  ['other.rs/post', 'https://other.rs/post'],
  ['www.other.berlin/post', 'https://www.other.berlin/post'],
  ['müller.example/über', 'https://xn--mller-kva.example/%C3%BCber'],
  ['home.example', 'https://home.example/'],
  ['//other.example/p', 'https://other.example/p'],
  ['http:/other.example/p', 'http://other.example/p'],
  ['https:/home.example/p', 'https://home.example/p'],
  ['https//other.example/p', 'https://other.example/p'],
  ['https:///other.example/p', 'https://other.example/p'],
  ['http://https://other.example/p', 'https://other.example/p'],
  [
    'https://web.archive.example/web/2020/https://other.example/p',
    'https://web.archive.example/web/2020/https://other.example/p',
  ],
  ['http://http//other.example/p', 'http://other.example/p'],
  // https://github.com/18F/18f.gsa.gov/issues/1497, https://github.com/monero-project/monero-site/issues/1162
  ['https://home.examplehttps://home.example/2026/p', 'https://home.example/2026/p'],
  ['https://home.example//http://home.example/p', 'https://home.example/p'],
  // https://github.com/BrowserWorks/waterfox/issues/1509, https://github.com/OSUOSC/project-official-website/issues/212
  ['https://www.other.example/www.other.example/p', 'https://www.other.example/p'],
  ['https://home.example/home.example', 'https://home.example/'],
  ['https://home.example/home.example.html', 'https://home.example/home.example.html'],
  ['https://home.example/other.example/p', 'https://home.example/other.example/p'],
  ['<![CDATA[https://other.example/p]]>', 'https://other.example/p'],
  ['<https://other.example/p>', 'https://other.example/p'],
  ['"https://other.example/p"', 'https://other.example/p'],
  ['https://other.example/\n      2026/post', 'https://other.example/2026/post'],
  ['\n  https://other.example/p\n', 'https://other.example/p'],
  ['https://other.example/my post', 'https://other.example/my%20post'],
  ['https://other.example/日記?q=ä', 'https://other.example/%E6%97%A5%E8%A8%98?q=%C3%A4'],
  ['https://wiki.example/Foo_(bar)', 'https://wiki.example/Foo_(bar)'],
  // relative, and no host
  ['post.html', 'https://home.example/post.html'],
  ['news/post.html', 'https://home.example/news/post.html'],
  ['index.php/post/1', 'https://home.example/index.php/post/1'],
  ['my post.html', 'https://home.example/my%20post.html'],
  ['notes.md', 'https://home.example/notes.md'],
  ['v1.2/notes', 'https://home.example/v1.2/notes'],
  ['jane.doe/posts/1', 'https://home.example/jane.doe/posts/1'],
  ['?p=12', 'https://home.example/?p=12'],
  ['#post-12', 'https://home.example/#post-12'],
  ['/', 'https://home.example/'],
] as const)('a link %j means %j', ([written, page]) => {
  expect(pageAddress(written, 'https://home.example/')).toBe(page);
});

test.for(list`
  N/A | n/a | # | - | undefined | null | /undefined | TBA | None | false | http:// | https: | https://undefined
  about:blank | no link yet | [object Object] | #ZgotmplZ | undefined/blog/x | null/x | {{ page.url }} | https:// other.example/p | ftp://other.example/p
  javascript:void(0) | feed:https://other.example/feed | feed://other.example/feed | mailto:ann@other.example
  data:text/html,x | ${'Write to us. '.repeat(30)}ann@other.example
`)('a link %j means no page at all', (written) => expect(pageAddress(written, 'https://home.example/')).toBe(null));

test('a link may begin with the host of its own blog, whatever its domain', () => {
  expect(pageAddress('home.berlin/post', 'https://home.berlin/')).toBe('https://home.berlin/post');
  expect(pageAddress('home.berlin/post', 'https://home.example/')).toBe('https://home.example/home.berlin/post');
  expect(pageAddress('https://home.com/post', 'https://home.co/')).toBe('https://home.com/post');
});

test.for(list`
  N/A | # | undefined | null | http:// | javascript:void(0) | ${''} | https://home.example/undefined
  https://home.example/blog/null/ | https://undefined/post | http://localhost:1313/y
`)('beside a good guid, a link %j is none', (link) => {
  expect(pageIn(rss(`<link>${link}</link><guid>https://home.example/y</guid>`))).toBe('https://home.example/y');
  const json = { version: 'https://jsonfeed.org/version/1.1', items: [{ id: 'https://home.example/y', url: link }] };
  expect(pageIn(JSON.stringify(json))).toBe('https://home.example/y');
});

test('a text that does not look like an address is the link if there is nothing better', () => {
  const written = 'https://home.example/null';
  expect(pageIn(rss(`<link>${written}</link>`))).toBe(written);
  expect(pageIn(rss(`<link>${written}</link><guid isPermaLink="false">https://home.example/y</guid>`))).toBe(written);
});

test('in RSS 1.0 an item whose link is none leads to what it is about', () => {
  const item = '<item rdf:about="https://home.example/y"><title>T</title><link>#</link></item>';
  const feed = `<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel><link>https://home.example/</link></channel>${item}</rdf:RDF>`;
  expect(pageIn(feed)).toBe('https://home.example/y');
  const channel = feed.replace(
    '<channel><link>https://home.example/</link>',
    '<channel rdf:about="https://home.example/rdf">',
  );
  expect(feedOf(channel).home).toBe(null);
});

test('in RSS a link of Atom to another language comes after RSS’s own', () => {
  const atoms = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="alternate" hreflang="fr" href="/fr/1"/>';
  expect(pageIn(rss(`<link>/1</link>${atoms}`))).toBe('https://home.example/1');
  expect(pageIn(rss(atoms))).toBe('https://home.example/fr/1');
});

test.for([
  ['<guid isPermaLink="true">/2026/post</guid>', 'https://home.example/2026/post'],
  ['<guid isPermaLink="true">other.example/p</guid>', 'https://other.example/p'],
  ['<guid isPermaLink="">https://home.example/y</guid>', 'https://home.example/y'],
  ['<guid isPermaLink="false">https://home.example/y</guid><link>N/A</link>', null],
  ['<link>\n  https://home.example/a\n</link>', 'https://home.example/a'],
] as const)('%s leads to %s', ([item, page]) => expect(pageIn(rss(item))).toBe(page));

const link = (href: string, more = '') => `<link rel="alternate" href="https://m.example/${href}" ${more}/>`;
const html = 'type="text/html"';

test.for(rows`
  the first | ${link('1', html) + link('2', html)} | 1
  the first, typed or not | ${link('1') + link('2', html)} | 1
  the one in the feed’s language | ${link('de', `${html} hreflang="de"`) + link('en', `${html} hreflang="en-GB"`)} | en
  the one of no language before a foreign one | ${link('de', 'hreflang="de"') + link('x')} | x
  the one of any language before a foreign one | ${link('de', 'hreflang="de"') + link('x', 'hreflang="x-default"')} | x
  the entry’s language before the feed’s | ${link('en', 'hreflang="en"') + link('de', 'hreflang="de"')} | de | de
  the only one, foreign as it is | ${link('de', 'hreflang="de"')} | de
  HTML before other forms | ${link('1.md', 'type="text/markdown"') + link('1.json', 'type="application/activity+json"') + link('1', html)} | 1
  HTML with a charset | ${link('1.json', 'type="application/json"') + link('1', 'type="text/html; charset=utf-8"')} | 1
  a page before AMP | ${link('amp/1') + link('1', html)} | 1
  a page before AMP’s query | ${link('1?amp=1', html) + link('1')} | 1
  a page before one for small screens | ${link('m/1', `${html} media="handheld"`) + link('1', html)} | 1
  a page before one up to a width | ${link('m/1', 'media="only screen and (max-width: 640px)"') + link('1')} | 1
  AMP where there is nothing else | ${link('amp/1', html)} | amp/1
  none with an empty address | <link rel="alternate" href="" ${html}/>${link('1')} | 1
`)('of several alternates, %s', ([, links, page, language = 'en']) => {
  expect(pageIn(atom(links).replace('<entry>', `<entry xml:lang="${language}">`))).toBe(`https://m.example/${page}`);
});

test('the feed’s own page is the first, or the one in its language', () => {
  const around = link('', html) + link('ca/', `${html} hreflang="ca"`) + link('uk/', `${html} hreflang="uk"`);
  expect(feedOf(atom('', around)).home).toBe('https://m.example/');
  expect(feedOf(atom('', around).replace('xml:lang="en"', 'xml:lang="uk"')).home).toBe('https://m.example/');
  const tongues = link('ca/', 'hreflang="ca"') + link('uk/', 'hreflang="uk"');
  expect(feedOf(atom('', tongues).replace('xml:lang="en"', 'xml:lang="uk"')).home).toBe('https://m.example/uk/');
});

const channel = (links: string) =>
  `<rss version="2.0"><channel><title>F</title>${links}<item><title>T</title><link>p</link></item></channel></rss>`;

test.for(rows`
  not that of a library | ${channel('<link>http://github.com/dylang/node-rss</link>')} | ${''}
  not the feed itself | ${channel('<link>http://www.home.example/blog/feed.xml</link>')} | ${''}
  nor in JSON | ${JSON.stringify({ home_page_url: 'https://home.example/blog/feed.xml', items: [{ id: 'p', url: 'p' }] })} | ${''}
  the one before a tag that is no part of its address | ${channel('<link>https://home.example/<lastbuilddate>Fri, 07 Oct 2016 12:17:51 GMT</lastbuilddate><docs>d</docs>')} | https://home.example/
`)('the page of a feed is %s', ([, feed, home]) => expect(feedOf(feed).home ?? '').toBe(home));

test('a feed may be read at the page of its site', () => {
  expect(feedOf(channel('<link>https://home.example/</link>'), 'https://home.example/').home).toBe(
    'https://home.example/',
  );
});

test.for(rows`
  where the feed was fetched | <link href="https://home.example/"/> | https://home.example/blog/p
  where the feed says that it lies | <link href="https://home.example/"/><link rel="self" href="https://home.example/notes/atom.xml"/> | https://home.example/notes/p
  the page, where the feed lies with a stranger | <link href="https://ann.example/blog/"/> | https://ann.example/blog/p
  where it was fetched, if there is nothing else | ${''} | https://home.example/blog/p
`)('an address in Atom without a base is relative to %s', ([, around, page]) => {
  expect(pageIn(atom('<link href="p"/>', around))).toBe(page);
});

/** With the author of the feed. */
const byOne = (item: string) => rss(item).replace('<item>', '<managingEditor>Jo</managingEditor><item>');
const guid = (address: string, permalink = 'true') => `<guid isPermaLink="${permalink}">${address}</guid>`;
const about = '<link>https://news.example/clocks</link>';

const by = (name: string, at: number) =>
  `${about}${guid(`https://home.example/${at}`)}<author>${name}</author><title>${at}</title>`;
const json = (...items: { id: string; authors?: object }[]) =>
  JSON.stringify({
    home_page_url: 'https://home.example/',
    items: items.map((item) => ({ external_url: 'https://news.example/clocks', content_text: 'x', ...item })),
  });

const ada = '<author><name>Ada</name></author>';
const related = (at: number) => `<link rel="related" href="https://home.example/${at}"/>`;
const news = '<link href="https://news.example/clocks"/>';

test.for(rows`
  its declared permalink | ${byOne(about + guid('https://home.example/1'))}
  a relative one | ${byOne(about + guid('/1'))}
  one beside a guest’s post | ${rss(`${by('Ada', 1)}</item><item><link>/2</link><author>Bo</author>`)}
  the page that Daring Fireball says is related | ${atom(news + related(1) + ada)}
  the id of JSON Feed | ${json({ id: 'https://home.example/1' })}
  a part of the front page | ${byOne(about + guid('https://home.example/#1'))} | https://home.example/#1
  one on a part of its site | ${byOne(about + guid('https://links.home.example/1'))} | https://links.home.example/1
`)('a post about a page elsewhere leads to its own page: %s', ([, feed, url]) => {
  const page = url || 'https://home.example/1';
  expect(entryOf(feed)).toMatchObject({ url: page, source: { url: 'https://news.example/clocks' } });
});

test.for(rows`
  an id that is no permalink | ${byOne(about + guid('https://home.example/l/1', 'false'))}
  an id that may only look like an address | ${byOne(`${about}<guid>https://home.example/l/1</guid>`)}
  a permalink on a third site | ${byOne(about + guid('https://short.example/1'))}
  the front page | ${byOne(about + guid('https://home.example/'))}
  a page of another post too | ${byOne(`${about}${guid('/l')}</item><item>${about}${guid('/l')}`)}
  the old address of a blog that moved | ${byOne(about + guid('https://home.example/clocks'))}
  an address of its author’s own machine | ${byOne(about + guid('http://localhost/1')).replaceAll('home.example', 'localhost')}
  a page where nobody is named | ${rss(about + guid('https://home.example/l/1'))}
  the front page in JSON | ${json({ id: 'https://home.example/' })}
  an id on a third site in JSON | ${json({ id: 'https://short.example/1' })}
  a page of a planet in JSON | ${json({ id: 'https://home.example/1', authors: [{ name: 'Ada' }] }, { id: 'https://home.example/2', authors: [{ name: 'Bo' }] })}
  a page of a planet | ${rss(`${by('Ada', 1)}</item><item>${by('Bo', 2)}`)}
  a page of a planet that names sources | ${rss(`${by('Ada', 1)}<source url="https://news.example/feed">N</source>`)}
  related pages | ${atom(news + related(1) + related(2) + ada)}
`)('a link elsewhere stays the page of a post beside %s', ([, feed]) => {
  const entry = entryOf(feed);
  expect(entry.url).toBe('https://news.example/clocks');
  expect(entry.source?.url).toBeUndefined();
});

test('a link to a part of the same site, or to a redirector, stays', () => {
  expect(pageIn(rss(`<link>https://blog.home.example/1</link>${guid('https://home.example/l/1')}`))).toBe(
    'https://blog.home.example/1',
  );
  const burner = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"';
  const original = `<feedburner:origLink ${burner}>https://home.example/post/1</feedburner:origLink>`;
  const redirected = `<link>https://feedproxy.google.com/~r/x/1</link>${guid('https://home.example/?p=1')}`;
  const entry = entryOf(byOne(redirected + original));
  expect(entry).toMatchObject({ original: 'https://home.example/post/1', source: null });
});

test('an id stays what it was, whatever its links are relative to', () => {
  const { entries } = feedOf(atom('<link href="p"/>').replace('urn:1', './p'));
  expect(entries[0]).toMatchObject({ id: 'https://home.example/p', url: 'https://home.example/blog/p' });
  expect(entryOf(json({ id: '/p' }))).toMatchObject({ id: 'https://home.example/p' });
});
