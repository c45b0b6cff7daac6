import { describe, expect, test } from 'vitest';
import { readFeed } from '../../scripts/snapshot/read-feed.ts';
import type { SanitisedEntry } from '../../scripts/snapshot/sanitised-entry.ts';
import { sanitiseEntry } from '../../scripts/snapshot/sanitised-entry.ts';

// What came out wrong for readers of other planets and feed readers: texts and what stands in them.

const NAMESPACES =
  'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" ' +
  'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:yt="http://www.youtube.com/xml/schemas/2015"';
const rss = (item: string) =>
  `<rss version="2.0" ${NAMESPACES}><channel><title>F</title><link>https://blog.example/</link><item>${item}</item></channel></rss>`;
const atom = (entry: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${NAMESPACES}><title>F</title><link href="https://blog.example/"/><entry>${entry}</entry></feed>`;
const json = (item: object) =>
  JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'F', items: [{ id: '1', ...item }] });

/** What the archive would keep of the first entry of a feed. */
async function kept(feed: string): Promise<SanitisedEntry> {
  const read = readFeed(Buffer.from(feed), { url: 'https://blog.example/feed', contentType: null });
  if (read.kind === 'failed') throw new Error(JSON.stringify(read.reason));
  const [entry] = read.feed.entries;
  if (entry === undefined) throw new Error('no entry');
  return sanitiseEntry(entry);
}

/** Without what is the same in every link and picture, and as people write it. */
const plainly = (html: string) =>
  html
    .replaceAll(' rel="nofollow ugc noopener"', '')
    .replaceAll(' loading="lazy" decoding="async" referrerpolicy="no-referrer"', '')
    .replaceAll('&#x3C;', '&lt;')
    .replaceAll('&#x26;', '&amp;')
    .replace(/>\n/g, '>');

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const description = (html: string) => rss(`<title>T</title><description>${escaped(html)}</description>`);
const content = (html: string, type = 'html') =>
  atom(`<title>T</title><content type="${type}">${escaped(html)}</content>`);

interface Row {
  what: string;
  feed: string;
  gives: string;
}
const bodies = (rows: readonly Row[]) =>
  test.for(rows)('$what', async ({ feed, gives }) => expect(plainly((await kept(feed)).content)).toBe(gives));
const titles = (rows: readonly Row[]) =>
  test.for(rows)('$what', async ({ feed, gives }) => expect((await kept(feed)).title).toBe(gives));

describe('what was escaped once too often is markup again', () => {
  const cdata = (text: string) => `<![CDATA[${text}]]>`;
  const linked = '<p>See <a href="https://x.example/">this</a>.</p>';
  bodies([
    { what: 'a CDATA section around markup', feed: description(cdata('<p>a</p>')), gives: '<p>a</p>' },
    { what: 'a CDATA section around words', feed: description(cdata('a & b')), gives: 'a &amp; b' },
    { what: 'a CDATA section in a CDATA section', feed: description(cdata(cdata('<p>a</p>'))), gives: '<p>a</p>' },
    { what: 'two CDATA sections', feed: description(cdata('<p>a') + cdata('b</p>')), gives: '<p>ab</p>' },
    {
      what: 'a CDATA section within a box',
      feed: description(`<p>${cdata('a <b>b</b>')}</p>`),
      gives: '<p>a <b>b</b></p>',
    },
    {
      what: 'a CDATA section after a picture',
      feed: content(`<img src="https://x.example/a.jpg">${cdata('<p>a</p>')}`),
      gives: '<img src="https://x.example/a.jpg" alt=""><p>a</p>',
    },
    { what: 'a CDATA section in Atom', feed: content(cdata('<p>a</p>')), gives: '<p>a</p>' },
    { what: 'a CDATA section escaped twice', feed: description(escaped(cdata('<p>a</p>'))), gives: '<p>a</p>' },
    {
      what: 'a CDATA section around plain text',
      feed: atom(`<summary>${escaped(cdata('a < b'))}</summary>`),
      gives: 'a &lt; b',
    },
    { what: 'a description', feed: description(escaped(linked)), gives: linked },
    {
      what: 'words with a link and no box',
      feed: description(escaped('See <a href="https://x.example/">this</a> and <em>that</em> today.')),
      gives: 'See <a href="https://x.example/">this</a> and <em>that</em> today.',
    },
    {
      what: 'a picture before words',
      feed: description(escaped('<img src="https://x.example/a.jpg"> Words')),
      gives: '<img src="https://x.example/a.jpg" alt=""> Words',
    },
    {
      what: 'what stands in RSS between a template’s tags',
      feed: rss(`<description><p>${escaped('See <a href="https://x.example/">this</a>.')}</p></description>`),
      gives: linked,
    },
    { what: 'a description, three times', feed: description(escaped(escaped(linked))), gives: linked },
    { what: 'Atom’s HTML', feed: content(escaped(linked)), gives: linked },
    {
      what: 'content:encoded in a CDATA section',
      feed: rss(`<content:encoded><![CDATA[${escaped(linked)}]]></content:encoded>`),
      gives: linked,
    },
    {
      what: 'Atom’s XHTML',
      feed: atom(`<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${escaped(linked)}</div></content>`),
      gives: linked,
    },
    { what: 'JSON Feed', feed: json({ content_html: escaped(linked) }), gives: linked },
    {
      what: 'paragraphs with references in them',
      feed: description(escaped('<p>It&#8217;s</p>\n<p>Q&amp;A</p>')),
      gives: '<p>It’s</p><p>Q&amp;A</p>',
    },
    { what: 'words with references', feed: description('It&amp;#8217;s Q&amp;amp;A'), gives: 'It’s Q&amp;A' },
    { what: 'what a box was laid around', feed: description(`<div>${escaped(linked)}</div>`), gives: linked },
    {
      what: 'words that lead on to links and line ends',
      feed: description(escaped('Hello, <a href="https://x.example/">you</a>.<br />And<br />you.')),
      gives: 'Hello, <a href="https://x.example/">you</a>.<br>And<br>you.',
    },
    {
      what: 'what stands between the tags of a template',
      feed: atom(
        '<content type="html"><p>See &lt;a href=&quot;https://x.example/&quot;&gt;this&lt;/a&gt;.</p></content>',
      ),
      gives: linked,
    },
  ]);
});

describe('what is written about markup stays words', () => {
  bodies([
    {
      what: 'in a paragraph',
      feed: description('<p>Write &lt;b&gt;bold&lt;/b&gt; for bold.</p>'),
      gives: '<p>Write &lt;b>bold&lt;/b> for bold.</p>',
    },
    {
      what: 'in code',
      feed: description('<pre>&lt;p&gt;a&lt;/p&gt;</pre>'),
      gives: '<pre tabindex="0">&lt;p>a&lt;/p></pre>',
    },
    {
      what: 'in plain prose',
      feed: description('Write &lt;b&gt;bold&lt;/b&gt; for bold.'),
      gives: 'Write &lt;b>bold&lt;/b> for bold.',
    },
    {
      what: 'in plain prose that begins with it',
      feed: description('&lt;b&gt;bold&lt;/b&gt; makes words bold.'),
      gives: '&lt;b>bold&lt;/b> makes words bold.',
    },
    {
      what: 'a link in plain prose',
      feed: description('Write &lt;a href="https://x.example/"&gt;so&lt;/a&gt;.'),
      gives: 'Write &lt;a href="https://x.example/">so&lt;/a>.',
    },
    {
      what: 'a frame in plain prose',
      feed: description(escaped('We show a film with <iframe src="https://x.example/embed"></iframe> and more')),
      gives: 'We show a film with &lt;iframe src="https://x.example/embed">&lt;/iframe> and more',
    },
    {
      what: 'a link after a colon',
      feed: description(escaped('So sieht das aus: <a href="https://x.example/">so</a>')),
      gives: 'So sieht das aus: &lt;a href="https://x.example/">so&lt;/a>',
    },
    {
      what: 'a script that is spoken of',
      feed: description(escaped('A script tag such as <script src="https://x.example/a.js"></script> loads it')),
      gives: 'A script tag such as &lt;script src="https://x.example/a.js">&lt;/script> loads it',
    },
    {
      what: 'a reference in plain prose',
      feed: description('In HTML an ampersand is &amp;amp;.'),
      gives: 'In HTML an ampersand is &amp;amp;.',
    },
    {
      what: 'between tags, in Atom',
      feed: content('<p>The &lt;a&gt; element</p><p>links</p>'),
      gives: '<p>The &lt;a> element</p><p>links</p>',
    },
    {
      what: 'a CDATA section in what Atom says is text',
      feed: content('<![CDATA[x]]>', 'text'),
      gives: '&lt;![CDATA[x]]>',
    },
    { what: 'in Atom’s plain text', feed: content('<b>x</b>', 'text'), gives: '&lt;b>x&lt;/b>' },
    {
      what: 'a CDATA section that is spoken of',
      feed: description('<p>It begins with <code>&lt;![CDATA[</code>.</p>'),
      gives: '<p>It begins with <code>&lt;![CDATA[</code>.</p>',
    },
  ]);
});

describe('a title says what was meant', () => {
  const title = (text: string) => rss(`<title>${text}</title>`);
  titles([
    { what: 'out of an escaped CDATA section', feed: title('&lt;![CDATA[Hello]]&gt;'), gives: 'Hello' },
    { what: 'out of one within another', feed: title('<![CDATA[ <![CDATA[Hello]]]]><![CDATA[> ]]>'), gives: 'Hello' },
    { what: 'escaped twice', feed: title('AT&amp;amp;T'), gives: 'AT&T' },
    { what: 'escaped three times', feed: title('AT&amp;amp;amp;T'), gives: 'AT&T' },
    { what: 'escaped twice, a number', feed: title('It&amp;#8217;s &amp;quot;it&amp;quot;'), gives: 'It’s "it"' },
    {
      what: 'escaped twice, in Atom’s HTML',
      feed: atom('<title type="html">Q&amp;amp;amp;A</title>'),
      gives: 'Q&A',
    },
    { what: 'escaped twice, in Atom', feed: atom('<title>Q&amp;amp;A</title>'), gives: 'Q&A' },
    {
      what: 'Atom’s plain text as it is',
      feed: atom('<title type="text">Q&amp;amp;A</title>'),
      gives: 'Q&amp;A',
    },
    {
      what: 'of markup, in words',
      feed: title('Why &amp;lt;br&amp;gt; is no paragraph'),
      gives: 'Why <br> is no paragraph',
    },
    {
      what: 'of a reference, in words',
      feed: atom('<title>How to escape &amp;amp; in XML</title>'),
      gives: 'How to escape &amp; in XML',
    },
    {
      what: 'the podcast’s short one, where there is no other',
      feed: rss('<itunes:title>S</itunes:title>'),
      gives: 'S',
    },
    {
      what: 'not the podcast’s short one beside another',
      feed: rss('<itunes:title>S</itunes:title><title>Long</title>'),
      gives: 'Long',
    },
    {
      what: 'not that of a picture',
      feed: rss(
        '<title></title><media:content url="https://x.example/a.jpg" medium="image"><media:title>alice</media:title></media:content>',
      ),
      gives: '',
    },
    {
      what: 'that of its media, where there is no other',
      feed: atom('<media:group><media:title>A film</media:title></media:group>'),
      gives: 'A film',
    },
    { what: 'with a character of two halves', feed: title('a &#55357;&#56832; b'), gives: 'a 😀 b' },
    { what: 'with one in hexadecimal', feed: title('a &#xD83D;&#xDE00; b'), gives: 'a 😀 b' },
    { what: 'with one escaped twice', feed: title('a &amp;#xd83d;&amp;#xde00; b'), gives: 'a 😀 b' },
    { what: 'with one in a CDATA section', feed: title('<![CDATA[a &#55357;&#56832; b]]>'), gives: 'a 😀 b' },
    { what: 'without half a character', feed: title('a &#55357; b'), gives: 'a b' },
    { what: 'with JSON’s halves', feed: json({ title: 'a 😀' }).replace('😀', '\\ud83d\\ude00'), gives: 'a 😀' },
    { what: 'without half of JSON’s', feed: json({ title: 'a 😀' }).replace('😀', '\\ud83d'), gives: 'a' },
  ]);
});

describe('a character of two halves', () => {
  bodies([
    { what: 'is one', feed: description('<p>a &#55357;&#56832;</p>'), gives: '<p>a 😀</p>' },
    {
      what: 'is one in a CDATA section',
      feed: rss('<description><![CDATA[<p>&#xd83d;&#xde00;</p>]]></description>'),
      gives: '<p>😀</p>',
    },
    { what: 'is nothing where the other half is missing', feed: description('<p>a&#55357;b</p>'), gives: '<p>ab</p>' },
    {
      what: 'is nothing where JSON has but one',
      feed: json({ content_html: '<p>a😀b</p>' }).replace('😀', '\\ude00'),
      gives: '<p>ab</p>',
    },
    { what: 'is one in JSON', feed: json({ content_html: '<p>&#55357;&#56832;</p>' }), gives: '<p>😀</p>' },
    {
      what: 'is no reference to another character',
      feed: description('<p>&#55200;&#57344;</p>'),
      gives: `<p>${String.fromCharCode(55_200)}${String.fromCharCode(57_344)}</p>`,
    },
  ]);
});

describe('plain text keeps its lines and its brackets', () => {
  const text = 'One\nif a <b and c> d\n\nx<y>z & https://x.example/';
  const gives = 'One<br>if a &lt;b and c> d<br><br>x&lt;y>z &amp; https://x.example/';
  const film = (attributes = '') =>
    `<media:group><media:description${attributes}>${escaped(text)}</media:description></media:group>`;
  bodies([
    { what: 'of a film', feed: atom(film()), gives },
    { what: 'of a film, said to be plain', feed: rss(film(' type="plain"')), gives },
    { what: 'of a description', feed: description(text.replace(' & ', ' &amp; ')), gives },
    { what: 'of content:encoded', feed: rss(`<content:encoded><![CDATA[${text}]]></content:encoded>`), gives },
    { what: 'of Atom', feed: content(text, 'text'), gives },
    { what: 'of Atom’s summary', feed: atom(`<summary>${escaped(text)}</summary>`), gives },
    { what: 'of JSON Feed', feed: json({ content_text: text }), gives },
    { what: 'of a podcast', feed: rss(`<itunes:summary>${escaped(text)}</itunes:summary>`), gives },
    { what: 'of Windows', feed: json({ content_text: 'a\r\nb\r\n\r\nc' }), gives: 'a<br>b<br><br>c' },
    { what: 'of a type', feed: description('A Vec<T> and a Map<K, V>'), gives: 'A Vec&lt;T> and a Map&lt;K, V>' },
    { what: 'of an inequality', feed: description('if a<b>c and c<a'), gives: 'if a&lt;b>c and c&lt;a' },
    { what: 'of an element that is spoken of', feed: description('the <b> element'), gives: 'the &lt;b> element' },
    {
      what: 'between paragraphs that have links and no tags of their own',
      feed: description('One <a href="https://x.example/">a</a> here\nis <b>one</b>.\n\nTwo.\n'),
      gives: 'One <a href="https://x.example/">a</a> here\nis <b>one</b>.<br><br>Two.',
    },
    {
      what: 'but not within a tag, nor where lines have ends',
      feed: description('a<br>b\n\n<img\n\nsrc="https://x.example/a.jpg">'),
      gives: 'a<br>b\n\n<img src="https://x.example/a.jpg" alt="">',
    },
    {
      what: 'but not those of who laid out the feed',
      feed: rss('<description>\n    One and\n    the same.\n\n    Another.\n  </description>'),
      gives: 'One and\n    the same.<br><br>Another.',
    },
  ]);

  test('HTML has none', async () => {
    expect((await kept(description('<p>one\ntwo</p>'))).content).toBe('<p>one\ntwo</p>');
    expect((await kept(description('one <b>two</b>\nthree'))).content).toBe('one <b>two</b>\nthree');
    expect((await kept(description('<b>Cut off in the'))).content).toBe('<b>Cut off in the</b>');
    expect((await kept(description('Cut off <a href="https://x.exam'))).content).toBe('Cut off ');
  });

  test('HTML of no declared type is told by its line ends', async () => {
    expect((await kept(rss('<itunes:summary>a&lt;br/&gt;b</itunes:summary>'))).content).toBe('a<br>b');
  });
});

describe('of two texts the one that says it', () => {
  const long = 'All of it stands here, in a sentence or two. Or three.';
  const both = (encoded: string) =>
    rss(`<description>${long}</description><content:encoded><![CDATA[${encoded}]]></content:encoded>`);
  bodies([
    { what: 'beside an ellipsis', feed: both('…'), gives: long },
    { what: 'beside nothing at all', feed: rss('<itunes:subtitle>In short</itunes:subtitle>'), gives: 'In short' },
    { what: 'beside a link to more', feed: both('<p><a href="https://x.example/">Read more</a></p>'), gives: long },
    { what: 'beside nothing', feed: both('<p>&nbsp;</p>'), gives: long },
    {
      what: 'after a picture',
      feed: both('<img src="https://x.example/a.jpg" alt="">'),
      gives: `<img src="https://x.example/a.jpg" alt="">${long}`,
    },
    {
      what: 'but not beside a short text',
      feed: both('<p>Half of it stands here, in a sentence.</p>'),
      gives: '<p>Half of it stands here, in a sentence.</p>',
    },
    {
      what: 'of a podcast',
      feed: rss(`<description>Short.</description><itunes:summary>${long}</itunes:summary>`),
      gives: long,
    },
    { what: 'of Atom', feed: atom(`<content type="html">…</content><summary>${long}</summary>`), gives: long },
    { what: 'of JSON Feed', feed: json({ content_html: '<p>…</p>', content_text: long }), gives: long },
  ]);
});

describe('a picture that is loaded lazily is the true one', () => {
  const img = (src: string, more = '') => `<img src="https://blog.example${src}"${more} alt="">`;
  const real = img('/real.jpg');
  const tiny = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
  const film =
    '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk" title="Video on YouTube" width="560" height="315"';
  bodies([
    { what: 'by data-src', feed: description(`<img src="${tiny}" data-src="/real.jpg">`), gives: real },
    { what: 'by data-lazy-src', feed: description('<img src="/1x1.gif" data-lazy-src="/real.jpg">'), gives: real },
    {
      what: 'by data-original',
      feed: description('<img class="lazy" src="/grey.gif" data-original="/real.jpg">'),
      gives: real,
    },
    { what: 'by data-actualsrc', feed: description('<img src="/x.jpg" data-actualsrc="/real.jpg">'), gives: real },
    { what: 'by data-cfsrc', feed: description('<img data-cfsrc="/real.jpg" style="display:none">'), gives: real },
    {
      what: 'by a class',
      feed: description('<img class="lazyload blur-up" src="/small.jpg" data-src="/real.jpg">'),
      gives: real,
    },
    { what: 'by a name', feed: description('<img src="/images/placeholder.png" data-src="/real.jpg">'), gives: real },
    {
      what: 'over an empty address',
      feed: description('<img src="" data-src="/real.jpg" loading="lazy">'),
      gives: real,
    },
    {
      what: 'by data-srcset alone',
      feed: description(`<img src="${tiny}" data-srcset="/real.jpg 1x, /real2.jpg 2x">`),
      gives: img('/real.jpg', ' srcset="https://blog.example/real.jpg 1x, https://blog.example/real2.jpg 2x"'),
    },
    {
      what: 'over a list of placeholders',
      feed: description(`<img src="/real.jpg" srcset="${tiny} 1w" data-srcset="/real.jpg 1x">`),
      gives: img('/real.jpg', ' srcset="https://blog.example/real.jpg 1x"'),
    },
    {
      what: 'in a picture’s source',
      feed: description(
        `<picture><source data-srcset="/a.webp" type="image/webp"><img src="${tiny}" data-src="/real.jpg"></picture>`,
      ),
      gives: `<picture><source srcset="https://blog.example/a.webp" type="image/webp">${real}</picture>`,
    },
    {
      what: 'in a picture’s source that has no list',
      feed: description(`<picture><source data-src="/a.webp"><img data-src="/real.jpg"></picture>`),
      gives: `<picture><source srcset="https://blog.example/a.webp">${real}</picture>`,
    },
    {
      what: 'of a picture without one of its own',
      feed: description('<picture><source srcset="/real.jpg 1x, /b.jpg 2x"></picture>'),
      gives: `<picture><source srcset="https://blog.example/real.jpg 1x, https://blog.example/b.jpg 2x">${real}</picture>`,
    },
    {
      what: 'of noscript, once',
      feed: description(`<img src="${tiny}" alt="x"><noscript><img src="/real.jpg"></noscript>`),
      gives: real,
    },
    {
      what: 'of noscript, in place of another',
      feed: description('<img src="/placeholder.gif"> <noscript><img src="/real.jpg"></noscript>'),
      gives: ` ${real}`,
    },
    {
      what: 'beside noscript, once',
      feed: description(
        '<p><img src="/x.gif" class="lazy" data-src="/real.jpg"></p><noscript><img src="/real.jpg?w=9"></noscript>',
      ),
      gives: `<p>${real}</p>`,
    },
    {
      what: 'beside noscript in another size, once',
      feed: description('<img class="lazy" data-src="/up/a.jpg"><noscript><img src="/up/a-300x200.jpg"></noscript>'),
      gives: img('/up/a.jpg'),
    },
    {
      what: 'of noscript alone',
      feed: description('<figure><noscript><img src="/real.jpg"></noscript></figure>'),
      gives: `<figure>${real}</figure>`,
    },
    {
      what: 'of noscript, its markup escaped',
      feed: description('<noscript>&lt;img src="/real.jpg"&gt;</noscript>'),
      gives: real,
    },
    {
      what: 'not what counts readers',
      feed: description(
        'a<noscript><img src="https://x.example/matomo.php?idsite=1" alt=""></noscript><noscript><img src="/real.gif" style="display:none"></noscript>',
      ),
      gives: 'a',
    },
    {
      what: 'under a name that no loader is known by',
      feed: description('<img src="/assets/dummy.png" data-lazyload="/real.jpg">'),
      gives: real,
    },
    {
      what: 'under an attribute of its own',
      feed: description('<img src="data:image/gif;base64,R0" nitro-lazy-src="/real.jpg" nitro-lazy-empty>'),
      gives: real,
    },
    { what: 'as forums write it', feed: description('<img src="/i/none.gif" file="/real.jpg">'), gives: real },
    {
      what: 'and no smaller one',
      feed: description(
        '<img data-thumb="/small.jpg" data-low-src="/low.jpg" data-link="/page.jpg" data-image="/real.jpg">',
      ),
      gives: real,
    },
    {
      what: 'without its blurred double',
      feed: description(
        '<img src="https://cdn-images-1.medium.com/freeze/max/60/1*a.png?q=20"><img data-src="/real.jpg">',
      ),
      gives: real,
    },
    {
      what: 'unless what it has is as good',
      feed: description('<img src="/real.jpg" data-orig-file="/huge.jpg" class="lazy">'),
      gives: real,
    },
    {
      what: 'unless what it has is real',
      feed: description('<img src="/real.jpg" data-src="/other.jpg">'),
      gives: real,
    },
    {
      what: 'unless it is a counter’s',
      feed: description('a<img src="/1x1.gif" data-src="/p.gif" width="1" height="1">'),
      gives: 'a',
    },
  ]);

  test.for([
    {
      what: 'a frame',
      html: '<iframe src="about:blank" data-src="https://www.youtube.com/embed/abcdefghijk"></iframe>',
    },
    {
      what: 'a frame in noscript',
      html: '<div class="lazy-player"></div><noscript><iframe src="//www.youtube.com/embed/abcdefghijk"></iframe></noscript>',
    },
  ])('likewise $what', async ({ html }) => expect((await kept(description(html))).content).toContain(film));
});

describe('a drawing is a picture', () => {
  /** The one picture in a text: what it shows, and how. */
  const drawn = (html: string) => {
    const [, address = '', rest = ''] = /^<img src="data:image\/svg\+xml,([^"]*)"([^>]*)>$/.exec(plainly(html)) ?? [];
    return { svg: decodeURIComponent(address), rest };
  };
  const start = '<svg xmlns="http://www.w3.org/2000/svg"';

  test.for([
    {
      what: 'of its shapes',
      html: '<svg width="40" height="30"><rect width="9" height="9" fill="red"/></svg>',
      svg: `${start} width="40" height="30"><rect width="9" height="9" fill="red"></rect></svg>`,
      rest: ' alt="" width="40" height="30"',
    },
    {
      what: 'by its title',
      html: '<svg viewBox="0 0 9 9"><title>A dot</title><circle r="4"/></svg>',
      svg: `${start} viewBox="0 0 9 9"><circle r="4"></circle></svg>`,
      rest: ' alt="A dot"',
    },
    {
      what: 'by its words',
      html: '<svg><text y="9">Time &amp; <tspan>money</tspan></text></svg>',
      svg: `${start}><text y="9">Time &amp; <tspan>money</tspan></text></svg>`,
      rest: ' alt="Time &#x26; money"'.replace('&#x26;', '&amp;'),
    },
    {
      what: 'styled',
      html: '<svg><path d="M0 0h9" style="fill:none;stroke:#f00;background:url(//x.example)"/></svg>',
      svg: `${start}><path d="M0 0h9" fill="none" stroke="#f00"></path></svg>`,
      rest: ' alt=""',
    },
    {
      what: 'of copies within it',
      html: '<svg><defs><path id="a" d="M0 0h9"/></defs><use xlink:href="#a" x="5"/></svg>',
      svg: `${start}><defs><path id="a" d="M0 0h9"></path></defs><use href="#a" x="5"></use></svg>`,
      rest: ' alt=""',
    },
    {
      what: 'without what runs, loads or leads away',
      html: '<svg onload="x"><script>x</script><style>x</style><a href="https://x.example/"><rect onclick="x" fill="url(https://x.example/#a)"/></a><image href="https://x.example/a.png"/><foreignObject><p>x</p></foreignObject></svg>',
      svg: `${start}><rect></rect></svg>`,
      rest: ' alt=""',
    },
    {
      what: 'in the address of a picture',
      html: `<img alt="A dot" src="data:image/svg+xml;base64,${Buffer.from(`${start} width="40" height="30"><circle r="4"/></svg>`).toString('base64')}">`,
      svg: `${start} width="40" height="30"><circle r="4"></circle></svg>`,
      rest: ' alt="A dot" width="40" height="30"',
    },
  ])('$what', async ({ html, svg, rest }) =>
    expect(drawn((await kept(description(html))).content)).toEqual({ svg, rest }),
  );

  bodies([
    {
      what: 'in Atom’s XHTML',
      feed: atom(
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><linearGradient id="a"><stop offset="1"/></linearGradient><rect fill="url(#a)"/></svg></div></content>',
      ),
      gives:
        '<img src="data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22%20viewBox=%220%200%209%209%22%3E%3ClinearGradient%20id=%22a%22%3E%3Cstop%20offset=%221%22%3E%3C/stop%3E%3C/linearGradient%3E%3Crect%20fill=%22url(%23a)%22%3E%3C/rect%3E%3C/svg%3E" alt="">',
    },
    {
      what: 'not where it is an ornament',
      feed: description(
        'a<svg aria-hidden="true"><path d="M0 0"/></svg><svg width="16" height="16"><path d="M0 0"/></svg><svg class="octicon"><path d="M0 0"/></svg>',
      ),
      gives: 'a',
    },
    {
      what: 'not where it stands in for a picture',
      feed: description(
        `<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'%3E%3C/svg%3E" data-src="/a.jpg">`,
      ),
      gives: '<img src="https://blog.example/a.jpg" alt="">',
    },
    {
      what: 'or its name, where it is too large',
      feed: description(`<svg><title>Map</title>${'<path d="M0 0"/>'.repeat(6_000)}</svg>`),
      gives: '[drawing: Map]',
    },
  ]);
});

describe('the files of an entry', () => {
  const image = (url: string, more = '') => `<media:content url="${url}" medium="image"${more}/>`;
  const files = async (feed: string) => (await kept(feed)).enclosures.map(({ url }) => url);
  const post = '<description>&lt;img src="/up/photo-300x200.jpg"&gt; words</description>';

  test.for([
    { what: 'no portrait', item: image('https://0.gravatar.com/avatar/x?s=96&amp;d=identicon'), are: [] },
    {
      what: 'no portrait that is an enclosure',
      item: '<enclosure url="https://secure.gravatar.com/avatar/x" type="image/png"/>',
      are: [],
    },
    { what: 'no picture of its text', item: post + image('https://blog.example/up/photo.jpg'), are: [] },
    {
      what: 'no picture of its text in another size',
      item: post + image('https://blog.example/up/photo-1024x683.jpg?w=1'),
      are: [],
    },
    {
      what: 'a picture that its text lacks',
      item: post + image('https://blog.example/up/photo2.jpg'),
      are: ['https://blog.example/up/photo2.jpg'],
    },
    {
      what: 'no picture that Flickr has in two sizes',
      item: `<description>&lt;img src="https://live.staticflickr.com/65535/53000000001_abcdef1234_m.jpg"&gt;</description>${image('https://live.staticflickr.com/65535/53000000001_abcdef1234_b.jpg')}`,
      are: [],
    },
    {
      what: 'no picture that a resizer has under two folders',
      item: `<description>&lt;img src="https://cdn.example/fetch/w_1456/https%3A%2F%2Fx.example%2Fa1b2.png"&gt;</description>${image('https://cdn.example/fetch/h_600/https%3A%2F%2Fx.example%2Fa1b2.png')}`,
      are: [],
    },
    {
      what: 'a sound that its text links to',
      item: `<description>&lt;a href="https://blog.example/a.mp3"&gt;a&lt;/a&gt;</description><enclosure url="https://blog.example/a.mp3" type="audio/mpeg"/>`,
      are: ['https://blog.example/a.mp3'],
    },
    {
      what: 'no Flash',
      item: '<enclosure url="https://x.example/a.swf" type="application/x-shockwave-flash"/>',
      are: [],
    },
    {
      what: 'no player',
      item: '<media:content url="https://x.example/a.mp4"><media:player url="https://x.example/play"/></media:content>',
      are: ['https://x.example/a.mp4'],
    },
  ])('$what', async ({ item, are }) => expect(await files(rss(item))).toEqual(are));

  test('of JSON Feed likewise', async () => {
    const attachments = ['/up/a.jpg', '/up/b.jpg'].map((url) => ({ url, mime_type: 'image/jpeg' }));
    expect(await files(json({ content_html: '<img src="https://blog.example/up/a.jpg">', attachments }))).toEqual([
      'https://blog.example/up/b.jpg',
    ]);
  });
});

describe('a film has its player', () => {
  const player = (id: string) => expect.stringContaining(`<iframe src="https://www.youtube-nocookie.com/embed/${id}"`);
  const flash =
    '<media:content url="https://www.youtube.com/v/abcdefghijk?version=3" type="application/x-shockwave-flash"/>';

  test.for([
    {
      what: 'whose page is the entry’s',
      feed: atom(
        `<link href="https://www.youtube.com/watch?v=abcdefghijk"/><media:group>${flash}<media:description>Words</media:description></media:group>`,
      ),
    },
    {
      what: 'that is among the files',
      feed: rss(`<link>https://blog.example/1</link><description>Words</description>${flash}`),
    },
    {
      what: 'of media:player',
      feed: rss(
        '<link>https://blog.example/1</link><description>Words</description><media:player url="https://www.youtube.com/watch?v=abcdefghijk"/>',
      ),
    },
    {
      what: 'of a link post',
      feed: json({
        external_url: 'https://youtu.be/abcdefghijk',
        url: 'https://blog.example/1',
        content_text: 'Words',
      }),
    },
  ])('$what', async ({ feed }) => {
    const entry = await kept(feed);
    expect(entry.content).toEqual(player('abcdefghijk'));
    expect(entry.content).toMatch(/<\/iframe>\nWords$/);
    expect(entry.enclosures).toEqual([]);
  });

  test('only one', async () => {
    const embedded = '&lt;iframe src="https://www.youtube.com/embed/abcdefghijk"&gt;&lt;/iframe&gt;';
    const entry = await kept(rss(`<link>https://youtu.be/abcdefghijk</link><description>${embedded}</description>`));
    expect(entry.content.split('<iframe')).toHaveLength(2);
  });
});

describe('JSON that is not quite JSON', () => {
  test.for([
    { what: 'a tab in a string', feed: '{"items":[{"id":"1","content_text":"a\tb\nc"}]}', gives: 'a\tb<br>c' },
    {
      what: 'a backslash before what needs none',
      feed: String.raw`{"items":[{"id":"1","content_text":"it\'s C:\path \u00e9 \\ \"q\""}]}`,
      gives: 'it\'s C:\\path é \\ "q"',
    },
    { what: 'a mark of byte order', feed: '\ufeff{"items":[{"id":"1","content_text":"a"}]}', gives: 'a' },
    { what: 'a last comma', feed: '{"items":[{"id":"1","content_text":"a, ]",},],}', gives: 'a, ]' },
    {
      what: 'RSS',
      feed: JSON.stringify({
        rss: {
          version: '2.0',
          channel: {
            title: 'F',
            item: [{ title: 'T', description: '<p>a</p>', guid: { isPermaLink: 'false', '#value': '1' } }],
          },
        },
      }),
      gives: '<p>a</p>',
    },
  ])('$what', async ({ feed, gives }) => expect((await kept(feed)).content).toBe(gives));

  test('RSS has its files, ids and categories', async () => {
    const item = {
      title: 'T',
      link: 'https://blog.example/1',
      guid: { '#value': 'tag:1', isPermaLink: 'false' },
      category: ['a', { '#value': 'b', domain: 'd' }],
      enclosure: { url: 'https://blog.example/a.mp3', type: 'audio/mpeg', length: '9' },
      pubDate: 'Sat, 03 Jan 2026 08:00:00 GMT',
    };
    expect(await kept(JSON.stringify({ rss: { channel: { title: 'F', item } } }))).toMatchObject({
      id: 'tag:1',
      url: 'https://blog.example/1',
      categories: ['a', 'b'],
      enclosures: [{ url: 'https://blog.example/a.mp3', type: 'audio/mpeg', length: 9 }],
      published: new Date('2026-01-03T08:00:00Z'),
    });
  });

  test('one author that is no list', async () => {
    const feed = { items: [{ id: '1', authors: { name: 'Ada' }, content_text: 'a' }] };
    expect((await kept(JSON.stringify(feed))).authors).toEqual([{ name: 'Ada' }]);
  });
});

describe('a feed that a web page was laid around', () => {
  const page = (inner: string) => `<!DOCTYPE html><html><head><title>x</title></head><body>${inner}</body></html>`;
  test.for([
    { what: 'Atom', feed: page(atom('<title>T</title>')) },
    { what: 'RSS', feed: page(`<div>${rss('<title>T</title>')}</div>`) },
    { what: 'its markup escaped', feed: page(`<pre style="x">${escaped(atom('<title>T</title>'))}</pre>`) },
    { what: 'without a doctype', feed: `<html><body>${atom('<title>T</title>')}</body></html>` },
  ])('is read: $what', async ({ feed }) => expect((await kept(feed)).title).toBe('T'));

  test.for([
    page('<p>See &lt;rss version="2.0"&gt; and &lt;/rss&gt;.</p>'),
    page('<p>Write <feed>, then </feed>.</p>'),
    page('<pre>&lt;rss version="2.0"&gt;</pre>'),
  ])('is none: %s', async (feed) => {
    const read = readFeed(Buffer.from(feed), { url: 'https://blog.example/', contentType: null });
    expect(read).toEqual({ kind: 'failed', reason: { kind: 'web-page' } });
  });
});
