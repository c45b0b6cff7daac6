import { parseFragment, serialize } from 'parse5';
import { expect, test } from 'vitest';
import { sanitise } from '../../scripts/snapshot/sanitise/sanitise.ts';
import { forbiddenMarkup } from '../../src/core/body-check.ts';
import { accessibleText, liftHeadings, withCover, withoutTitle, withStills } from '../../src/core/printed-body.ts';
import { rows } from '../lib/case-table.ts';

const safe = (html: string) => sanitise(html, { base: 'https://a.example/', idPrefix: 'a' });
const shown = (html: string) => accessibleText(safe(html));
const picture = '<img src="https://a.example/1.png">';

test.for(rows`
  has the name of the site to which it leads | <a href="https://www.b.example/2">${picture}</a> | b.example
  keeps the words beside it | <a href="https://b.example/2">${picture} Two</a> | ${''}
  keeps its own words | <a href="https://b.example/2"><img src="/1.png" alt="Two"></a> | Two
  has one name for two | <a href="https://b.example/2">${picture}${picture}</a> | b.example
  is named by another picture beside it | <a href="https://b.example/2">${picture}<img src="/1.png" alt="Two"></a> | Two
  says nothing outside of links | <p><a href="https://b.example/2">b</a> ${picture}</p> | ${''}
`)('a picture without words in a link %s', ([, html, alt]) => {
  expect(/ alt="([^"]+)"/.exec(shown(html))?.[1] ?? '').toBe(alt);
  expect(forbiddenMarkup(shown(html))).toBeNull();
});

test('blank paragraphs between all others are not shown, and of a few there is one at a time', () => {
  const words = (count: number) => '<p>Words</p>'.repeat(count);
  const blank = '<p>&nbsp;</p><p><br></p>';
  expect(shown(`${blank}<p>One</p>${blank}<p>Two</p>`).replace(/\n/g, '')).toBe('<p>One</p><p>Two</p>');
  const couplets = `${words(2)}${blank}`.repeat(4);
  expect(shown(couplets).match(/&nbsp;/g)).toHaveLength(4);
  expect(shown(words(3) + blank + words(4)).replace(/\n/g, '')).toBe(`${words(3)}<p>&nbsp;</p>${words(4)}`);
  // A browser shows no line for these.
  expect(shown(`${words(3)}<p></p><p> <img src="/1.gif" width="1"></p>${words(4)}`)).toBe(words(7));
});

test('a wide formula scrolls in an element around it', () => {
  const html = '<p>So</p><math alttext="a > b" display="block"><mi>a</mi></math><p><math><mi>b</mi></math></p>';
  expect(shown(html)).toContain(
    '<span class="wide-math" tabindex="0"><math alttext="a > b" display="block"><mi>a</mi></math></span>',
  );
  expect(shown(html).match(/tabindex/g)).toHaveLength(1);
});

test.for([
  ['<ol start="2019"><li>a</li></ol>', '<ol class="far" start="2019"><li>a</li></ol>'],
  ['<ol reversed type="1" start="-100"><li>a</li></ol>', 'class="far"'],
  ['<ol start="98"><li>a</li><li>b</li><li>c</li></ol>', 'class="far"'],
  ['<ol start="20"><li>2019</li></ol>', '<ol start="20">'],
])('a list has room for its numbers: %s', ([html = '', printed]) => {
  expect(shown(html)).toContain(printed);
  expect(forbiddenMarkup(safe(html))).toBeNull();
});

test('no browser translates lines of code, only what stands around them', () => {
  expect(shown('<pre><code class="language-js">var a</code></pre><pre>A poem</pre><p><code>b</code></p>')).toBe(
    '<pre tabindex="0"><code translate="no" class="language-js">var a</code></pre><pre tabindex="0">A poem</pre><p><code>b</code></p>',
  );
});

test.for([
  '<p title="<ol start=" lang="100">a</p><p title="<ol a=" lang=" start=" dir="100">b</p>',
  '<pre title="<math" lang="en">a</pre><p title="</math>">b</p>',
  '<pre title="><code a=" lang="en">a</pre><p title="<pre a=" lang=" tabindex=" dir="rtl">b <code>c</code></p>',
  '<p title="<a href=" lang="https:">c</p><img src="/1.png" title="</a>"><a href="https://b.example/">d</a>',
  '<p title="<math x=" lang=" tabindex=">e</p><pre title="</math>">f</pre>',
])('what looks like a tag in an attribute stays as it is: %s', (html) => {
  expect(shown(html)).toBe(safe(html));
});

test.for(rows`
    as a heading | <h1>Tea &amp; <em>milk</em></h1><h2>One</h2><p>a</p> | <h5>One</h5><p>a</p>
    as a heading in a box, with another mark | <div><h2 id=x>Tea, milk!</h2><p>a</p><h2>Two</h2></div> | <div><p>a</p><h5>Two</h5></div>
    as all of the text | <p>Tea & milk</p> | ${''}
    in a longer text | <p>Tea & milk, twice</p> | <p>Tea &#x26; milk, twice</p>
    in a longer heading | <h1>Tea & milk, twice</h1><p>a</p> | <h5>Tea &#x26; milk, twice</h5><p>a</p>
    behind the beginning | <p>a</p><h1>Tea & milk</h1> | <p>a</p><h5>Tea &#x26; milk</h5>
    as a link | <h1><a href="/b">Tea & milk</a></h1> | <h5><a href="https://a.example/b" rel="nofollow ugc noopener">Tea &#x26; milk</a></h5>
    as a heading in a box, and nothing else | <div><h2>Tea & milk</h2></div> | ${''}
    in the lines of a poem | <p>Tea<br>& milk</p> | <p>Tea<br>&#x26; milk</p>
    in other letters | <h1>Tea̋ & milk</h1><p>a</p> | <h5>Tea̋ &#x26; milk</h5><p>a</p>
    around the place to which another leads | <h1><b id=x>Tea</b> & milk</h1><a href="#x">up</a> | <h5><b id="a-x">Tea</b> &#x26; milk</h5><a href="#a-x" rel="nofollow ugc noopener">up</a>
    as the place to which another leads | <h1 id=x>Tea & milk</h1><p><a href="#x">up</a></p> | <h5 id="a-x">Tea &#x26; milk</h5><p><a href="#a-x" rel="nofollow ugc noopener">up</a></p>
`)('the title of a post is not shown again %s', ([, html, gives]) => {
  expect(withoutTitle(safe(html), 'Tea & milk')).toBe(gives);
  expect(withoutTitle(safe(html), '…')).toBe(safe(html));
  expect(forbiddenMarkup(withoutTitle(safe(html), 'Tea & milk'))).toBeNull();
});

test('a title is the same with accents of their own', () => {
  expect(withoutTitle(safe('<h1>Cafe\u0301</h1><p>a</p>'), 'Café')).toBe('<p>a</p>');
});

test.for([
  ['<h5>One</h5><p>a</p><h6 dir="auto">Two</h6>', '<h2>One</h2><p>a</p><h3 dir="auto">Two</h3>'],
  ['<hr><p>h5 &#x3C;h5></p>', '<hr><p>h5 &#x3C;h5></p>'],
])('headings of a post follow the title of its page: %j', ([html = '', lifted]) => {
  expect(liftHeadings(html)).toBe(lifted);
});

const film = (id: string, title = '') =>
  `<iframe src="https://www.youtube.com/embed/${id}" title="${title}" width="400" height="300"></iframe>`;

test('a player waits behind a link to its film; the first link has the still picture', () => {
  const body = safe(`<p>One</p>${film('abcdefghijk')}<p>Two</p>${film('lmnopqrstuv')}`);
  const shown = withStills(body, { url: 'http://i.example/1.jpg?a&b', width: 480, height: 360 });
  const links = [...shown.matchAll(/<a class="still" href="([^"]*)"[^>]*>(.*?)<\/a><template><iframe /g)];
  const isStill = (content = '') => content.includes('src="https://i.example/1.jpg?a&amp;b"');
  expect(links.map(([, href, content]) => [href, isStill(content)])).toEqual([
    ['https://www.youtube.com/watch?v=abcdefghijk', true],
    ['https://www.youtube.com/watch?v=lmnopqrstuv', false],
  ]);
  // Nothing is loaded from within a template, and nothing stands outside of one.
  expect(shown.replace(/<template>.*?<\/template>/g, '')).not.toContain('<iframe');
  expect(shown.replace(/<a class="still".*?<\/a><template>(.*?)<\/template>/g, '$1')).toBe(body);
});

test.for([
  '&lt;img src=x onerror=alert(1)&gt;',
  '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;',
  'A &amp;lt; B',
  '&lt;/span&gt;&lt;/a&gt;',
])('a title of %s is text', (title) => {
  const body = safe(film('abcdefghijk', title));
  const shown = withStills(body, undefined);
  const [, said = ''] = /<span>(.*)<\/span><\/a><template>/.exec(shown) ?? [];
  expect(said).not.toContain('<');
  const [text] = parseFragment(said).childNodes;
  const [frame] = parseFragment(body).childNodes;
  const attributes = frame !== undefined && 'attrs' in frame ? frame.attrs : [];
  expect(text !== undefined && 'value' in text ? text.value : '').toBe(
    attributes.find(({ name }) => name === 'title')?.value,
  );
  // As it is printed, so is it read.
  expect(serialize(parseFragment(shown))).toContain('<a class="still"');
});

test('what looks like a player at the end of an attribute is none, and the player behind it is one', () => {
  const body = safe(`<p title="<iframe src=">${film('abcdefghijk')}</p>`);
  expect(body).toContain('title="<iframe src="><iframe src="https:');
  expect(withStills(body, undefined)).toContain(
    '<p title="<iframe src="><a class="still" href="https://www.youtube.com/',
  );
});

const img = '<img src="https://a.example/1.png" alt="">';
test.for([
  [`<p>${img}</p><p>One</p>`, true],
  [`<figure><a href="https://a.example/">${img}</a><figcaption>One</figcaption></figure>`, true],
  [`${img}One`, true],
  [`<p>By the map ${img}, which is</p>`, false],
  [`<p>One</p><p>${img}</p>`, false],
  [`<p><a href="https://a.example/">${img}</a> <a href="https://a.example/">${img}</a></p>`, false],
  [`<p>${img}${img}</p>`, false],
  ['<p title="><img src=x onclick=alert(1) a=">One</p>', false],
  [`<p title="x>">${img}</p>`, true],
  [`<p>${img.replace('""', '"a > b"')}${img}</p>`, false],
] as const)('a fold shows the picture small with which %s begins: %s', ([html, isCover]) =>
  expect(withCover(safe(html)).match(/<img class="cover"/g) ?? []).toHaveLength(isCover ? 1 : 0),
);

test('a body without a film is what it was', () => {
  const body = safe('<p>One &lt;iframe src="https://www.youtube.com/embed/abcdefghijk"&gt;&lt;/iframe&gt;</p>');
  expect(withStills(body, { url: 'https://i.example/1.jpg' })).toBe(body);
});
