import { expect, test } from 'vitest';
import { readText } from '../../scripts/commands/lib/import-formats.ts';
import { isBlockMarkup, looksLikeHtml } from '../../scripts/snapshot/normalise/escaped.ts';
import { readJsonFeed } from '../../scripts/snapshot/normalise/json-feed.ts';
import { markdownHtml } from '../../scripts/snapshot/normalise/markdown.ts';
import { parseDate } from '../../scripts/snapshot/normalise/parse-date.ts';
import { decode } from '../../scripts/snapshot/parse/decode.ts';
import { readJson } from '../../scripts/snapshot/parse/json.ts';
import { withoutProlog } from '../../scripts/snapshot/parse/prolog.ts';
import { repair } from '../../scripts/snapshot/parse/repair.ts';
import { readFeed, readSafely } from '../../scripts/snapshot/read-feed.ts';
import { excerpt } from '../../scripts/snapshot/sanitise/excerpt.ts';
import { plainText } from '../../scripts/snapshot/sanitise/parsed-html.ts';
import { sanitise } from '../../scripts/snapshot/sanitise/sanitise.ts';
import { excerptOf, isNear } from '../../src/client/search/hits.ts';
import { collectAuthors } from '../../src/core/author-records.ts';
import { cleanLines, cleanText } from '../../src/core/clean-text.ts';
import { cutHtml, isLong, minutesText } from '../../src/core/cut-html.ts';
import { canonicalLink } from '../../src/core/entry-keys.ts';
import { isAtHome, withoutEmails } from '../../src/core/web-address.ts';
import { escaped } from '../lib/feed-server.ts';
import { growth, TIMES } from '../lib/time-growth.ts';

const from = { url: 'https://e.example/feed', contentType: null };
const rss = (item: string) =>
  `<rss version="2.0"><channel><title>T</title><item><title>One</title>${item}</item></channel></rss>`;
const read = (text: string) => readFeed(Buffer.from(text), from);
const keep = (text: string) => readSafely(Buffer.from(text), from);

const again = (piece: string) => (size: number) => piece.repeat(Math.ceil(size / piece.length));
const counted = (piece: (index: number) => string) => (size: number) =>
  Array.from({ length: Math.ceil(size / piece(1000).length) }, (_, index) => piece(index)).join('');
const nested = (start: string, end: string) => (size: number) =>
  `${again(start)(size / 2)}x${again(end)((size / 2) * (end.length / start.length))}`;

/** What is hostile to one stage or another. Each grows to the size that it is given. */
const shapes: Record<string, (size: number) => string> = {
  ...Object.fromEntries(
    [
      ...'< | & | > |   | \n | " | [ | - | / | a | 1  | a. | a@b. | a\u0301 | \u202e | \ud800 | \x91 | Ã©'.split(' | '),
      ...'<p <p> <b> <video> <a> <li> <table><td> <font><p> <b><div></b> <b></p> <svg> <math>'.split(' '),
      ...(
        '<ruby><rt> | <i/> | <a/></a> | <option> | <template> | <pre>\n | <pre | <script><!-- | <a href="#">x</a> | <img srcset="a," | ' +
        '<item> | <div class=ln> | <table><tr><td class=ln>1<td class=code> | <script type="math/tex">x</script> | ' +
        '<i class=MathJax_Preview>x</i> | <p style="white-space:pre-line">a\n | ' +
        '<blockquote cite="//a"> | <object data="a.svg"> | <object data=a> | <iframe><a href="//a">a</a></iframe> | ' +
        '<span data-attrs=\'{"name":"a"}\'></span> | <div data-html="<iframe src=//a>"></div> | <mjx-container><svg>'
      ).split(' | '),
      ...'<![CDATA[ | ]]> | <![CDATA[x]]> | <!-- | <? | <?xml  | <! | <!DOCTYPE [ | <a b=" | <a b    | <a href=x  | </a | </a>'.split(
        ' | ',
      ),
      ...(
        '&amp; | &nothing; | &# | &lt;p | <title>&lt;</title> | <link href="a"/> | <category>a</category> | ' +
        '{"items":['
      ).split(' | '),
    ].map((piece) => [JSON.stringify(piece), again(piece)]),
  ),
  'nested tags': nested('<div>', '</div>'),
  'end tags of nothing': (size) => again('<q>')(size / 2) + counted((index) => `</z${index}>`)(size / 2),
  'attributes of one tag': (size) => `<a ${counted((index) => ` a${index}="1"`)(size)}>x</a>`,
  'attributes of a tag without an end': (size) => `<a${again(' b="c"')(size)}`,
  'a long name of a tag without an end': (size) => `<${'a'.repeat(size)}`,
  'beginnings of tags in titles': again(`<i title="${'<img '.repeat(300)}">x</i>`),
  'a long attribute': (size) => `<a href="${'x'.repeat(size)}">x</a>`,
  'blanks after an end tag': (size) => `<a></a${' '.repeat(size)}<b>`,
  'namespaces of one tag': (size) => `<a ${counted((index) => ` xmlns:a${index}="u"`)(size)}>x</a>`,
  'known namespaces of one tag': (size) =>
    `<a ${counted((index) => ` xmlns:a${index}="http://purl.org/dc/terms/"`)(size)}>x</a>`,
  'namespaces beside many': (size) =>
    `<a ${counted((index) => ` xmlns:a${index}="http://purl.org/dc/terms/"`)(size / 2)}>${counted((index) => `<b xmlns:c${index}="u"/>`)(size / 2)}</a>`,
  'slashes in a namespace': (size) => `<a xmlns:a="${'/'.repeat(size)}u">x</a>`,
  'namespaces within each other': counted((index) => `<a xmlns:a${index}="u">`),
  'names that are all new': counted((index) => `<a${index}>x</a${index}>`),
  'formatting of many kinds left open': counted((index) => `<font a=${index}><p>`),
  'a long base': (size) =>
    `<link href="/y" xml:base="http://e.org/${'y'.repeat(size / 2)}/"/>${again('<link href="z" xml:base="q/"/>')(size / 2)}`,
  'a long link and many relative ones': (size) =>
    `<link>http://e.org/${'y'.repeat(size / 2)}/</link>${again('<enclosure url="z"/>')(size / 2)}`,
  'sizes of one picture': counted((index) => `<media:content url="http://e.org/z.jpg?w=${index + 1}"/>`),
  'marks of notes': again('a<a href="#n" id="n">1</a>'),
  'groups within groups': nested('<media:group><media:content url="http://e.org/z.jpg"/>', '</media:group>'),
  'authors that are all new': counted((index) => `<author>a${index}</author>`),
  'ids that are all new': counted((index) => `<p id="i${index}"><a href="#i${index}">x</a>`),
  'tabs within tabs': nested('<div role=tablist><div role=tab>a', '</div></div>'),
  'numbers in a row of code': (size) => `<pre><table><tr>${again('<td>1')(size)}`,
  'words out of sight in a caption': (size) => `<figcaption>${again('<span class="sr-only">a</span>')(size)}`,
  'words out of sight': nested('<p><span class="sr-only">a</span><div>', '</div>'),
  'blanks between lines': (size) => `a\n${' '.repeat(size)}\nb`,
  'blanks in a formula': (size) => `<script type="math/tex">x${' '.repeat(size)}y</script>`,
  'blanks beside the number of a line': (size) => `<i class=ln>1${'\t'.repeat(size)}x</i>`,
  'blanks behind an e-mail address': (size) => `a@b.example${'\t'.repeat(size)}x`,
  'dots behind an e-mail address': (size) => `a@b${'.'.repeat(size)}x`,
  // Each one more doubled the time.
  'words for dots before no e-mail address': (size) => `${'a_dot_'.repeat(14 + size / 2000)}a @`,
  'signs within a word': (size) => `a${'!'.repeat(size)}a`,
  'one word in a drawing': (size) => `<svg viewBox="0 0 9 9"><path d="${'M'.repeat(size)}"/></svg>`,
  'blanks in the style of a drawing': (size) => `<svg><rect width="9" style="fill:a${' '.repeat(size)}b"/></svg>`,
  'candidates of a picture': (size) => `<img src="a" srcset="${'a 1x, '.repeat(size / 6)}">`,
  'commas in a candidate': (size) => `<img srcset="https://e.org/a${','.repeat(2 * size)}b 1x">`,
  'entities that a DOCTYPE declares': (size) =>
    `<!DOCTYPE x [${counted((index) => `<!ENTITY e${index} "x">`)(size)}]><rss/>`,
  'an entity and open CDATA': (size) => `<!DOCTYPE x [<!ENTITY e "x">]><rss>${again('<![CDATA[')(size)}`,
  'blanks of an entity': (size) => `<!DOCTYPE x [<!ENTITY${' '.repeat(size)}`,
  'quotes of a DOCTYPE': (size) => `<!DOCTYPE ${`'"`.repeat(size / 2)}`,
  'people in JSON': (size) =>
    `{"items":[],"title":"T","authors":[${counted((index) => `{"name":"n${index}"},`)(size)}{}]}`,
  'items in JSON that end in the middle': (size) => `{"title":"T","items":[${again('{"id":"1"},')(size)}`,
  'a text in JSON': (size) => `{"title":"T","items":[{"content_text":"${again('http://a.b <c ')(size)}"}]}`,
  'quotations within quotations': again('> '),
  'lists within lists': again('1. '),
  'a wide table': (size) => `|${'a|'.repeat(size / 8)}\n|${'-|'.repeat(size / 8)}\n${'b\n'.repeat(size / 4)}`,
  'links without an end': again('[a](/'),
  'lines in the title of a link': (size) => `[a](/b "${again('a\n')(size)}`,
  'lines in titles in brackets': again('[a](/b (a\nx\n'),
  'escaped quotes in one, behind a bracket': (size) => `[a](/b(c)\n'${again("a\\'\r")(size)}`,
  'tags that are words': again('<T>\n'),
  'lines with references': again('a\n&#0;'),
  'quotes in JSON': (size) => `{"title":"T","items":[{"id":"${again('\\"')(size)}`,
};

const stages: Record<string, (text: string) => unknown> = {
  decode: (text) => decode(Buffer.from(`\xff${text}`, 'latin1'), null),
  withoutProlog,
  repair,
  'a document': read,
  'an item of a document': (text) => read(rss(text)),
  'HTML of an item': (text) =>
    keep(rss(`<enclosure url="http://e.org/z.jpg" type="image/jpeg"/><description>${escaped(text)}</description>`)),
  'a title': (text) => read(rss('').replace('One', () => escaped(text))),
  'an author': (text) => read(rss(`<author>${escaped(text)}</author>`)),
  XHTML: (text) =>
    read(
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><content type="xhtml"><div>${text}</div></content></entry></feed>`,
    ),
  markdownHtml: (text) => markdownHtml(text, true),
  'text like Markdown': (text) => markdownHtml(`## a\n\n${text}`, false),
  parseDate,
  plainText,
  looksLikeHtml,
  isBlockMarkup: (text) => isBlockMarkup(`<div>${text}</div>`),
  cleanText,
  cleanLines,
  readJsonFeed: (text) => readJsonFeed(readJson(text), from.url),
  sanitise: (text) => sanitise(text, { base: 'https://e.example/', idPrefix: 'p' }),
  cutHtml: (text) => [100, 1_000_000_000].map((most) => cutHtml(text, most, '/a/')),
  excerpt,
  isLong,
  minutesText,
  withoutEmails,
  'an excerpt of the search': (text) =>
    excerptOf(
      text,
      Array.from(text, (_, place) => place),
    ),
  'a suggestion of the search': (text) => isNear(text, 'clock'),
  canonicalLink: (text) => canonicalLink(`https://e.example/${text}a`),
  isAtHome: (text) => {
    const address = `https://e.example/${text}a`;
    return isAtHome(address, { url: address, home: address });
  },
};

test.for(Object.entries(stages))('the time of %s grows with what it is given', { timeout: 120_000 }, ([, stage]) => {
  const found = Object.entries(shapes).map(([name, shape]) => ({ name, growth: growth(stage, shape) }));
  // The square of four is sixteen.
  expect(found.filter((each) => each.growth > 2.2 * TIMES)).toEqual([]);
});

/** Larger than the others: each step takes little time, and only many of them tell. */
const beside: Record<string, (size: number) => string> = {
  'cells of numbers within each other': again('<table><td>1'),
  'numbers of lines within each other': (size) => `${again('<i class=ln>1')(size)}<code>`,
  'headings within headings': (size) => nested('<h1 id=i><div>', '</div></h1><a href=#i>x</a>')(4 * size),
  'links within links of sources': (size) => again('<footer><b></b><a><object>')(4 * size),
  'pictures within pictures': (size) => `<noscript>${again('<picture>')(size)}`,
  'panels that are tabs': (size) => again('<p role=tabpanel class=tabs>')(20 * size),
  'attributes of an element around': (size) =>
    `<div ${counted((index) => ` a${index}`)(8 * size)}>${again('<pre>a</pre>')(8 * size)}`,
  'numbers of lines behind a long one': (size) =>
    `<div class=cnblogs_code><pre><b>1${again('<span></span>')(8 * size)}</b>${again('<span style="color:#008080">x</span>')(8 * size)}`,
  'sources of a quotation behind blanks': (size) =>
    `<blockquote>${' '.repeat(64 * size)}${again('<cite>x</cite>y')(8 * size)}`,
  'tasks behind blanks': (size) => `<li>${' '.repeat(32 * size)}${again('<input type=checkbox>')(16 * size)}`,
  'blanks in an address': (size) => again(`<img data-src="${' '.repeat(size / 10)}x">`)(4 * size),
};

test('the time of rules for what is beside, around or in an element grows with the post', { timeout: 120_000 }, () => {
  const stage = (html: string) => sanitise(html, { base: 'https://e.example/', idPrefix: 'p' });
  const found = Object.entries(beside).map(([name, shape]) => ({ name, growth: growth(stage, shape) }));
  expect(found.filter((each) => each.growth > 2.2 * TIMES)).toEqual([]);
});

test('the time of numbering authors of one slug grows with their number', () => {
  const wrote = (name: string) => ({
    entry: { feed: 'a', published: '2026-01-01T00:00:00Z', firstSeen: '2026-01-01T00:00:00Z' },
    credit: { authors: [{ name }] },
    via: [],
  });
  // Only punctuation is different.
  const names = counted((index) => `ann${index.toString(2).replaceAll('0', '!').replaceAll('1', '?')} `);
  expect(growth((text) => collectAuthors(text.split(' ').map(wrote)), names)).toBeLessThan(2.2 * TIMES);
});

test('the time of importing a list grows with its blank lines', () => {
  expect(growth((text) => readText(`title: T${text}`, ''), again('\n'))).toBeLessThan(2.2 * TIMES);
});
