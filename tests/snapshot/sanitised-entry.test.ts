import { describe, expect, test } from 'vitest';
import { sanitiseEntry } from '../../scripts/snapshot/sanitised-entry.ts';
import { creditOf } from '../../src/core/credit.ts';
import { Entry, EntryMetadata } from '../../src/core/entry.ts';
import { aFeed, anEntry } from '../lib/builders.ts';
import { rows } from '../lib/case-table.ts';
import { entryOf } from '../lib/feed-of.ts';

/** What the archive would keep of the one entry of an RSS feed. */
function kept(item: string, around = '') {
  const xml =
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" ' +
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:cc="http://web.resource.org/cc/" ' +
    'xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule" ' +
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" ' +
    `xmlns:pheedo="http://www.pheedo.com/namespace/pheedo"><channel><title>F</title>${around}<item><title>T</title>${item}</item></channel></rss>`;
  return sanitiseEntry(entryOf(xml, 'https://f.example/rss'));
}

const names = (item: string, around = '') => kept(item, around).authors.map(({ name }) => name);

/** What words name whom is told in persons.test.ts. */
describe('an author is named, and no address is ever published', () => {
  test.for([
    ['reuven@lerner.example (Reuven Lerner)', ['Reuven Lerner']],
    ['reuven@lerner.example', []],
    ['  Reuven   Lerner\n', ['Reuven Lerner']],
    ['Reuven M&amp;uuml;ller &lt;r@lerner.example>', ['Reuven Müller']],
    ['Tom &amp;amp; Jerry &lt;https://lerner.example/>', ['Tom & Jerry']],
    ['<![CDATA[<b>Reuven</b> <r@lerner.example>]]>', ['Reuven']],
    ['<![CDATA[<a href="/x">Reuven</a> <r@lerner.example>]]>', ['Reuven']],
    // https://github.com/jekyll/jekyll-feed/issues/299
    ['{"name"=>"Reuven", "email"=>"r@lerner.example"}', ['Reuven']],
    ["[{'first_name': 'R', 'name': 'Reuven'}]", ['Reuven']],
    ['["Reuven", "Ada"]', ['Reuven', 'Ada']],
    ['{"twitter"=>"lerner"}', []],
    ['{"first-name"=>"Reuven", "name"=>"Andr\\u00e9 \\"R\\" L"}', ['André "R" L']],
    ["['O\\'Hara']", ["O'Hara"]],
    // https://github.com/frjo/hugo-theme-zen/issues/117
    ['map[email:r@lerner.example name:Reuven M. Lerner url:/r]', ['Reuven M. Lerner']],
    ['[map[name:Reuven] map[name:Ada]]', ['Reuven', 'Ada']],
    ['Reuven [map: name: x]', ['Reuven [map: name: x]']],
    ['{Reuven}', ['{Reuven}']],
    ['ليلى بن عيّاش', ['ليلى بن عيّاش']],
    ['\u200B\u3164', []],
  ] as const)('<author>%s</author> is %s', ([written, expected]) => {
    const entry = kept(`<author>${written}</author>`);
    expect(entry.authors.map(({ name }) => name)).toEqual(expected);
    expect(JSON.stringify(entry)).not.toContain('@lerner.example');
  });

  test.for(rows`
    dc:creator | <dc:creator>Ada</dc:creator> | Ada
    two dc:creators | <dc:creator>Ada</dc:creator><dc:creator>Grace</dc:creator> | Ada, Grace
    the same one twice | <dc:creator>Ada</dc:creator><author>Ada</author> | Ada
    an Atom author in RSS | <atom:author><atom:name>Ada</atom:name></atom:author> | Ada
    itunes:author where nobody else is named | <itunes:author>Ada</itunes:author> | Ada
    RDF around a person | <dc:creator><rdf:Description><foaf:name>Ada</foaf:name></rdf:Description></dc:creator> | Ada
    nobody | ${''} | ${''}
  `)('by %s', ([, item, are]) => expect(names(item).join(', ')).toBe(are));

  test('nobody, with no title and no category, where an older archive has invisible ones', () => {
    const unseen = { title: '\u00AD', authors: [{ name: '\u200B' }], categories: ['\u2060', 'a'] };
    const entry = Entry.parse({ ...anEntry(), ...unseen });
    expect(creditOf(entry, aFeed())).toEqual({ title: '', authors: [] });
    expect(entry.categories).toEqual(['a']);
  });

  test('the first 50 authors of an entry in an older archive count', () => {
    const many = Array.from({ length: 51 }, (_, at) => ({ name: `Ann ${at}`, url: `https://a.example/${at}` }));
    const entry = Entry.parse({ ...anEntry(), authors: many, enclosures: many.map(({ url }) => ({ url })) });
    expect([entry.authors.length, entry.enclosures.length]).toEqual([50, 50]);
  });

  test('by the feed, where the entry names nobody', () => {
    expect(names('', '<managingEditor>ed@f.example (Ed)</managingEditor>')).toEqual(['Ed']);
    expect(names('<author>Ada</author>', '<managingEditor>ed@f.example (Ed)</managingEditor>')).toEqual(['Ada']);
  });

  test('by the feed’s name for an address, where the entry gives nothing else', () => {
    const feed =
      '<managingEditor>ed@f.example</managingEditor>' +
      '<itunes:owner><itunes:name>Ed</itunes:name><itunes:email>Ed@f.example</itunes:email></itunes:owner>';
    expect(names('<author>ed@f.example</author>', feed)).toEqual(['Ed']);
    expect(names('<author>ed@f.example (E. D.)</author>', feed)).toEqual(['E. D.']);
  });
});

test('no address has credentials that look like a host', () => {
  const entry = kept(
    '<link>https://www.bank.example@a.example/1</link><enclosure url="https://ann:secret@a.example/1.ogg" type="audio/ogg"/>',
  );
  const url = 'https://a.example/1';
  expect(entry).toMatchObject({ id: url, url, enclosures: [{ url: `${url}.ogg` }] });
});

test('no e-mail address is in the facts of an entry', () => {
  const entry = kept(
    '<link>ann@a.example</link><source url="https://s.example/feed">ann@s.example (Ann)</source>' +
      '<dc:rights>Copyright ann@a.example, https://a.example/rights</dc:rights>',
  );
  expect(entry).toMatchObject({ url: null, rights: 'Copyright https://a.example/rights', source: { title: '(Ann)' } });
  expect(kept('<dc:rights>ann@a.example</dc:rights>').rights).toBeNull();
});

test('the archives of older versions lose the credentials that they still have', () => {
  const { url, authors } = EntryMetadata.shape;
  expect(url.parse('https://bank.example@a.example/1')).toBe('https://a.example/1');
  const ann = { name: 'Ann', url: 'https://a.example/@ann' };
  expect(authors.parse([{ ...ann, url: 'https://ann@a.example/@ann' }])).toEqual([ann]);
});

test('no address repeats a base of thousands of letters', () => {
  const base = `https://a.example/${'a/'.repeat(3_900)}`;
  const author = '<atom:author><atom:name>Ada</atom:name><atom:uri>u</atom:uri></atom:author>';
  const files = '<enclosure url="f.ogg"/><enclosure url="https://a.example/1.ogg"/>';
  const entry = kept(author + files, `<link>${base}</link>`);
  expect(entry).toMatchObject({ authors: [{ name: 'Ada' }], enclosures: [{ url: 'https://a.example/1.ogg' }] });
  expect(JSON.stringify(entry)).not.toContain('a/a/a/');
});

test.for(rows`
  one, where its label has the same words | <category term="blog-posts" label="Blog Posts"/> | blog-posts
  two, where its label has others | <category term="py" label="Python"/> | py; Python
  both of a podcast | <itunes:category text="Arts"><itunes:category text="Books"/></itunes:category> | Arts; Books
  that of a film | <media:group><media:category>Music</media:category></media:group> | Music
  each tag of Flickr | <media:category scheme="urn:flickr:tags">cat mobile</media:category><media:category>Film &amp; cat</media:category> | cat; mobile; Film & cat
  a type, which is no markup | <category>List&lt;T></category> | List<T>
  each between commas without spaces (https://github.com/forem/forem/issues/13753) | <category>scrum,agile</category> | scrum; agile
  each of a list that a template printed | <category>['Portland, Oregon', "b"]</category><category>[]</category><tags>['c', 'd']</tags> | Portland, Oregon; b; c; d
  one with a comma of its own | <category>Portland, Oregon</category><category>10,000 steps</category> | Portland, Oregon; 10,000 steps
`)('the categories are %s', ([, item, are]) => expect(kept(item).categories.join('; ')).toBe(are));

test('a source whose title is the address of its feed has no title', () => {
  expect(kept('<source>https://a.example/feed.rss</source>').source).toEqual({ feedUrl: 'https://a.example/feed.rss' });
});

test.for([
  '<source url="https://a.example/feed.rss">https://a.example is mine</source>',
  '<source><title>https://a.example</title><link rel="self" href="https://a.example/feed.rss"/></source>',
])('but another title stays: %s', (source) => {
  const title = expect.stringContaining('https');
  expect(kept(source).source).toMatchObject({ title, feedUrl: 'https://a.example/feed.rss' });
});

test('a source that says nothing is none', () => {
  expect(kept('<source url=""></source>').source).toBeNull();
});

test('an id is stored as given, a long one as its hash', () => {
  expect(kept('<guid>tag:1</guid>').id).toBe('tag:1');
  expect(kept(`<guid>${'x'.repeat(2_001)}</guid>`).id).toMatch(/^urn:sha256:[0-9a-f]{64}$/);
});

test.for([
  ['feedburner:origLink', '<feedburner:origLink>https://a.example/1</feedburner:origLink>'],
  ['pheedo:origLink', '<pheedo:origLink>https://a.example/1</pheedo:origLink>'],
  ['link', ''],
] as const)('the link is the original, from %s', ([from, original]) => {
  const link = `<link>${from === 'link' ? 'https://a.example/1' : 'https://feeds.example/~r/f/1'}</link>`;
  expect(kept(link + original).url).toBe('https://a.example/1');
});

test.for(rows`
  its own | <dc:rights>A</dc:rights> | <copyright>B</copyright> | A
  those of its feed | ${''} | <copyright>CC BY 4.0</copyright> | CC BY 4.0
  a licence that is linked | <atom:link rel="license" href="https://l.example/by/"/> | ${''} | https://l.example/by/
  none that Flickr leaves out | <atom:link rel="license" href="deed.en"/> | <copyright>B</copyright> | B
  none of that in another language | <atom:link rel="license" href="deed.en-us"/> | ${''} | ${''}
  a licence of Flickr | <atom:link rel="license" href="https://creativecommons.org/licenses/by/2.0/deed.en"/> | ${''} | https://creativecommons.org/licenses/by/2.0/deed.en
  a licence in RSS | <creativeCommons:license> https://l.example/by/ </creativeCommons:license> | ${''} | https://l.example/by/
  a licence in RDF | <cc:license rdf:resource="https://l.example/by/"/> | ${''} | https://l.example/by/
  its own licence, by whom its feed names | <atom:link rel="license" href="https://l.example/by/"/> | <copyright>(c) Ada</copyright><cc:license>https://l.example/nc/</cc:license> | (c) Ada https://l.example/by/
  a licence named once | <dc:rights>https://l.example/by/</dc:rights> | <cc:license>https://l.example/by/</cc:license> | https://l.example/by/
  the beginning of a long line of its feed, with its whole licence | ${''} | <copyright>${'A'.repeat(300)}</copyright><cc:license>https://l.example/by/</cc:license> | ${'A'.repeat(199)}… https://l.example/by/
  its own long line | <dc:rights>${'A'.repeat(300)}</dc:rights> | ${''} | ${'A'.repeat(300)}
  those of its feed, on a part of its site | <link>https://blog.f.example/1</link> | <copyright>B</copyright> | B
  none of a planet | <link>https://a.example/1</link> | <copyright>B</copyright> | ${''}
  none of a feed that copies it | <source url="https://a.example/rss">A</source> | <copyright>B</copyright> | ${''}
  no licence without an address | <cc:license>javascript:x</cc:license> | ${''} | ${''}
`)('the rights in an entry are %s', ([, item, around, rights]) => {
  expect(kept(item, `<link>https://f.example/</link>${around}`).rights).toBe(rights || null);
});

test('a link post leads to its own page, and its text to its subject', () => {
  const post = (text: string) =>
    kept(
      `<link>https://news.example/a?b&amp;c</link><guid isPermaLink="true">https://f.example/l/1</guid><description>${text}</description>`,
      '<link>https://f.example/</link><managingEditor>Jo</managingEditor>',
    );
  const link = (words: string) => `<a href="https://news.example/a?b&#x26;c" rel="nofollow ugc noopener">${words}</a>`;
  const entry = post('My &lt;a href="/me/">comment&lt;/a>.');
  expect(entry).toMatchObject({ url: 'https://f.example/l/1', source: { url: 'https://news.example/a?b&c' } });
  expect(entry.content).toContain('href="https://f.example/me/"');
  expect(entry.content).toContain(`.\n<p>${link('news.example')}</p>`);
  const inText = post('&lt;a href="https://news.example/a?b&amp;amp;c">This&lt;/a> is good.');
  expect(inText.content).toBe(`${link('This')} is good.`);
  const other = '<a href="https://www.news.example/a/?b&#x26;c&#x26;utm_source=x" rel="nofollow ugc noopener">This</a>';
  expect(post('&lt;a href="https://www.news.example/a/?b&amp;amp;c&amp;amp;utm_source=x">This&lt;/a>').content).toBe(
    other,
  );
  expect(post('').content).toBe(`\n<p>${link('news.example')}</p>`);
  // The link is no part of what the post says.
  expect([entry.summary, post('').summary]).toEqual(['My comment.', 'news.example']);
});

test('a post in a forum, whose id is the page of its comments, leads there', () => {
  const comments = '<comments>https://f.example/post/1</comments><description>a</description>';
  const item = `<link>https://news.example/a</link><guid>https://f.example/post/1</guid>${comments}`;
  const around = '<link>https://f.example/u/jo</link><managingEditor>Jo</managingEditor>';
  const source = { url: 'https://news.example/a' };
  expect(kept(item, around)).toMatchObject({ url: 'https://f.example/post/1', source });
});

test('a page on the site of the blogger is no subject of a link post', () => {
  const item = { url: 'https://f.example/l/1', external_url: 'https://f.example/tools/', content_text: 'My tools.' };
  const json = JSON.stringify({ home_page_url: 'https://f.example/', items: [item] });
  expect(sanitiseEntry(entryOf(json)).content).toBe('My tools.');
});

test('what is relative to a post is not relative to a redirector', () => {
  const entry = kept(
    '<link>http://feedproxy.google.com/~r/f/~3/x/one.html</link><feedburner:origLink>https://a.example/one/</feedburner:origLink>' +
      '<description>&lt;img src="chart.png" alt="Chart"> &lt;a href="/about/">x&lt;/a></description>',
  );
  expect(entry.content).toContain('<img src="https://a.example/one/chart.png" alt="Chart"');
  expect(entry.content).toContain('<a href="https://a.example/about/"');
});

test('a body of more than a megabyte ends with a link to all of it', () => {
  const html = `<p>${'word '.repeat(199_999)}<img alt="half a tag" src="/x.png">`;
  const { content } = kept(`<link>https://f.example/1/</link><description><![CDATA[${html}]]></description>`);
  expect(content.slice(-120)).toMatch(
    /word word <\/p><p><a href="https:\/\/f.example\/1\/" rel="nofollow ugc noopener">…<\/a><\/p>$/,
  );
});
