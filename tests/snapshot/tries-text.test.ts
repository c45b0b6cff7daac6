import { describe, expect, test } from 'vitest';
import { readFeed, readSafely } from '../../scripts/snapshot/read-feed.ts';
import { sanitiseEntry } from '../../scripts/snapshot/sanitised-entry.ts';
import { list, type Row, rows } from '../lib/case-table.ts';
import { entryOf } from '../lib/feed-of.ts';
import { escaped } from '../lib/feed-server.ts';

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
const kept = (feed: string) => sanitiseEntry(entryOf(feed, 'https://blog.example/feed'));

/** Without what is the same in every link and picture, and as people write it. */
const plainly = (html: string) =>
  html
    .replaceAll(' rel="nofollow ugc noopener"', '')
    .replaceAll(' loading="lazy" decoding="async" referrerpolicy="no-referrer"', '')
    .replaceAll('&#x3C;', '&lt;')
    .replaceAll('&#x26;', '&amp;')
    .replace(/>\n/g, '>');

const description = (html: string) => rss(`<title>T</title><description>${escaped(html)}</description>`);
const content = (html: string, type = 'html') =>
  atom(`<title>T</title><content type="${type}">${escaped(html)}</content>`);

/** Atom's text without a type: what shows by the specification is the text itself. */
const untyped = (text: string) => atom(`<title>T</title><content>${escaped(text)}</content>`);

const bodies = (rows: readonly Row[]) =>
  test.for(rows)('%s', ([, feed, gives]) => expect(plainly(kept(feed).content)).toBe(gives));
const titles = (rows: readonly Row[]) =>
  test.for(rows)('%s', ([, feed, gives]) => expect(kept(feed).title).toBe(gives));

describe('markup that was escaped once too often is markup again', () => {
  const cdata = (text: string) => `<![CDATA[${text}]]>`;
  const linked = '<p>See <a href="https://x.example/">this</a>.</p>';
  bodies(rows`
    a CDATA section around markup | ${description(cdata('<p>a</p>'))} | <p>a</p>
    a CDATA section around words | ${description(cdata('a & b'))} | a &amp; b
    a CDATA section in a CDATA section | ${description(cdata(cdata('<p>a</p>')))} | <p>a</p>
    a CDATA section in a CDATA section, between blanks | ${description(cdata(` ${cdata(' <p>a</p> ')} `))} | <p>a</p>
    two CDATA sections | ${description(cdata('<p>a') + cdata('b</p>'))} | <p>ab</p>
    two CDATA sections around words | ${description(cdata('a & ') + cdata('b'))} | a &amp; b
    a CDATA section within a box | ${description(`<p>${cdata('a <b>b</b>')}</p>`)} | <p>a <b>b</b></p>
    a CDATA section after a picture | ${content(`<img src="https://x.example/a.jpg">${cdata('<p>a</p>')}`)} | <img src="https://x.example/a.jpg" alt=""><p>a</p>
    a CDATA section in Atom | ${content(cdata('<p>a</p>'))} | <p>a</p>
    a CDATA section escaped twice | ${description(escaped(cdata('<p>a</p>')))} | <p>a</p>
    a CDATA section around plain text | ${atom(`<summary>${escaped(cdata('a < b'))}</summary>`)} | a &lt; b
    a description | ${description(escaped(linked))} | ${linked}
    not a formula in Atom’s XHTML | ${atom('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p><script type="math/tex">% <![CDATA[\nx < 1 & y %]]></script> <script type="math/tex">&lt;/script&gt;&lt;b&gt;</script></p></div></content>')} | <p>\(x &lt; 1 &amp; y\) \(&amp;lt;/script&amp;gt;&amp;lt;b&amp;gt;\)</p>
    not a formula beside blocks | ${atom('<content type="html">&lt;p&gt;a&lt;/p&gt;<script type="math/tex">x &lt; 1</script></content>')} | <p>a</p>\(x &lt; 1\)
    words with a link and no box | ${description(escaped('See <a href="https://x.example/">this</a> and <em>that</em> today.'))} | See <a href="https://x.example/">this</a> and <em>that</em> today.
    a picture before words | ${description(escaped('<img src="https://x.example/a.jpg"> Words'))} | <img src="https://x.example/a.jpg" alt=""> Words
    what stands in RSS between a template’s tags | ${rss(`<description><p>${escaped('See <a href="https://x.example/">this</a>.')}</p></description>`)} | ${linked}
    a description, three times | ${description(escaped(escaped(linked)))} | ${linked}
    Atom’s HTML | ${content(escaped(linked))} | ${linked}
    content:encoded in a CDATA section | ${rss(`<content:encoded><![CDATA[${escaped(linked)}]]></content:encoded>`)} | ${linked}
    Atom 0.3’s escaped XHTML, without a closing tag | ${atom(`<content type="application/xhtml+xml" mode="escaped">${escaped('At the lake:<br>one')}</content>`)} | At the lake:<br>one
    Atom’s XHTML | ${atom(`<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${escaped(linked)}</div></content>`)} | ${linked}
    JSON Feed | ${json({ content_html: escaped(linked) })} | ${linked}
    paragraphs with references in them | ${description(escaped('<p>It&#8217;s</p>\n<p>Q&amp;A</p>'))} | <p>It’s</p><p>Q&amp;A</p>
    words with references | ${description('It&amp;#8217;s Q&amp;amp;A')} | It’s Q&amp;A
    what a box was laid around | ${description(`<div>${escaped(linked)}</div>`)} | ${linked}
    what a box was laid around, on lines of its own | ${description(`<div>\n${escaped(linked)}\n</div>`)} | ${linked}
    a list that leaves its items open | ${description(escaped('<ul><li>a<li>b</ul>'))} | <ul><li>a</li><li>b</li></ul>
    words about code, with boxes | ${description(escaped('Hello <div><a href="https://x.example/">the code</a></div><div>b</div>'))} | Hello <div><a href="https://x.example/">the code</a></div><div>b</div>
    words about code, with references | ${description(escaped('It&#8217;s in <a href="https://x.example/">the code</a> now'))} | It’s in <a href="https://x.example/">the code</a> now
    words that lead on to links and line ends | ${description(escaped('Hello, <a href="https://x.example/">you</a>.<br />And<br />you.'))} | Hello, <a href="https://x.example/">you</a>.<br>And<br>you.
    blocks before what a template adds | ${atom(`<content type="html">${escaped('<p>a <b>b</b></p>\n<pre>&lt;i></pre>')}<hr/><p><em>c</em></p></content>`)} | <p>a <b>b</b></p><pre tabindex="0">&lt;i></pre><hr><p><em>c</em></p>
    blocks in a CDATA section before it | ${atom('<content type="html"><![CDATA[<p>a <b>b</b></p>]]>\n<p>c</p></content>')} | <p>a <b>b</b></p><p>c</p>
    blocks in RSS, within its box | ${rss(`<description><div>${escaped('<p>a</p>')}<p>b</p></div></description>`)} | <p>a</p><p>b</p>
    only blocks, and once | ${rss(`<description>${escaped(`<p>Write ${escaped('<a href="https://x.example/">b</a>')}</p>`)}<p>c</p></description>`)} | <p>Write &lt;a href="https://x.example/">b&lt;/a></p><p>c</p>
    a link beside that of a template | ${atom('<content type="html"><p>See &lt;a href="https://x.example/"&gt;this&lt;/a&gt;.</p><a href="https://x.example/2">More</a></content>')} | ${linked}<a href="https://x.example/2">More</a>
    a caption of Pixelfed | ${content(`<img id="rss_item_1" src="https://x.example/a.jpg" alt="b">\n\t<p style="padding:10px;">${escaped('Sun &lt;3<br />\nRain')}</p>`)} | ${'<img src="https://x.example/a.jpg" alt="b">\t<p>Sun &lt;3<br>Rain</p>'}
    what stands between the tags of a template | ${atom('<content type="html"><p>See &lt;a href=&quot;https://x.example/&quot;&gt;this&lt;/a&gt;.</p></content>')} | ${linked}
  `);
});

describe('an address in plain text is a link', () => {
  const film = (text: string) =>
    atom(`<media:group><media:description>${escaped(text)}</media:description></media:group>`);
  bodies(rows`
    under a film | ${film('Blog:\nhttps://x.example/?a=1&b=2')} | Blog:<br><a href="https://x.example/?a=1&amp;b=2">https://x.example/?a=1&amp;b=2</a>
    without what follows it | ${description('(see http://x.example/a_(b)), https://x.example/c. &lt;https://x.example/d&gt;')} | (see <a href="http://x.example/a_(b)">http://x.example/a_(b)</a>), <a href="https://x.example/c">https://x.example/c</a>. &lt;<a href="https://x.example/d">https://x.example/d</a>>
    in backticks | ${film('\x60https://x.example/a\x60')} | ${'\x60<a href="https://x.example/a">https://x.example/a</a>\x60'}
    in JSON Feed | ${json({ content_text: 'https://ru.example/Лев' })} | <a href="https://ru.example/%D0%9B%D0%B5%D0%B2">https://ru.example/Лев</a>
    but not one that was cut | ${film('https://x.example/ab… https://x.example/ab...')} | https://x.example/ab… https://x.example/ab...
    nor one whose end is in doubt | ${film('https://x.exampleを見て https://x.example/a&hellip;')} | https://x.exampleを見て https://x.example/a…
    nor one in marks of another language | ${film('[url]https://x.example/a[/url] https://x.example/a[...] https://x.example/{id}')} | [url]https://x.example/a[/url] https://x.example/a[...] https://x.example/{id}
    nor one without a host of the web | ${film('https://localhost/a https://...')} | https://localhost/a https://...
    nor in an example of markup | ${content('<a href="https://x.example/">', 'text')} | &lt;a href="https://x.example/">
    however that is written | ${description('&lt;a href=&quot;https://x.example/&quot;&gt; as an example')} | &lt;a href="https://x.example/"> as an example
    nor in HTML | ${description('<p>https://x.example/</p>')} | <p>https://x.example/</p>
  `);

  test('and none where links would be so many that the end is cut off', () => {
    expect(kept(film('https://x.example/\n'.repeat(4_000))).content).not.toContain('<a');
  });

  test('and none in a title', () =>
    expect(kept(rss('<title>See https://x.example/</title>')).title).toBe('See https://x.example/'));
});

describe('lines of a title stay apart', () => {
  titles(rows`
    between breaks | ${rss('<title><![CDATA[One<br />two]]></title>')} | One two
    between breaks without a slash | ${rss('<title>One&lt;br&gt;two</title>')} | One two
    between paragraphs | ${rss('<title><![CDATA[<p>One</p><p>two</p>]]></title>')} | One two
    in Atom | ${atom('<title type="html">One&lt;br&gt;two</title>')} | One two
    in Atom’s XHTML | ${atom('<title type="xhtml"><div>One<br/>two</div></title>')} | One two
    but not parts of a word | ${atom('<title type="html">S&lt;small&gt;MALL&lt;/small&gt;&lt;wbr&gt;er</title>')} | SMALLer
    and a title about breaks is text | ${rss('<title>The &lt;br&gt; element</title>')} | The <br> element
  `);
});

describe('lines of plain text keep their indentation', () => {
  const code = 'Try:\nif a:\n    b()\n\n\tc()\nelse:\n  d()';
  const lines =
    'Try:<br>if a:<br>\u00A0\u00A0\u00A0\u00A0b()<br><br>\u00A0\u00A0\u00A0\u00A0c()<br>else:<br>\u00A0\u00A0d()';
  const given = (feed: string) => kept(feed).content.replaceAll('<br>\n', '<br>');
  test.for([
    ['JSON Feed', json({ content_text: code }), lines],
    ['Atom', content(code, 'text'), lines],
    ['RSS', description(code), lines],
    ['not where the feed indents all of them', description('a\n    b\n    c'), 'a<br>b<br>c'],
    ['forty columns at most', description(`a\n${' '.repeat(50)}b\nc`), `a<br>${'\u00A0'.repeat(40)}b<br>c`],
  ])('%s', ([, feed = '', gives]) => expect(given(feed)).toBe(gives));
});

describe('text in Atom without a type is HTML', () => {
  const post = '<h2>a</h2><p>b &amp; <b>c</b></p>';
  bodies(rows`
    that is nothing but blocks | ${untyped(post)} | <h5>a</h5><p>b &amp; <b>c</b></p>
    in a CDATA section | ${atom(`<content><![CDATA[\n${post}\n]]></content>`)} | <h5>a</h5><p>b &amp; <b>c</b></p>
    in a CDATA section that was escaped | ${untyped(`<![CDATA[${post}]]>`)} | <h5>a</h5><p>b &amp; <b>c</b></p>
    in its summary | ${atom(`<summary>${escaped('<p>a</p>')}</summary>`)} | <p>a</p>
    that has examples of HTML | ${untyped('<p>Write</p><pre>&lt;p>a&lt;/p></pre>')} | <p>Write</p><pre tabindex="0">&lt;p>a&lt;/p></pre>
    in one box, on lines of its own | ${untyped('<div>\n a\n</div>')} | ${'<div> a\n</div>'}
    with blanks in its paragraphs | ${untyped('<p> a </p> <p>b </p>')} | <p> a </p> <p>b </p>
    after what shows nothing | ${untyped('<!-- a --><script>b()</script><p onclick="c()">d</p>')} | <p>d</p>
    before comments | ${untyped('<p>a</p><!-- b --><!-- c -->')} | <p>a</p>
    of one block with a blank, beside a comment | ${untyped('<p> a</p><!-- b -->')} | <p> a</p>
    or behind one | ${untyped('<!-- b --><p>a </p>')} | <p>a </p>
    of a type that is none (https://github.com/Uberspace/manual/issues/266) | ${content('<p>a</p>', 'CDATA')} | <p>a</p>
  `);

  test('which the feed’s notes say', () => {
    const read = readSafely(Buffer.from(untyped(post)), { url: 'https://blog.example/feed', contentType: null });
    expect(read).toMatchObject({ feed: { notes: ['it declares no type for 1 text of HTML'] } });
  });

  test.for(list`
    Write <p>a</p> | <p>a</p> is a paragraph | <p>a</p> and <p>b</p> | <p> begins a paragraph that ends with </p>
    <p>: the paragraph</p> | <p>s are paragraphs, and end with </p> | <p> and </p>, or <div> and </div>
    <details>, <summary> and </summary></details> | <p> breaks a line, as does <br> | <p> and <hr> | <li> or <p>
    <b>bold</b> | <p>a | <p><div>a</p></div> | <p>a</p><!-- b --> is a paragraph
  `)('but not a text about it: %s', (text) => {
    expect(plainly(kept(untyped(text)).content)).toBe(text.replaceAll('<', '&lt;'));
  });

  titles(rows`
    which no title is | ${atom('<title>&lt;p&gt;a&lt;/p&gt;</title>')} | <p>a</p>
  `);
});

describe('a text in Markdown is HTML', () => {
  const typed = (text: string) => content(text, 'text/markdown');
  const linked = 'See <a href="https://x.example/">this</a>';
  const example = '<pre tabindex="0"><code class="language-html">&lt;p>&lt;b>a&lt;/b>&lt;/p></code></pre>';
  const table = '<table tabindex="0"><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>';
  const wide = ['a', '-', 'b'].map((cell) => `|${`${cell}|`.repeat(60)}`);
  bodies(rows`
    a heading | ${description('One.\n\n## Two\nand *three*\n\n- four')} | <p>One.</p><h5>Two</h5><p>and <em>three</em></p><ul><li>four</li></ul>
    a heading before a blank line | ${description('# One\r\n\r\nTwo')} | <h5>One</h5><p>Two</p>
    a link | ${description('See [this](https://x.example/)')} | <p>${linked}</p>
    a link within the site, and a picture | ${description('[a](/b/) ![c](https://x.example/c.png)')} | <p><a href="https://blog.example/b/">a</a> <img src="https://x.example/c.png" alt="c"></p>
    code that shows HTML | ${description('~~~html\n<p><b>a</b></p>\n~~~')} | ${example}
    beside elements that Markdown has no sign for | ${description('## A\n\n<details><summary>b</summary>c</details>')} | <h5>A</h5><details><summary>b</summary>c</details>
    without lines for components of the blog | ${description("import Chart from './Chart.astro'\nimport b from './b.png';\n\n## C\n\n<Chart/> d")} | <h5>C</h5><p> d</p>
    in full text | ${rss('<content:encoded>## A\n\nb</content:encoded>')} | <h5>A</h5><p>b</p>
    in JSON | ${json({ content_html: 'See [this](https://x.example/)' })} | <p>${linked}</p>
    in JSON, as text | ${json({ content_text: 'See [this](https://x.example/)' })} | <p>${linked}</p>
    in Atom without a type | ${untyped('See [this](https://x.example/)')} | <p>${linked}</p>
    that Atom declares | ${typed('one\n\n*two*')} | <p>one</p><p><em>two</em></p>
    with a table | ${typed('|a|\n|-|\n|b|')} | ${table}
    not with a table that could fill a disk | ${typed(wide.join('\n'))} | ${wide.join('<br>')}
    not with a hundred quotations in each other | ${typed('> '.repeat(100))} | ${'> '.repeat(100).trim()}
    not with thousands of references | ${typed('a&amp;'.repeat(2_000))} | ${'a&amp;amp;'.repeat(2_000)}
    not in plain text that Atom declares | ${content('See [this](#x)', 'text')} | See [this](#x)
    not where HTML has the paragraphs | ${description('<p>[a](https://x.example)</p>')} | <p>[a](https://x.example)</p>
    with tags that are words | ${description('## A\n\nUse <title> and Vec<T>\nof <your name>.\n\n- <b>b</b> <Map>\n\n<!-- <i> -->\n<Hr>')} | <h5>A</h5><p>Use &lt;title> and Vec&lt;T><br>of &lt;your name>.</p><ul><li><b>b</b> &lt;Map></li></ul>${'\n<hr>'}
    with words that begin with a tag | ${description('## A\n\n<title> is a tag\n\nb')} | <h5>A</h5><p>&lt;title> is a tag</p><p>b</p>
    with the line ends of a poem | ${json({ content_text: 'By [Ann](https://x.example/):\r\n\r\nOne *two*\r\nthree' })} | <p>By <a href="https://x.example/">Ann</a>:</p><p>One <em>two</em><br>three</p>
    with the lines above a signature | ${json({ content_text: 'See [a](/b),\nand *c*.\n-- \nAnn' })} | <p>See <a href="https://blog.example/b">a</a>,<br>and <em>c</em>.</p><hr><p>Ann</p>
    but not of an editor | ${description(`## A\n\n${'word '.repeat(12)}\nb`)} | ${`<h5>A</h5><p>${'word '.repeat(12).trim()}\nb</p>`}
    with the words between two rules | ${description('---\nBy Ann\n---\n\n## A')} | <hr><h5>By Ann</h5><h5>A</h5>
    without its settings | ${description('---\ntitle: T\n---\n\n## A\n\nb')} | <h5>A</h5><p>b</p>
    not gemtext | ${description('# A\n\nb\n=> gemini://x.example c')} | # A<br><br>b<br>=> gemini://x.example c
    not a link as an example | ${description('Write `[a](#b)` so')} | ${'Write `[a](#b)` so'}
    with code of which one fence is indented | ${description('One.\n\n  ~~~\na\n~~~')} | ${'<p>One.</p><pre tabindex="0"><code>a\n</code></pre>'}
    not a comment below a line of a program | ${description('Do:\n# first\n\na()')} | Do:<br># first<br><br>a()
    not a comment of a program | ${description('Do:\n\n# first\na()')} | Do:<br><br># first<br>a()
    not a list in a program | ${description('a[0](b)\nc[i](/d)')} | a[0](b)<br>c[i](/d)
  `);
  titles(rows`
    but no title | ${rss('<title>2024. [a](https://x.example) of __init__</title>')} | 2024. [a](https://x.example) of __init__
  `);
});

describe('text about markup stays text', () => {
  bodies(rows`
    between the tags of RSS | ${rss(`<description><p>Das ist</p><table><tr><td>${escaped('<h1>a</h1>')}</td><td>b</td></tr></table></description>`)} | <p>Das ist</p><table tabindex="0"><tbody><tr><td>&lt;h1>a&lt;/h1></td><td>b</td></tr></tbody></table>
    in a paragraph | ${description('<p>Write &lt;b&gt;bold&lt;/b&gt; for bold.</p>')} | <p>Write &lt;b>bold&lt;/b> for bold.</p>
    in code | ${description('<pre>&lt;p&gt;a&lt;/p&gt;</pre>')} | <pre tabindex="0">&lt;p>a&lt;/p></pre>
    in plain prose | ${description('Write &lt;b&gt;bold&lt;/b&gt; for bold.')} | Write &lt;b>bold&lt;/b> for bold.
    in plain prose that begins with it | ${description('&lt;b&gt;bold&lt;/b&gt; makes words bold.')} | &lt;b>bold&lt;/b> makes words bold.
    a link in plain prose | ${description('Write &lt;a href="https://x.example/"&gt;so&lt;/a&gt;.')} | Write &lt;a href="https://x.example/">so&lt;/a>.
    a frame in plain prose | ${description(escaped('We show a film with <iframe src="https://x.example/embed"></iframe> and more'))} | We show a film with &lt;iframe src="https://x.example/embed">&lt;/iframe> and more
    blocks of code and a link in plain prose | ${description(escaped('Use <pre>a</pre> for code and <a href="https://x.example/">b</a> for a link.'))} | Use &lt;pre>a&lt;/pre> for code and &lt;a href="https://x.example/">b&lt;/a> for a link.
    a link after a colon | ${description(escaped('So sieht das aus: <a href="https://x.example/">so</a>'))} | So sieht das aus: &lt;a href="https://x.example/">so&lt;/a>
    a script that is spoken of | ${description(escaped('A script tag such as <script src="https://x.example/a.js"></script> loads it'))} | A script tag such as &lt;script src="https://x.example/a.js">&lt;/script> loads it
    a reference in plain prose | ${description('In HTML an ampersand is &amp;amp;.')} | In HTML an ampersand is &amp;amp;.
    between tags, in Atom | ${content('<p>The &lt;a&gt; element</p><p>links</p>')} | <p>The &lt;a> element</p><p>links</p>
    in code within a template’s tags | ${atom('<content type="html"><p>Write <code>&lt;a href="https://x.example/"&gt;x&lt;/a&gt;</code></p></content>')} | <p>Write <code>&lt;a href="https://x.example/">x&lt;/a></code></p>
    between a template’s tags, without a link | ${atom('<content type="html"><p>The &lt;b&gt;bold&lt;/b&gt; one</p></content>')} | <p>The &lt;b>bold&lt;/b> one</p>
    a picture between tags | ${rss('<description><p>Pictures: <strong>&lt;img src="/cat.png"&gt;</strong> is the tag.</p></description>')} | <p>Pictures: <strong>&lt;img src="/cat.png"></strong> is the tag.</p>
    a link beside an emphasis | ${rss('<description><p>To link, <em>write</em> &lt;a href="https://x.example/"&gt;hi&lt;/a&gt;.</p></description>')} | <p>To link, <em>write</em> &lt;a href="https://x.example/">hi&lt;/a>.</p>
    a script beside a link | ${rss('<description>See <a href="https://x.example/">docs</a> for &lt;script src="https://x.example/a.js"&gt;&lt;/script&gt; please</description>')} | See <a href="https://x.example/">docs</a> for &lt;script src="https://x.example/a.js">&lt;/script> please
    an item without its list, before a template’s tags | ${atom('<content type="html">&lt;li&gt;a&lt;/li&gt;<br/>b</content>')} | &lt;li>a&lt;/li><br>b
    in words before a template’s tags | ${atom('<content type="html">Write &lt;p&gt;a&lt;/p&gt;<br/>b</content>')} | Write &lt;p>a&lt;/p><br>b
    an example in XHTML | ${atom('<content type="xhtml"><div>&lt;p&gt;a&lt;/p&gt;<br/>b</div></content>')} | &lt;p>a&lt;/p><br>b
    in code beside a link of a template | ${atom('<content type="html"><a href="https://x.example/2">a</a><pre>&lt;p&gt;b&lt;/p&gt;</pre></content>')} | <a href="https://x.example/2">a</a><pre tabindex="0">&lt;p>b&lt;/p></pre>
    between a template’s tags, without its end | ${atom('<content type="html"><p>The &lt;a href="https://x.example/"&gt; of a page</p></content>')} | <p>The &lt;a href="https://x.example/"> of a page</p>
    references of brackets | ${description('Write &amp;lt;b&amp;gt; for bold words.')} | Write &amp;lt;b&amp;gt; for bold words.
    references beside a line’s end | ${description('a<br>It&amp;amp;s')} | a<br>It&amp;amp;s
    references beside markup | ${description('Q&amp;amp;A <b>bold</b>')} | Q&amp;amp;A <b>bold</b>
    a CDATA section in plain prose | ${description('Write <![CDATA[x]]> around it.')} | Write &lt;![CDATA[x]]> around it.
    the end of one, between tags | ${description('<p>if a[b[0]]> 1</p>')} | <p>if a[b[0]]> 1</p>
    a CDATA section in what Atom says is text | ${content('<![CDATA[x]]>', 'text')} | &lt;![CDATA[x]]>
    in Atom’s plain text | ${content('<b>x</b>', 'text')} | &lt;b>x&lt;/b>
    blocks in Atom’s plain text | ${content('<p>x</p>', 'text')} | &lt;p>x&lt;/p>
    a CDATA section that is spoken of | ${description('<p>It begins with <code>&lt;![CDATA[</code>.</p>')} | <p>It begins with <code>&lt;![CDATA[</code>.</p>
  `);
});

describe('a title says what was meant', () => {
  const title = (text: string) => rss(`<title>${text}</title>`);
  titles(rows`
    out of an escaped CDATA section | ${title('&lt;![CDATA[Hello]]&gt;')} | Hello
    of the start of one | ${title('&lt;![CDATA[Hello')} | <![CDATA[Hello
    out of one within another | ${title('<![CDATA[ <![CDATA[Hello]]]]><![CDATA[> ]]>')} | Hello
    escaped twice | ${title('AT&amp;amp;T')} | AT&T
    escaped three times | ${title('AT&amp;amp;amp;T')} | AT&T
    escaped twice, a number | ${title('It&amp;#8217;s &amp;quot;it&amp;quot;')} | It’s "it"
    escaped twice, in Atom’s HTML | ${atom('<title type="html">Q&amp;amp;amp;A</title>')} | Q&A
    escaped twice, in Atom | ${atom('<title>Q&amp;amp;A</title>')} | Q&A
    Atom’s plain text as it is | ${atom('<title type="text">Q&amp;amp;A</title>')} | Q&amp;A
    of markup, in words | ${title('Why &amp;lt;br&amp;gt; is no paragraph')} | Why <br> is no paragraph
    of a type beside a reference | ${title('A Vec&lt;T> &amp;amp;amp; more')} | A Vec<T> &amp;amp; more
    of a type beside markup | ${title('A Vec&lt;T> is &lt;b>fast&lt;/b>')} | A Vec<T> is <b>fast</b>
    without the tag of a picture that it only is | ${title('&lt;img src="https://x.example/a.gif" height="9">')} | ${''}
    of a picture’s tag that is a word | ${title('Why &lt;img src="a.gif"> is slow')} | Why <img src="a.gif"> is slow
    of a tag alone that shows no picture | ${title('&lt;img loading="lazy" src="a.gif">')} | <img loading="lazy" src="a.gif">
    of elements that need no end | ${title('&lt;li> or &lt;p>')} | <li> or <p>
    of an element that no title has | ${title('What &lt;slot>&lt;/slot> does')} | What <slot></slot> does
    of an ampersand beside a reference | ${atom('<title>Fish &amp; chips &amp;amp; peas</title>')} | Fish & chips &amp; peas
    of letters that look like others encoded twice | ${title('Ã© – Ã©')} | Ã© – Ã©
    of such a letter beside a real one | ${title('Ã© é')} | Ã© é
    of a quote of Windows | ${title('It&#146;s')} | It’s
    of a reference, in words | ${atom('<title>How to escape &amp;amp; in XML</title>')} | How to escape &amp; in XML
    the podcast’s short one, where there is no other | ${rss('<itunes:title>S</itunes:title>')} | S
    not the podcast’s short one beside another | ${rss('<itunes:title>S</itunes:title><title>Long</title>')} | Long
    not that of a picture | ${rss('<title></title><media:content url="https://x.example/a.jpg" medium="image"><media:title>alice</media:title></media:content>')} | ${''}
    that of its media, where there is no other | ${atom('<media:group><media:title>A film</media:title></media:group>')} | A film
    with a character of two halves | ${title('a &#55357;&#56832; b')} | a 😀 b
    with one in hexadecimal | ${title('a &#xD83D;&#xDE00; b')} | a 😀 b
    with one escaped twice | ${title('a &amp;#xd83d;&amp;#xde00; b')} | a 😀 b
    with one in a CDATA section | ${title('<![CDATA[a &#55357;&#56832; b]]>')} | a 😀 b
    without half a character | ${title('a &#55357; b')} | a b
    of JSON, with an ampersand | ${json({ title: 'Q&notes' })} | Q&notes
    of JSON, with a type beside a reference | ${json({ title: 'Vec<T> &amp; more' })} | Vec<T> &amp; more
    with JSON’s halves | ${json({ title: 'a 😀' }).replace('😀', '\\ud83d\\ude00')} | a 😀
    without half of JSON’s | ${json({ title: 'a 😀' }).replace('😀', '\\ud83d')} | a
  `);
});

describe('a character of two halves', () => {
  bodies(rows`
    is one | ${description('<p>a &#55357;&#56832;</p>')} | <p>a 😀</p>
    is one in a CDATA section | ${rss('<description><![CDATA[<p>&#xd83d;&#xde00;</p>]]></description>')} | <p>😀</p>
    is one in plain text, escaped twice | ${content('Fun &#55357;&#xDE09;', 'text')} | Fun 😉
    is an example in plain text, where the other half is missing | ${content('Write &#55357; so', 'text')} | Write &amp;#55357; so
    is nothing where the other half is missing | ${description('<p>a&#55357;b</p>')} | <p>ab</p>
    is nothing where JSON has but one | ${json({ content_html: '<p>a😀b</p>' }).replace('😀', '\\ude00')} | <p>ab</p>
    is one in JSON | ${json({ content_html: '<p>&#55357;&#56832;</p>' })} | <p>😀</p>
    is no reference to another character | ${description('<p>&#55200;&#57344;</p>')} | <p>${String.fromCharCode(55_200)}${String.fromCharCode(57_344)}</p>
  `);
});

describe('plain text keeps its lines and its brackets', () => {
  const text = 'One\nif a <b and c> d\n\nx<y>z & https://x.example/';
  const link = '<a href="https://x.example/">https://x.example/</a>';
  const gives = `One<br>if a &lt;b and c> d<br><br>x&lt;y>z &amp; ${link}`;
  const film = (attributes = '') =>
    `<media:group><media:description${attributes}>${escaped(text)}</media:description></media:group>`;
  bodies(rows`
    of a film | ${atom(film())} | ${gives}
    of a film, said to be plain | ${rss(film(' type="plain"'))} | ${gives}
    of a description | ${description(text.replace(' & ', ' &amp; '))} | ${gives}
    of content:encoded | ${rss(`<content:encoded><![CDATA[${text}]]></content:encoded>`)} | ${gives}
    of Atom | ${content(text, 'text')} | ${gives}
    of Atom’s summary | ${atom(`<summary>${escaped(text)}</summary>`)} | ${gives}
    of JSON Feed | ${json({ content_text: text })} | ${gives}
    of a podcast | ${rss(`<itunes:summary>${escaped(text)}</itunes:summary>`)} | ${gives}
    of Windows | ${json({ content_text: 'a\r\nb\r\n\r\nc' })} | a<br>b<br><br>c
    of a comparison | ${description('if a <b and c>d')} | if a &lt;b and c>d
    of a type | ${description('A Vec<T> and a Map<K, V>')} | A Vec&lt;T> and a Map&lt;K, V>
    of an inequality | ${description('if a<b>c and c<a')} | if a&lt;b>c and c&lt;a
    of an element that is spoken of | ${description('the <b> element')} | the &lt;b> element
    but not those of a tag that lacks a blank | ${description('<img src="https://x.example/a.jpg"alt="b">a')} | <img src="https://x.example/a.jpg" alt="b">a
    nor of one with a quotation mark too much | ${description('<img src="https://x.example/a.jpg" alt="15" wide">a')} | <img src="https://x.example/a.jpg" alt="15">a
    nor of one with a comma | ${description("<a href='https://x.example/', target='_blank'>a</a> b")} | <a href="https://x.example/">a</a> b
    between paragraphs that have links and no tags of their own | ${description('One <a href="https://x.example/">a</a> here\nis <b>one</b>.\n\nTwo.\n')} | ${'One <a href="https://x.example/">a</a> here\nis <b>one</b>.<br><br>Two.'}
    between paragraphs beside rules and lists | ${description('One.\n\nTwo <i>a</i>.\n\n<b>Three</b>\n\n<hr />\n\nFour.\n\n<ul>\n\n<li>a\n\nb</li></ul>\nFive.\n')} | ${'One.<br><br>Two <i>a</i>.<br><br><b>Three</b>\n<hr>\nFour.\n\n<ul>\n<li>a\n\nb</li></ul>Five.'}
    but not where only a template leaves them | ${description('<p>One</p>\n\nby <b>Ann</b>\n\n<i>in tea</i>\n\n<p>two\n\nthree</p>')} | ${'<p>One</p>\nby <b>Ann</b>\n<i>in tea</i>\n<p>two\n\nthree</p>'}
    but not within a tag of theirs | ${description('One\n\n<a\n\nhref="https://x.example/">two</a>')} | ${'One<br><br>\n<a href="https://x.example/">two</a>'.replace('\n', '')}
    but not within a tag, nor where lines have ends | ${description('a<br>b\n\n<img\n\nsrc="https://x.example/a.jpg">')} | ${'a<br>b\n\n<img src="https://x.example/a.jpg" alt="">'}
    also where only the first is indented | ${rss('<description>\n    One and\nanother.</description>')} | One and<br>another.
    but not those of who laid out the feed | ${rss('<description>\n    One and\n    the same.\n\n    Another.\n  </description>')} | ${'One and\n    the same.<br><br>Another.'}
  `);

  test('HTML has none', () => {
    expect(kept(description('<p>one\ntwo</p>')).content).toBe('<p>one\ntwo</p>');
    expect(kept(description('one <b>two</b>\nthree')).content).toBe('one <b>two</b>\nthree');
    expect(kept(description('<DETAILS OPEN>Words</DETAILS>')).content).toBe('<details open>Words</details>');
    expect(kept(description('<kbd data-x>Words</kbd>')).content).toBe('<kbd>Words</kbd>');
    expect(kept(description('<kbd class=x>Words</kbd>')).content).toBe('<kbd>Words</kbd>');
    expect(kept(description('<b>Cut off in the')).content).toBe('<b>Cut off in the</b>');
    expect(kept(description('Cut off <a href="https://x.exam')).content).toBe('Cut off ');
  });

  test.for(rows`
    the box that Atom puts around it | ${'\n <div xmlns="http://www.w3.org/1999/xhtml">\n<p>a</p>\n</div>\n'} | <p>a</p>
    a language | <p xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr">a</p> | <p lang="fr">a</p>
    a title that is no address, under another base | <p xmlns="http://www.w3.org/1999/xhtml" xml:base="https://x.example/"><q cite="a" title="a, b">a</q></p> | <p><q cite="https://x.example/a" title="a, b">a</q></p>
  `)('XHTML has %s', ([, inner, gives]) => {
    expect(kept(atom(`<content type="xhtml">${inner}</content>`)).content).toBe(gives);
  });

  test('HTML without a declared type is recognised by its line ends', () => {
    expect(kept(rss('<itunes:summary>a&lt;br/&gt;b</itunes:summary>')).content).toBe('a<br>b');
    expect(kept(rss('<itunes:summary>a.&lt;br clear=all&gt;</itunes:summary>')).content).toBe('a.');
    expect(kept(rss('<itunes:summary>a\n\nb.&lt;br&gt;</itunes:summary>')).content).toBe('a<br><br>\nb.');
    expect(plainly(kept(rss('<itunes:summary>It is &lt;br&gt;</itunes:summary>')).content)).toBe('It is &lt;br>');
  });
});

describe('the content of an entry with two texts', () => {
  const long = 'All of it stands here, in a sentence or two. Or three.';
  const both = (encoded: string) =>
    rss(`<description>${long}</description><content:encoded><![CDATA[${encoded}]]></content:encoded>`);
  bodies(rows`
    beside an ellipsis | ${both('…')} | ${long}
    not what software writes for a missing one | ${rss('<description>undefined</description><content:encoded><![CDATA[null]]></content:encoded>')} | ${''}
    beside nothing at all | ${rss('<itunes:subtitle>In short</itunes:subtitle>')} | In short
    beside a link to more | ${both('<p><a href="https://x.example/">Read more</a></p>')} | ${long}
    beside nothing | ${both('<p>&nbsp;</p>')} | ${long}
    after a picture | ${both('<img src="https://x.example/a.jpg" alt="">')} | <img src="https://x.example/a.jpg" alt="">${long}
    with a formula, after a picture | ${rss(`<description>${escaped(`${long}<math><mi>x</mi></math>`)}</description><content:encoded><![CDATA[<img src="https://x.example/a.jpg">]]></content:encoded>`)} | <img src="https://x.example/a.jpg" alt="">${long}<math><mi>x</mi></math>
    that has the picture, too | ${rss(`<description>${escaped(`<img src="https://x.example/a.jpg" alt="">${long}`)}</description><content:encoded><![CDATA[<img src="https://x.example/a.jpg">]]></content:encoded>`)} | <img src="https://x.example/a.jpg" alt="">${long}
    with a table, after a picture | ${rss(`<description>${escaped(`${long}<table><tr><td>a</td></tr></table>`)}</description><content:encoded><![CDATA[<img src="https://x.example/a.jpg">]]></content:encoded>`)} | <img src="https://x.example/a.jpg" alt="">${long}<table tabindex="0"><tbody><tr><td>a</td></tr></tbody></table>
    but not the same with its tags, as Pixelfed’s summary without a type | ${atom(`<content type="html">${escaped('<img src="https://x.example/a.jpg" alt=""><p>Sun</p>')}</content><summary>${escaped('Sun <br /><a href="https://x.example/tags/b">#b</a>')}</summary>`)} | <img src="https://x.example/a.jpg" alt=""><p>Sun</p>
    that speaks of a tag, or of less | ${rss(`<description>${escaped(`<p>Write &lt;script&gt; where x&lt;y. ${long}</p>`)}</description><content:encoded>Read more</content:encoded>`)} | <p>Write &lt;script> where x&lt;y. ${long}</p>
    but not beside a short text | ${both('<p>Half of it stands here, in a sentence.</p>')} | <p>Half of it stands here, in a sentence.</p>
    of a podcast | ${rss(`<description>Short.</description><itunes:summary>${long}</itunes:summary>`)} | ${long}
    of Atom | ${atom(`<content type="html">…</content><summary>${long}</summary>`)} | ${long}
    beside a picture in its place | ${atom(`<content type="image/png">iVBORw0KGgo=</content><summary>${long}</summary>`)} | ${long}
    beside nothing, if it is a picture | ${atom('<content type="image/png">iVBORw0KGgo=</content>')} | ${''}
    in Base64 | ${atom(`<content mode="base64">${Buffer.from(` ${long}`).toString('base64')}</content>`)} | ${long}
    in a type of text, or of XML, that nobody knows | ${atom(`<content type="text/x-web">…</content><summary type="application/x+xml">${long}</summary>`)} | ${long}
    of JSON Feed | ${json({ content_html: '<p>…</p>', content_text: long })} | ${long}
  `);

  test('of JSON Feed gives way to a longer summary, but is not lost', () =>
    expect(kept(json({ content_text: 'A short note.', summary: long }))).toMatchObject({
      content: long,
      summary: 'A short note.',
    }));
});

describe('a picture that is loaded lazily is the true one', () => {
  const img = (src: string, more = '') => `<img src="https://blog.example${src}"${more} alt="">`;
  const real = img('/real.jpg');
  const tiny = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
  const film =
    '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk" title="Video on YouTube" width="560" height="315"';
  bodies(rows`
    by data-src | ${description(`<img src="${tiny}" data-src="/real.jpg">`)} | ${real}
    by data-lazy-src | ${description('<img src="/1x1.gif" data-lazy-src="/real.jpg">')} | ${real}
    by data-original | ${description('<img class="lazy" src="/grey.gif" data-original="/real.jpg">')} | ${real}
    by data-actualsrc | ${description('<img src="/x.jpg" data-actualsrc="/real.jpg">')} | ${real}
    by data-cfsrc | ${description('<img data-cfsrc="/real.jpg" style="display:none">')} | ${real}
    by a class | ${description('<img class="lazyload blur-up" src="/small.jpg" data-src="/real.jpg">')} | ${real}
    by a name | ${description('<img src="/images/placeholder.png" data-src="/real.jpg">')} | ${real}
    over an empty address | ${description('<img src="" data-src="/real.jpg" loading="lazy">')} | ${real}
    by data-srcset alone | ${description(`<img src="${tiny}" data-srcset="/real.jpg 1x, /real2.jpg 2x">`)} | ${img('/real.jpg', ' srcset="https://blog.example/real.jpg 1x, https://blog.example/real2.jpg 2x"')}
    over a list of placeholders | ${description(`<img src="/real.jpg" srcset="${tiny} 1w" data-srcset="/real.jpg 1x">`)} | ${img('/real.jpg', ' srcset="https://blog.example/real.jpg 1x"')}
    in a picture’s source | ${description(`<picture><source data-srcset="/a.webp" type="image/webp"><img src="${tiny}" data-src="/real.jpg"></picture>`)} | <picture><source srcset="https://blog.example/a.webp" type="image/webp">${real}</picture>
    in a picture’s source that has no list | ${description(`<picture><source data-src="/a.webp"><img data-src="/real.jpg"></picture>`)} | <picture><source srcset="https://blog.example/a.webp">${real}</picture>
    of a picture without one of its own | ${description('<picture><source srcset="/real.jpg 1x, /b.jpg 2x"></picture>')} | <picture><source srcset="https://blog.example/real.jpg 1x, https://blog.example/b.jpg 2x">${real}</picture>
    over a drawing | ${description(`<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cpath d='M0 0h9'/%3E%3C/svg%3E" data-src="/real.jpg">`)} | ${real}
    over a drawing, by a list | ${description(`<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cpath d='M0 0h9'/%3E%3C/svg%3E" srcset="/real.jpg 1x">`)} | <img src="https://blog.example/real.jpg" srcset="https://blog.example/real.jpg 1x" alt="">
    not by a number | ${description(`<img src="${tiny}" data-id="5" alt="x">`)} | x
    not by a template | ${description(`<img src="${tiny}" data-template="/{width}/a.jpg" alt="x">`)} | x
    not of a frame | ${description('a<iframe src="about:blank" data-image="/a.jpg"></iframe>')} | a
    beside noscript that has only words | ${description('<img src="/placeholder.gif" alt="x"><noscript>y</noscript>')} | ${`${img('/placeholder.gif').replace('alt=""', 'alt="x"')}y`}
    of noscript, once | ${description(`<img src="${tiny}" alt="x"><noscript><img src="/real.jpg"></noscript>`)} | ${real}
    of noscript, in place of another | ${description('<img src="/placeholder.gif"> <noscript><img src="/real.jpg"></noscript>')} | ${` ${real}`}
    beside noscript, once | ${description('<p><img src="/x.gif" class="lazy" data-src="/real.jpg"></p><noscript><img src="/real.jpg?w=9"></noscript>')} | <p>${real}</p>
    beside noscript in another size, once | ${description('<img class="lazy" data-src="/up/a.jpg"><noscript><img src="/up/a-300x200.jpg"></noscript>')} | ${img('/up/a.jpg')}
    of two noscripts, once | ${description('<noscript><img src="/real.jpg"></noscript><noscript><img src="/real.jpg"></noscript>')} | ${real}
    beside another one of the same width in noscript | ${description('<p><img class="lazy" data-src="/real.jpg" data-w="300">a</p><noscript><img src="/other.jpg" data-w="300"></noscript>')} | <p>${real}a</p>${img('/other.jpg')}
    of noscript alone | ${description('<figure><noscript><img src="/real.jpg"></noscript></figure>')} | <figure>${real}</figure>
    of noscript, its markup escaped | ${description('<noscript>&lt;img src="/real.jpg"&gt;</noscript>')} | ${real}
    not what counts readers | ${description('a<noscript><img src="https://x.example/matomo.php?idsite=1" alt=""></noscript><noscript><img src="/real.gif" style="display:none"></noscript>')} | a
    under a name that no loader is known by | ${description('<img src="/assets/dummy.png" data-lazyload="/real.jpg">')} | ${real}
    under an attribute of its own | ${description('<img src="data:image/gif;base64,R0" nitro-lazy-src="/real.jpg" nitro-lazy-empty>')} | ${real}
    as forums write it | ${description('<img src="/i/none.gif" file="/real.jpg">')} | ${real}
    and no smaller one | ${description('<img data-thumb="/small.jpg" data-low-src="/low.jpg" data-link="/page.jpg" data-image="/real.jpg">')} | ${real}
    without its blurred double | ${description('<img src="https://cdn-images-1.medium.com/freeze/max/60/1*a.png?q=20"><img data-src="/real.jpg">')} | ${real}
    unless what it has is as good | ${description('<img src="/real.jpg" data-orig-file="/huge.jpg" class="lazy">')} | ${real}
    unless what it has is real | ${description('<img src="/real.jpg" data-src="/other.jpg">')} | ${real}
    unless it is a counter’s | ${description('a<img src="/1x1.gif" data-src="/p.gif" width="1" height="1">')} | a
  `);

  test.for(rows`
    a frame | <iframe src="about:blank" data-src="https://www.youtube.com/embed/abcdefghijk"></iframe>
    a frame in noscript | <div class="lazy-player"></div><noscript><iframe src="//www.youtube.com/embed/abcdefghijk"></iframe></noscript>
  `)('likewise %s', ([, html]) => expect(kept(description(html)).content).toContain(film));
});

describe('a drawing is a picture', () => {
  /** The one picture in a text: what it shows, and how. */
  const drawn = (html: string) => {
    const [, address = '', rest = ''] = /^<img src="data:image\/svg\+xml,([^"]*)"([^>]*)>$/.exec(plainly(html)) ?? [];
    return { svg: decodeURIComponent(address), rest };
  };
  const start = '<svg xmlns="http://www.w3.org/2000/svg"';

  test.for(rows`
    of its shapes | <svg width="40" height="30"><rect width="9" height="9" fill="red"/></svg> | ${start} width="40" height="30"><rect width="9" height="9" fill="red"></rect></svg> | ${' alt="" width="40" height="30"'}
    with each side once, as browsers ask | <svg width="40px" style="width: 2em; height: 30px"><circle r="4"/></svg> | ${start} width="40" height="30px"><circle r="4"></circle></svg> | ${' alt="" width="40"'}
    by its title | <svg viewBox="0 0 90 9"><title>A dot</title><circle r="4"/></svg> | ${start} viewBox="0 0 90 9"><circle r="4"></circle></svg> | ${' alt="A dot"'}
    as small as its box, where its page would size it | <svg viewBox="0 0 14 16"><circle r="4"/></svg> | ${start} width="14" height="16" viewBox="0 0 14 16"><circle r="4"></circle></svg> | ${' alt="" width="14" height="16"'}
    as wide as the page, in units of its own | <svg viewBox="-1 -1 2 2"><title>A pie</title><circle r="1"/></svg> | ${start} viewBox="-1 -1 2 2"><circle r="1"></circle></svg> | ${' alt="A pie"'}
    as wide as it says, not as its box | <svg viewBox="0 0 9 9" style="width:50%"><circle r="4"/></svg> | ${start} viewBox="0 0 9 9" width="50%"><circle r="4"></circle></svg> | ${' alt=""'}
    also where it has no natural width | <svg width="100%" viewBox="0 0 60 40"><circle r="4"/></svg> | ${start} viewBox="0 0 60 40"><circle r="4"></circle></svg> | ${' alt=""'}
    also of one letter, if it is a formula | <mjx-container><svg width="1.25ex" height="1ex" viewBox="0 -442 572 453" aria-hidden="true"><path d="M0 0h9"/></svg></mjx-container> | ${start} width="10" height="8" viewBox="0 -442 572 453"><path d="M0 0h9"></path></svg> | ${' alt="" width="10" height="8"'}
    by its words | <svg><text y="9">Time &amp; <tspan>money</tspan></text></svg> | ${start}><text y="9">Time &amp; <tspan>money</tspan></text></svg> | ${' alt="Time &#x26; money"'.replace('&#x26;', '&amp;')}
    styled | <svg><path d="M0 0h9" style="fill:none;stroke:#f00;background:url(//x.example)"/></svg> | ${start}><path d="M0 0h9" fill="none" stroke="#f00"></path></svg> | ${' alt=""'}
    by the rules of its own style, the closest last | <svg id="m"><style>#m{font-size:16px}/* dots */ #m .a path,#m circle{stroke:#333;width:9px}path{stroke:red;fill:none}</style><g class="a b"><path d="M0 0h9" style="fill:#fff"/></g><circle r="4"/></svg> | ${start} id="m" font-size="16px"><g><path d="M0 0h9" stroke="#333" fill="#fff"></path></g><circle r="4" stroke="#333"></circle></svg> | ${' alt=""'}
    and by those for what is in a box around it | <span class="b"><svg><style>.b circle{fill:red}.b g.a path{stroke:blue}</style><circle r="4"/><g class="a"><path d="M0 0"/></g></svg></span> | ${start}><circle r="4" fill="red"></circle><g><path d="M0 0" stroke="blue"></path></g></svg> | ${' alt=""'}
    none by an id that a script forgot | <svg id="undefined"><style>#undefined{fill:red}</style><circle r="4"/></svg> | ${start} id="undefined" fill="red"><circle r="4"></circle></svg> | ${' alt=""'}
    by an id before classes, and by those before names | <svg><style>#a{fill:red}.b.c{fill:blue}.b{stroke:red}circle{stroke:blue;r:4px}</style><circle id="a" class="b c"/></svg> | ${start}><circle id="a" stroke="red" r="4px" fill="red"></circle></svg> | ${' alt=""'}
    not by rules for dark pages, pointers or animations | <svg><style>@media (prefers-color-scheme:dark){circle{fill:#fff}}circle:hover{fill:#fff}@keyframes a{to{opacity:0}}@import "a";circle{fill:red;background:url(x)}</style><circle r="4"/></svg> | ${start}><circle r="4" fill="red"></circle></svg> | ${' alt=""'}
    not as an animation begins | <svg><style>circle{opacity:0;fill:red;transform:scale(0);animation:a 1s forwards}@-webkit-keyframes a{from{opacity:0}to{opacity:1}}</style><circle r="4" transform="scale(2)"/></svg> | ${start}><circle r="4" transform="scale(2)" fill="red"></circle></svg> | ${' alt=""'}
    by rules for light pages | <svg><style>circle{fill:#fff}@media (prefers-color-scheme: light){circle{fill:#000}}</style><circle r="4"/></svg> | ${start}><circle r="4" fill="#000"></circle></svg> | ${' alt=""'}
    by few of many rules | ${`<svg><style>circle{fill:red}${'.c,'.repeat(3_000)}.d{fill:#fff}</style>${'<circle r="4"/>'.repeat(90)}</svg>`} | ${start}>${'<circle r="4" fill="red"></circle>'.repeat(90)}</svg> | ${' alt=""'}
    not by rules for prints, or for others than those named | <svg><style media="print">circle{display:none}</style><style>path:not(.a, circle, .b){display:none}</style><circle r="4"/></svg> | ${start}><circle r="4"></circle></svg> | ${' alt=""'}
    by what all elements have, once | <svg><style>*{stroke-linejoin:round}</style><g><path d="M0 0"/></g></svg> | ${start} stroke-linejoin="round"><g><path d="M0 0"></path></g></svg> | ${' alt=""'}
    with the words of its boxes of HTML | <svg width="100%" style="max-width: 90px" viewBox="0 0 90 90"><rect width="9" height="9"/><foreignObject width="60" height="48"><div style="color: red"><p>Is it <b>a</b><br>question?</p></div></foreignObject><foreignObject width="0" height="0"><div></div></foreignObject></svg> | ${start} width="90" viewBox="0 0 90 90"><rect width="9" height="9"></rect><text fill="red" stroke="none" text-anchor="middle" dominant-baseline="central"><tspan x="30" y="12">Is it a</tspan><tspan x="30" y="36">question?</tspan></text></svg> | ${' alt="Is it a question?" width="90"'}
    and their colour, not that of the shapes | <svg><style>.b *{fill:blue;stroke:red}.b{color:#fff}</style><g class="b"><foreignObject width="8" height="8"><p>a</p></foreignObject><path d="M0 0"/></g></svg> | ${start}><g color="#fff"><text fill="#fff" stroke="none" text-anchor="middle" dominant-baseline="central"><tspan x="4" y="4">a</tspan></text><path d="M0 0" fill="blue" stroke="red"></path></g></svg> | ${' alt="a"'}
    of copies within it | <svg><defs><path id="a" d="M0 0h9"/></defs><use xlink:href="#a" x="5"/></svg> | ${start}><defs><path id="a" d="M0 0h9"></path></defs><use href="#a" x="5"></use></svg> | ${' alt=""'}
    without what runs, loads or leads away | <svg onload="x"><script>x</script><style>x</style><a href="https://x.example/"><rect onclick="x" fill="url(https://x.example/#a)"/></a><image href="https://x.example/a.png"/><foreignObject><p>x</p></foreignObject></svg> | ${start}><rect></rect></svg> | ${' alt=""'}
    in the address of a picture | <img alt="A dot" src="data:image/svg+xml;base64,${Buffer.from(`${start} width="40" height="30"><circle r="4"/></svg>`).toString('base64')}"> | ${start} width="40" height="30"><circle r="4"></circle></svg> | ${' alt="A dot" width="40" height="30"'}
    in a box for an icon, with a size | <span class="icon"><svg width="90" height="80"><rect width="9" height="9"/></svg></span> | ${start} width="90" height="80"><rect width="9" height="9"></rect></svg> | ${' alt="" width="90" height="80"'}
    in an element that enlarges it | <span role="button"><svg width="100%"><rect width="9" height="9"/></svg></span> | ${start}><rect width="9" height="9"></rect></svg> | ${' alt=""'}
    in a box for an icon, with a name | <span class="icon"><svg><title>A</title><rect width="9" height="9"/></svg></span> | ${start}><rect width="9" height="9"></rect></svg> | ${' alt="A"'}
  `)('%s', ([, html, svg, rest]) => expect(drawn(kept(description(html)).content)).toEqual({ svg, rest }));

  test('by long rules of many shapes', () => {
    const rule = 'stroke-opacity:1;'.repeat(10);
    const html = `<svg><style>path{${rule}}</style>${'<path d="M0 0"/>'.repeat(500)}</svg>`;
    expect(drawn(kept(description(html)).content).svg.split('<path d="M0 0" stroke-opacity="1">')).toHaveLength(501);
  });

  test('without its rules, where it would be too large with them', () => {
    const path = `<path class="a" d="${'M0 0h9'.repeat(14_000)}"/>`;
    const html = `<svg><style>.a{font-family:${'a,'.repeat(20_000)}}</style>${path}</svg>`;
    const { svg } = drawn(kept(description(html)).content);
    expect(svg).toMatch(/^<svg [^>]*><path d="M0 0h9/);
  });

  bodies(rows`
    in Atom’s XHTML | ${atom('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90"><linearGradient id="a"><stop offset="1"/></linearGradient><rect fill="url(#a)"/></svg></div></content>')} | <img src="data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22%20viewBox=%220%200%2090%2090%22%3E%3ClinearGradient%20id=%22a%22%3E%3Cstop%20offset=%221%22%3E%3C/stop%3E%3C/linearGradient%3E%3Crect%20fill=%22url(%23a)%22%3E%3C/rect%3E%3C/svg%3E" alt="">
    not where it is in a button | ${description('a<button><i><b><svg><path d="M0 0"/></svg></b></i>b</button>')} | ${'a <i><b></b></i>b '}
    nor in another element that is one | ${description('<a role="button" href="/b"><svg viewBox="0 0 90 90"><path d="M0 0"/></svg>b</a>')} | <a href="https://blog.example/b">b</a>
    nor in a box for an icon, without a size | ${description('<p><span class="uagb-icon-list__source-wrap"><svg viewBox="0 0 384 512"><path d="M0 0"/></svg></span>a</p>')} | <p>a</p>
    not where it is an ornament | ${description('a<svg aria-hidden="true"><path d="M0 0"/></svg><svg width="16" height="16"><path d="M0 0"/></svg><svg class="octicon"><path d="M0 0"/></svg>')} | a
    not where its own style hides it | ${description('a<svg class="dark"><style>.dark{display:none}</style><path d="M0 0"/></svg>')} | a
    not where MathML follows it | ${description('<mjx-container><svg width="9" height="9"><path d="M0 0"/></svg><mjx-assistive-mml><math><mi>x</mi></math></mjx-assistive-mml></mjx-container>')} | <math><mi>x</mi></math>
    not where it stands in for a picture | ${description(`<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'%3E%3C/svg%3E" data-src="/a.jpg">`)} | <img src="https://blog.example/a.jpg" alt="">
    of the address in it, where it only frames that | ${description('<svg width="90px" height="60"><title>A map</title><image xlink:href="/a.jpg" width="90" height="60"/></svg>a<svg><image href="data:image/png;base64,R0"/></svg>')} | <img src="https://blog.example/a.jpg" alt="A map" width="90" height="60">a
    or its name, where it is too large | ${description(`<svg><title>Map</title>${'<path d="M0 0"/>'.repeat(6_000)}</svg>`)} | [drawing: Map]
  `);
});

describe('the files of an entry', () => {
  const image = (url: string, more = '') => `<media:content url="${url}" medium="image"${more}/>`;
  const files = (feed: string) =>
    kept(feed)
      .enclosures.map(({ url }) => url)
      .join();
  const post = '<description>&lt;img src="/up/photo-300x200.jpg"&gt; words</description>';

  test.for(rows`
    no portrait | ${image('https://0.gravatar.com/avatar/x?s=96&amp;d=identicon')} | ${''}
    no file whose name the software did not know | <enclosure url="https://blog.example/undefined" type="image/jpeg"/><media:content url="https://blog.example/a/null" medium="image"/> | ${''}
    no portrait that is an enclosure | <enclosure url="https://secure.gravatar.com/avatar/x" type="image/png"/> | ${''}
    no picture of its text | ${post + image('https://blog.example/up/photo.jpg')} | ${''}
    no picture of its text in another size | ${post + image('https://blog.example/up/photo-1024x683.jpg?w=1')} | ${''}
    no picture that its text names from its own page | <link>https://blog.example/one/</link><description>&lt;img src="cover.jpg"&gt;</description>${image('https://blog.example/one/cover.jpg')} | ${''}
    no picture of its text behind a bracket, or of its player | <description>&lt;img alt="a -> b" src="/1.jpg"&gt;&lt;video src="/v.mp4" poster="https://blog.example/2.jpg"&gt;&lt;/video&gt;</description>${['1', '2', '3'].map((name) => image(`https://blog.example/${name}.jpg`)).join('')} | https://blog.example/3.jpg
    no picture that its text names with a space | <description>&lt;a href='/up/My pic.jpg'&gt;&lt;img src="/t.jpg"&gt;&lt;/a&gt;</description>${image('https://blog.example/up/My%20pic.jpg')} | ${''}
    no picture that its text names as WordPress writes it | <description>&lt;img src="https://x.example/image?id=1&amp;#038;w=2"&gt;</description>${image('https://x.example/image?id=1&amp;w=2')} | ${''}
    no picture in an object, which a link enlarges | <description>&lt;a href="/1.jpg"&gt;&lt;object data="/1.jpg"&gt;&lt;/a&gt;</description>${image('https://blog.example/1.jpg')} | ${''}
    no picture that is embedded so | <description>&lt;a href="/1.jpg"&gt;&lt;embed src="/1.jpg"&gt;&lt;/a&gt;</description>${image('https://blog.example/1.jpg')} | ${''}
    no picture whose tag has a slash | <description>&lt;a href="/1.jpg"&gt;&lt;img/src="/1.jpg"&gt;&lt;/a&gt;</description>${image('https://blog.example/1.jpg')} | ${''}
    a picture to which its text only links | <description>&lt;a href="https://blog.example/1.jpg"&gt;a&lt;/a&gt;</description>${image('https://blog.example/1.jpg')} | https://blog.example/1.jpg
    no picture that its text names by a query | <description>&lt;img src="https://x.example/image?id=1&amp;amp;w=2"&gt;</description>${image('https://x.example/image?id=1&amp;w=2')}${image('https://x.example/image?id=2&amp;w=2')} | https://x.example/image?id=2&w=2
    no portrait | ${['secure.gravatar.com/blavatar/a', 'www.gravatar.com/userimage/1/a', 'i0.wp.com/www.gravatar.com/avatar/a', 'seccdn.libravatar.org/avatar/a', 'cdn.libravatar.org/avatar/a', 'avatars1.githubusercontent.com/u/1', 'yt3.ggpht.com/a', 'yt3.googleusercontent.com/a', 'cdn.bsky.app/img/avatar/plain/a', 'x.example/system/accounts/avatars/1.png'].map((of) => image(`https://${of}`)).join('')} | ${''}
    a picture of the same name on another page | <link>https://blog.example/one/</link><description>&lt;img src="cover.jpg"&gt;</description>${image('https://blog.example/two/cover.jpg')} | https://blog.example/two/cover.jpg
    a picture that its text lacks | ${post + image('https://blog.example/up/photo2.jpg')} | https://blog.example/up/photo2.jpg
    no picture that Flickr has in two sizes | <description>&lt;img src="https://live.staticflickr.com/65535/53000000001_abcdef1234_m.jpg"&gt;</description>${image('https://live.staticflickr.com/65535/53000000001_abcdef1234_b.jpg')} | ${''}
    no picture that a resizer has under two folders | <description>&lt;img src="https://cdn.example/fetch/w_1456/https%3A%2F%2Fx.example%2Fa1b2.png"&gt;</description>${image('https://cdn.example/fetch/h_600/https%3A%2F%2Fx.example%2Fa1b2.png')} | ${''}
    no picture that Wix has in two sizes | <description>&lt;img src="https://static.wixstatic.com/media/a1b2~mv2.jpg/v1/fit/w_1000,h_563,al_c,q_80/file.png"title=""&gt;</description>${image('https://static.wixstatic.com/media/a1b2~mv2.jpg/v1/fit/w_1000,h_1000,al_c,q_80/file.png')} | ${''}
    another picture of Wix | <description>&lt;img src="https://static.wixstatic.com/media/c3d4~mv2.jpg/v1/fit/w_1000,h_563/file.png"&gt;</description>${image('https://static.wixstatic.com/media/a1b2~mv2.jpg/v1/fit/w_1000,h_1000/file.png')} | https://static.wixstatic.com/media/a1b2~mv2.jpg/v1/fit/w_1000,h_1000/file.png
    a sound that its text links to | <description>&lt;a href="https://blog.example/a.mp3"&gt;a&lt;/a&gt;</description><enclosure url="https://blog.example/a.mp3" type="audio/mpeg"/> | https://blog.example/a.mp3
    a file by its href | <enclosure href="https://x.example/a.mp3"/> | https://x.example/a.mp3
    no web page to which its text links | <description>&lt;a href="https://x.example/a?b=1&amp;amp;c=2"&gt;a&lt;/a&gt; &lt;a href="https://x.example/d"&gt;d&lt;/a&gt;</description><enclosure url="https://x.example/a?b=1&amp;c=2" type="text/html; charset=utf-8"/><enclosure url="https://x.example/d" type="application/octet-stream" length="0"/><enclosure url="https://x.example/e" type="text/html"/> | https://x.example/e
    a file of unknown type to which its text links | <description>&lt;a href="https://x.example/d"&gt;d&lt;/a&gt;</description><enclosure url="https://x.example/d" type="application/octet-stream" length="9"/> | https://x.example/d
    a film once, where its group has it in other sizes | <enclosure url="https://x.example/a" type="video/mp4"/><media:group><media:content url="https://x.example/a-480.mp4" type="video/mp4" height="480"/><media:content url="https://x.example/a-720.mp4" type="video/mp4" height="720"/></media:group> | https://x.example/a
    the widest film of a group, by its height | <media:group><media:content url="https://x.example/a-480.mp4" type="video/mp4" height="480"/><media:content url="https://x.example/a-720.mp4" type="video/mp4" height="720"/><media:content url="https://x.example/a-360.mp4" type="video/mp4" height="360"/></media:group> | https://x.example/a-720.mp4
    no speck, though only its height is told | <media:content url="https://x.example/a.gif" medium="image" height="1"/> | ${''}
    a film beside a group | <enclosure url="https://x.example/a.mp4" type="video/mp4"/><media:content url="https://x.example/b.mp4" type="video/mp4"/><media:group><media:content url="https://x.example/c.mp3" type="audio/mpeg"/></media:group> | https://x.example/a.mp4,https://x.example/b.mp4,https://x.example/c.mp3
    a film and the sound of its group | <enclosure url="https://x.example/a.mp3" type="audio/mpeg"/><media:group><media:content url="https://x.example/a.mp4" type="video/mp4"/></media:group> | https://x.example/a.mp3,https://x.example/a.mp4
    a file by its uri | <enclosure uri="https://x.example/a.mp3"/> | https://x.example/a.mp3
    no Flash | <enclosure url="https://x.example/a.swf" type="application/x-shockwave-flash"/> | ${''}
    no player | <media:content url="https://x.example/a.mp4"><media:player url="https://x.example/play"/></media:content> | https://x.example/a.mp4
  `)('%s', ([, item, are]) => expect(files(rss(item))).toBe(are));

  test('a file has no words that stand beside it, and no length of nothing', () => {
    const file = (title: string, words: string) =>
      `<media:content url="https://x.example/a.mp4" type="video/mp4"><media:title>${title}</media:title><media:description>${words}</media:description></media:content>`;
    const about = (words: string) =>
      kept(rss(`<title>T</title><description>a\n b </description><itunes:duration>0:00</itunes:duration>${words}`));
    const plain = { url: 'https://x.example/a.mp4', type: 'video/mp4' };
    expect(about(file('T', 'a b')).enclosures).toEqual([plain]);
    expect(about(file('c', 'c')).enclosures).toEqual([{ ...plain, description: 'c' }]);
    expect(about(file('clip_1.mp4', 'c')).enclosures).toEqual([{ ...plain, description: 'c' }]);
    expect(about(file('One more', 'c')).enclosures).toEqual([{ ...plain, title: 'One more', description: 'c' }]);
  });

  test('the files of JSON Feed are read as those of RSS and Atom', () => {
    const attachments = ['/up/a.jpg', '/up/b.jpg'].map((url) => ({ url, mime_type: 'image/jpeg' }));
    expect(files(json({ content_html: '<img src="https://blog.example/up/a.jpg">', attachments }))).toBe(
      'https://blog.example/up/b.jpg',
    );
    // As our own feeds write it.
    const facts = { width: 640, height: 360, description: 'A red boat', credit: 'Ann', adult: true };
    const media = { ...facts, medium: 'video', picture: '/p.jpg', chapters: '/c.json' };
    const film = { url: '/a', mime_type: 'x/y', size_in_bytes: 5, duration_in_seconds: 61, title: 'One more' };
    expect(kept(json({ content_text: 'a', attachments: [{ ...film, _media: media }] })).enclosures).toEqual([
      {
        ...{ ...facts, url: 'https://blog.example/a', type: 'x/y', length: 5, duration: 61, title: 'One more' },
        ...{ medium: 'video', picture: 'https://blog.example/p.jpg', chapters: 'https://blog.example/c.json' },
      },
    ]);
  });
});

describe('the words of a comic, seen only with a mouse, are under it', () => {
  const comic = (title: string, alt = 'a') => `<img src="https://x.example/1.png" alt="${alt}" title="${title}">`;
  const joke = 'Oh no, the &quot;box&quot; drifts';
  const shown = comic('Oh no, the &#x22;box&#x22; drifts');
  bodies(rows`
    in a link | ${description(`<a href="https://x.example/1">${comic(joke)}</a>`)} | ${`<a href="https://x.example/1">${shown}</a><p>Oh no, the "box" drifts</p>`}
    with a bracket | ${description(comic('if a > b then c'))} | ${`${comic('if a > b then c')}<p>if a > b then c</p>`}
    with markup as an example | ${description(comic('I &lt;blink&gt; less than before'))} | ${`${comic('I <blink> less than before')}<p>I &lt;blink> less than before</p>`}
    but no name of a file | ${description(comic('IMG 1234 final'))} | ${comic('IMG 1234 final')}
    nor what the title says | ${rss(`<title>A day at sea</title><description>${escaped(comic('A day at sea'))}</description>`)} | ${comic('A day at sea')}
    nor beside words | ${description(`${comic(joke)} b`)} | ${`${shown} b`}
    nor of one picture of several | ${description(comic(joke) + comic(joke))} | ${shown + shown}
  `);
});

describe('a film has its player', () => {
  const player = (id: string) => expect.stringContaining(`<iframe src="https://www.youtube-nocookie.com/embed/${id}"`);
  const flash =
    '<media:content url="https://www.youtube.com/v/abcdefghijk?version=3" type="application/x-shockwave-flash"/>';

  test.for(rows`
    whose page is the entry’s | ${atom(`<link href="https://www.youtube.com/watch?v=abcdefghijk"/><media:group>${flash}<media:description>Words</media:description></media:group>`)}
    that is among the files | ${rss(`<link>https://blog.example/1</link><description>Words</description>${flash}`)}
    of media:player | ${rss('<link>https://blog.example/1</link><description>Words</description><media:player url="https://www.youtube.com/watch?v=abcdefghijk"/>')}
    of a link post | ${json({ external_url: 'https://youtu.be/abcdefghijk', url: 'https://blog.example/1', content_text: 'Words' })}
  `)('%s', ([, feed]) => {
    const entry = kept(feed);
    expect(entry.content).toEqual(player('abcdefghijk'));
    expect(entry.content).toMatch(/<\/iframe>\nWords$/);
    expect(entry.enclosures).toEqual([]);
  });

  test('only one', () => {
    const embedded = '&lt;iframe src="https://www.youtube.com/embed/abcdefghijk"&gt;&lt;/iframe&gt;';
    const entry = kept(rss(`<link>https://youtu.be/abcdefghijk</link><description>${embedded}</description>`));
    expect(entry.content.split('<iframe')).toHaveLength(2);
  });
});

describe('JSON that is not quite JSON', () => {
  test.for(rows`
    a tab in a string | ${'{"items":[{"id":"1","content_text":"a\tb\nc"}]}'} | ${'a\tb<br>c'}
    a backslash before what needs none | ${String.raw`{"items":[{"id":"1","content_text":"it\'s C:\path \u00e9 \\ \"q\""}]}`} | ${'it\'s C:\\path é \\ "q"'}
    a mark of byte order | ${'\ufeff{"items":[{"id":"1","content_text":"a"}]}'} | a
    a last comma | {"items":[{"id":"1","content_text":"a, ]",},],} | a, ]
    a wrong bracket | {"items":[{"id":"1","content_text":"a"},{"id":"2"],{"id":"3"}]} | a
    RSS | ${JSON.stringify({ rss: { version: '2.0', channel: { title: 'F', item: [{ title: 'T', description: '<p>a</p>', guid: { isPermaLink: 'false', '#value': '1' } }] } } })} | <p>a</p>
  `)('%s', ([, feed, gives]) => expect(kept(feed).content).toBe(gives));

  test('RSS has its files, ids and categories', () => {
    const item = {
      title: 'T',
      link: 'https://blog.example/1',
      guid: { '#value': 'tag:1', isPermaLink: 'false' },
      category: ['a', { '#value': 'b', domain: 'd' }],
      enclosure: { url: 'https://blog.example/a.mp3', type: 'audio/mpeg', length: '9' },
      pubDate: 'Sat, 03 Jan 2026 08:00:00 GMT',
    };
    expect(kept(JSON.stringify({ rss: { channel: { title: 'F', item } } }))).toMatchObject({
      id: 'tag:1',
      url: 'https://blog.example/1',
      categories: ['a', 'b'],
      enclosures: [{ url: 'https://blog.example/a.mp3', type: 'audio/mpeg', length: 9 }],
      published: new Date('2026-01-03T08:00:00Z'),
    });
  });

  test.for([
    { guid: { _: 'tag:1', $: { isPermaLink: 'false' } }, enclosure: { $: { URL: 'https://blog.example/a.mp3' } } },
    { guid: { '#text': 'tag:1', '@isPermaLink': 'false' }, enclosure: { '@url': 'https://blog.example/a.mp3' } },
    { guid: { $t: 'tag:1', '-isPermaLink': 'false' }, enclosure: { '-url': 'https://blog.example/a.mp3' } },
  ])('RSS is read as other converters write it: %j', (item) => {
    expect(kept(JSON.stringify({ RSS: { '@version': '2.0', channel: { item } } }))).toMatchObject({
      id: 'tag:1',
      enclosures: [{ url: 'https://blog.example/a.mp3' }],
    });
  });

  test('tags between commas, and empty ones', () => {
    expect(kept(json({ tags: 'a, b,' })).categories).toEqual(['a', 'b']);
    expect(kept(json({ tags: ['', 'a'] })).categories).toEqual(['a']);
  });

  test('the page of an author in a feed that must be repaired', () => {
    const author = '<author><name>Ann & Bo</name><uri>https://ann.example/</uri><email>a@b.example</email></author>';
    expect(kept(atom(`<title>T</title>${author}`)).authors).toEqual([
      { name: 'Ann & Bo', url: 'https://ann.example/' },
    ]);
  });

  test('one author that is no list', () => {
    const feed = { items: [{ id: '1', authors: { name: 'Ada' }, content_text: 'a' }] };
    expect(kept(JSON.stringify(feed)).authors).toEqual([{ name: 'Ada' }]);
  });
});

describe('a feed that a web page was laid around', () => {
  const page = (inner: string) => `<!DOCTYPE html><html><head><title>x</title></head><body>${inner}</body></html>`;
  test.for(rows`
    Atom | ${page(atom('<title>T</title>'))}
    RSS | ${page(`<div>${rss('<title>T</title>')}</div>`)}
    without a doctype | <html><body>${atom('<title>T</title>')}</body></html>
  `)('is read: %s', ([, feed]) => expect(kept(feed).title).toBe('T'));

  test.for([
    page('<p>See &lt;rss version="2.0"&gt; and &lt;/rss&gt;.</p>'),
    page('<p>Write <feed>, then </feed>.</p>'),
    page('<pre>&lt;rss version="2.0"&gt;</pre>'),
    page(
      '<!-- <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:trackback="http://madskills.com/public/xml/rss/module/trackback/"><rdf:Description trackback:ping="https://x.example/"/></rdf:RDF> -->',
    ),
    page(
      `<h1>How to write RSS</h1><p>It looks like this:</p><pre><code>${escaped(rss('<title>T</title>'))}</code></pre>`,
    ),
  ])('is none: %s', (feed) => {
    const read = readFeed(Buffer.from(feed), { url: 'https://blog.example/', contentType: null });
    expect(read).toEqual({ kind: 'failed', reason: { kind: 'web-page' } });
  });
});
