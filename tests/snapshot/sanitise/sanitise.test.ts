import { describe, expect, test } from 'vitest';
import { sanitise } from '../../../scripts/snapshot/sanitise/sanitise.ts';

const BASE = 'https://ex.org/posts/one/';

const sanitised = (html: string, base: string | null = BASE) => sanitise(html, { base, idPrefix: 'e1' });

/** What is the same on every link and image, so that the sentences below tell what differs. */
const brief = (html: string) =>
  html
    .replaceAll(' rel="nofollow ugc noopener"', '')
    .replaceAll(' loading="lazy" decoding="async" referrerpolicy="no-referrer"', '');

interface Sentence {
  what: string;
  html: string;
  gives: string;
}

function sentences(about: string, list: readonly Sentence[]): void {
  describe(about, () => {
    test.for(list)('$what', ({ html, gives }) => {
      const safe = sanitised(html);
      expect(brief(safe)).toBe(gives);
      expect(sanitised(safe)).toBe(safe);
    });
  });
}

sentences('text', [
  { what: 'text is text', html: 'Hello', gives: 'Hello' },
  { what: 'nothing gives nothing', html: '', gives: '' },
  { what: 'what must be escaped is escaped', html: '1 < 2 && 3', gives: '1 &#x3C; 2 &#x26;&#x26; 3' },
  { what: 'escaped markup stays escaped', html: '&lt;b&gt;', gives: '&#x3C;b>' },
  { what: 'doubly escaped markup stays so', html: '&amp;lt;b&amp;gt;', gives: '&#x26;lt;b&#x26;gt;' },
  { what: 'lines end with a line feed', html: 'a\r\nb&#13;c', gives: 'a\nb\nc' },
  { what: 'control characters go', html: 'a\u0001b&#x1B;c', gives: 'abc' },
  { what: 'half a character is replaced', html: 'a\uD800b', gives: 'a\uFFFDb' },
  { what: 'unclosed elements are closed', html: '<p>a<b>b', gives: '<p>a<b>b</b></p>' },
  { what: 'line feeds that open code are dropped', html: '<pre>\n\n\na\n</pre>', gives: '<pre tabindex="0">a\n</pre>' },
]);

sentences('gone with their content', [
  ...'script style template noembed noframes title svg'
    .split(' ')
    .map((name) => ({ what: name, html: `a<${name}>x</${name}>b`, gives: 'ab' })),
  { what: 'embed', html: 'a<embed src=x>b', gives: 'ab' },
  { what: 'comments', html: 'a<!-- x -->b<![CDATA[x]]>c<?x?>d', gives: 'abcd' },
  { what: 'the head of a page', html: '<!doctype html><head><title>x</title><link><meta></head><body>a', gives: 'a' },
]);

sentences('blank lines', [
  { what: 'a few stay', html: 'a<br><br>b<p></p><p> </p>c', gives: 'a<br><br>b<p></p><p> </p>c' },
  { what: 'breaks without end', html: `a${'<br>'.repeat(5_000)}b`, gives: `a${'<br>'.repeat(10)}b` },
  { what: 'with space between', html: `a${'<br> \u00A0'.repeat(11)}b`, gives: `a${'<br> \u00A0'.repeat(10)} \u00A0b` },
  {
    what: 'paragraphs without words',
    html: `${'<p>&nbsp;</p>'.repeat(5_000)}a`,
    gives: `${'<p>\u00A0</p>'.repeat(10)}a`,
  },
  { what: 'rules', html: '<hr>'.repeat(99), gives: '<hr>'.repeat(10) },
  { what: 'lines of a poem stay', html: 'a<br>'.repeat(50), gives: 'a<br>'.repeat(50) },
  {
    what: 'pictures stay',
    html: '<p><img src="/x" alt=a></p>'.repeat(12),
    gives: '<p><img src="https://ex.org/x" alt="a"></p>'.repeat(12),
  },
]);

sentences('gone, their content kept', [
  { what: 'unknown elements', html: 'a<x-y>b</x-y><font color=red>c</font>', gives: 'abc' },
  { what: 'elements with odd names', html: '<b.x>a</b.x><x:b>b</x:b>', gives: 'ab' },
  { what: 'labels', html: '<label for=x>a</label>', gives: 'a' },
  ...'object applet noscript map canvas meter progress portal fencedframe'
    .split(' ')
    .map((name) => ({ what: name, html: `a<${name}>x <b>y</b></${name}>z`, gives: 'ax <b>y</b>z' })),
  ...'form fieldset legend dialog center marquee'
    .split(' ')
    .map((name) => ({ what: name, html: `a<${name}>x <b>y</b></${name}>z`, gives: 'a<div>x <b>y</b></div>z' })),
]);

sentences('controls go, their words stay', [
  { what: 'buttons', html: 'a<button>x <b>y</b></button><button>z</button>', gives: 'a x <b>y</b>  z ' },
  { what: 'choices', html: 'a<select><optgroup label=l><option>x<option>y</select>b', gives: 'a   x  y   b' },
  { what: 'lists of choices', html: '<datalist id=l><option>x</option></datalist>', gives: ' x ' },
  { what: 'results', html: 'a<output>x</output>b', gives: 'a x b' },
  { what: 'boxes to write in', html: '<textarea>a <b></textarea>', gives: '<pre tabindex="0">a &#x3C;b></pre>' },
  { what: 'examples of old', html: '<xmp>a <b></xmp>', gives: '<pre tabindex="0">a &#x3C;b></pre>' },
  {
    what: 'a whole form',
    html: '<form action=/x><fieldset><legend>Join</legend><label>Name <input name=n></label><p>All <a href="/">of it</a>.</p><button>Go</button></fieldset></form>',
    gives: '<div><div><div>Join</div>Name <p>All <a href="https://ex.org/">of it</a>.</p> Go </div></div>',
  },
  { what: 'an unclosed form', html: '<form><p>a<p>b', gives: '<div><p>a</p><p>b</p></div>' },
  { what: 'an unclosed button', html: '<button>a<p>b</p><p>c', gives: ' a<p>b</p><p>c</p> ' },
  { what: 'an unclosed object', html: '<object data=x><param name=y><p>a<p>b', gives: '<p>a</p><p>b</p>' },
  {
    what: 'a form in a table',
    html: '<table><form><tr><td>a</td></tr></form></table>',
    gives: '<table tabindex="0"><tbody><tr><td>a</td></tr></tbody></table>',
  },
  {
    what: 'a film’s fallback',
    html: '<object data="x.swf"><embed src=x><p>No Flash: <a href="/film">the film</a></p></object>',
    gives: '<p>No Flash: <a href="https://ex.org/film">the film</a></p>',
  },
  {
    what: 'what is said to who has no scripts, without its pictures',
    html: '<noscript><p>See <a href="/x">it</a> <img src="/p.png" alt=p></p></noscript>',
    gives: '<p>See <a href="https://ex.org/x">it</a> </p>',
  },
  {
    what: 'scripts in them do not',
    html: '<form>a<script>x</script><style>y</style><template>z</template></form>',
    gives: '<div>a</div>',
  },
]);

sentences('attributes', [
  { what: 'handlers go', html: '<p onclick=x onmouseover=y>a</p>', gives: '<p>a</p>' },
  { what: 'styles go', html: '<p style="color:red">a</p>', gives: '<p>a</p>' },
  { what: 'data go', html: '<p data-x=y data-pagefind-body>a</p>', gives: '<p>a</p>' },
  { what: 'classes go', html: '<p class="a b">a</p>', gives: '<p>a</p>' },
  { what: 'names go', html: '<p name=x itemprop=y>a</p>', gives: '<p>a</p>' },
  { what: 'language and direction stay', html: '<p lang=ar dir=rtl>a</p>', gives: '<p lang="ar" dir="rtl">a</p>' },
  { what: 'a language told as XML does counts', html: '<p xml:lang=de>a</p>', gives: '<p lang="de">a</p>' },
  { what: 'what is no language goes', html: '<p lang="<x>" dir=up>a</p>', gives: '<p>a</p>' },
  {
    what: 'titles are one line of text',
    html: '<abbr title=" a\n\u202E b">x</abbr>',
    gives: '<abbr title="a b">x</abbr>',
  },
]);

sentences('code', [
  {
    what: 'its language stays',
    html: '<code class="x language-c++">a</code>',
    gives: '<code class="language-c++">a</code>',
  },
  { what: 'lang-…', html: '<pre class="lang-py">a</pre>', gives: '<pre class="language-py" tabindex="0">a</pre>' },
  {
    what: 'SyntaxHighlighter',
    html: '<pre class="brush: java; x">a</pre>',
    gives: '<pre class="language-java" tabindex="0">a</pre>',
  },
  {
    what: 'Pandoc',
    html: '<pre class="sourceCode go">a</pre>',
    gives: '<pre class="language-go" tabindex="0">a</pre>',
  },
  {
    what: 'GitHub',
    html: '<div class="highlight highlight-source-rust"><pre>a</pre></div>',
    gives: '<div><pre class="language-rust" tabindex="0">a</pre></div>',
  },
  {
    what: 'Sphinx',
    html: '<div class="highlight-python notranslate"><div class="highlight"><pre>a</pre></div></div>',
    gives: '<div><div><pre class="language-python" tabindex="0">a</pre></div></div>',
  },
]);

sentences('headings', [
  { what: 'the highest becomes h5', html: '<h1>a</h1>', gives: '<h5>a</h5>' },
  { what: 'the next below becomes h6', html: '<h2>a</h2><h3>b</h3>', gives: '<h5>a</h5><h6>b</h6>' },
  { what: 'levels left out are closed up', html: '<h1>a</h1><h4>b</h4>', gives: '<h5>a</h5><h6>b</h6>' },
  { what: 'low ones are raised', html: '<h6>a</h6>', gives: '<h5>a</h5>' },
  {
    what: 'nothing goes below h6',
    html: '<h1>a</h1><h2>b</h2><h3>c</h3>',
    gives: '<h5>a</h5><h6>b</h6><h6>c</h6>',
  },
]);

sentences('what scrolls can be reached by keyboard', [
  { what: 'code', html: '<pre>a</pre>', gives: '<pre tabindex="0">a</pre>' },
  { what: 'tables', html: '<table></table>', gives: '<table tabindex="0"></table>' },
  {
    what: 'displayed mathematics',
    html: '<math display=block><mi>a</mi></math>',
    gives: '<math display="block" tabindex="0"><mi>a</mi></math>',
  },
  { what: 'not mathematics in a line', html: '<math tabindex=0><mi>a</mi></math>', gives: '<math><mi>a</mi></math>' },
  { what: 'in the order of the page', html: '<pre tabindex=5>a</pre>', gives: '<pre tabindex="0">a</pre>' },
  { what: 'nothing else', html: '<p tabindex=0>a</p>', gives: '<p>a</p>' },
]);

sentences('links', [
  { what: 'https', html: '<a href="https://x.example/a?b#c">x</a>', gives: '<a href="https://x.example/a?b#c">x</a>' },
  { what: 'http', html: '<a href="http://x.example">x</a>', gives: '<a href="http://x.example/">x</a>' },
  { what: 'mailto', html: '<a href="mailto:a@b.example">x</a>', gives: '<a href="mailto:a@b.example">x</a>' },
  { what: 'capitals', html: '<a href=" HTTPS://X.example ">x</a>', gives: '<a href="https://x.example/">x</a>' },
  { what: 'relative', html: '<a href="../two/">x</a>', gives: '<a href="https://ex.org/posts/two/">x</a>' },
  { what: 'without a scheme', html: '<a href="//x.example/">x</a>', gives: '<a href="https://x.example/">x</a>' },
  {
    what: 'credentials go',
    html: '<a href="https://u:p@x.example/">x</a>',
    gives: '<a href="https://x.example/">x</a>',
  },
  { what: 'other schemes go', html: '<a href="tel:1">x</a><a href="javascript:x">y</a>', gives: '<a>x</a><a>y</a>' },
  { what: 'scripts in disguise go', html: '<a href="java\nscript:x">x</a>', gives: '<a>x</a>' },
  { what: 'what is no address goes', html: '<a href="https://[x">x</a>', gives: '<a>x</a>' },
  { what: 'an endless address goes', html: `<a href="/${'x'.repeat(9_000)}">x</a>`, gives: '<a>x</a>' },
  {
    what: 'targets go',
    html: '<a href="/" target=_top download ping=x>x</a>',
    gives: '<a href="https://ex.org/">x</a>',
  },
  { what: 'a link that shows nothing is none', html: '<a href="/" id=x> </a>', gives: '<a id="e1-x"> </a>' },
  { what: 'permalinks of headings go', html: '<h2>a<a class="headerlink" href="#a">¶</a></h2>', gives: '<h5>a</h5>' },
  { what: 'sources of quotations', html: '<q cite="/x">a</q>', gives: '<q cite="https://ex.org/x">a</q>' },
]);

test('every link is of the same relation, whatever it said itself', () => {
  expect(sanitised('<a href="/" rel="opener me">x</a>')).toBe(
    '<a href="https://ex.org/" rel="nofollow ugc noopener">x</a>',
  );
});

sentences('jumps within the post', [
  {
    what: 'both ends are prefixed',
    html: '<a href="#x">a</a><p id=x>b</p>',
    gives: '<a href="#e1-x">a</a><p id="e1-x">b</p>',
  },
  {
    what: 'an encoded end is found',
    html: '<a href="#fn%3A1">a</a><p id="fn:1">b</p>',
    gives: '<a href="#e1-fn:1">a</a><p id="e1-fn:1">b</p>',
  },
  {
    what: 'an end in any script is found',
    html: '<a href="#é">a</a><p id="é">b</p>',
    gives: '<a href="#e1-é">a</a><p id="e1-é">b</p>',
  },
  {
    what: 'the post’s own address counts',
    html: `<a href="${BASE}#x">a</a><p id=x>b</p>`,
    gives: '<a href="#e1-x">a</a><p id="e1-x">b</p>',
  },
  {
    what: 'so does its path',
    html: '<a href="/posts/one/#x">a</a><p id=x>b</p>',
    gives: '<a href="#e1-x">a</a><p id="e1-x">b</p>',
  },
  {
    what: 'another post’s does not',
    html: '<a href="/two#x">a</a><p id=x>b</p>',
    gives: '<a href="https://ex.org/two#x">a</a><p id="e1-x">b</p>',
  },
  {
    what: 'an end that is not here is at the original',
    html: '<a href="#y">a</a>',
    gives: '<a href="https://ex.org/posts/one/#y">a</a>',
  },
  {
    what: 'old anchors are ends',
    html: '<a href="#x">a</a><a name=x>b</a>',
    gives: '<a href="#e1-x">a</a><a id="e1-x">b</a>',
  },
  { what: 'of two alike the first counts', html: '<p id=x>a</p><p id=x>b</p>', gives: '<p id="e1-x">a</p><p>b</p>' },
  { what: 'odd characters are made safe', html: '<p id="a &quot;b">a</p>', gives: '<p id="e1-a-b">a</p>' },
  {
    what: 'a prefix of our own stays one',
    html: '<p id=e1-x>a</p><a href="#e1-x">b</a>',
    gives: '<p id="e1-x">a</p><a href="#e1-x">b</a>',
  },
  {
    what: 'cells name their headers',
    html: '<table><tr><th id=h>a<td headers="h y">b</table>',
    gives: '<table tabindex="0"><tbody><tr><th id="e1-h">a</th><td headers="e1-h">b</td></tr></tbody></table>',
  },
]);

describe('without a base', () => {
  test.for([
    { what: 'relative addresses go', html: '<a href="/x">a</a><img src=x.png alt=b>', gives: '<a>a</a>b' },
    { what: 'jumps stay', html: '<a href="#x">a</a><p id=x>b</p>', gives: '<a href="#e1-x">a</a><p id="e1-x">b</p>' },
    { what: 'jumps to nowhere go', html: '<a href="#y">a</a>', gives: '<a>a</a>' },
    {
      what: 'absolute ones stay',
      html: '<a href="https://x.example/">a</a>',
      gives: '<a href="https://x.example/">a</a>',
    },
  ])('$what', ({ html, gives }) => {
    expect(brief(sanitised(html, null))).toBe(gives);
    expect(brief(sanitised(html, 'not an address'))).toBe(gives);
  });
});

sentences('images', [
  { what: 'alt is there', html: '<img src=x.png>', gives: '<img src="https://ex.org/posts/one/x.png" alt="">' },
  {
    what: 'http becomes https',
    html: '<img src=http://x.example/a alt=b>',
    gives: '<img src="https://x.example/a" alt="b">',
  },
  {
    what: 'a port of its own is left',
    html: '<img src=http://x.example:81/a>',
    gives: '<img src="http://x.example:81/a" alt="">',
  },
  {
    what: 'size is kept',
    html: '<img src=/a width=300 height="200px">',
    gives: '<img src="https://ex.org/a" alt="" width="300" height="200">',
  },
  {
    what: 'size told by style is kept',
    html: '<img src=/a style="width: 300px; height:20.5px">',
    gives: '<img src="https://ex.org/a" alt="" width="300" height="20">',
  },
  {
    what: 'size in parts of the page goes',
    html: '<img src=/a width=100%>',
    gives: '<img src="https://ex.org/a" alt="">',
  },
  { what: 'data give way to words', html: '<img src="data:image/png;base64,x" alt="a smile">', gives: 'a smile' },
  { what: 'no address, no words, no image', html: 'a<img src="x:">b<img>c', gives: 'abc' },
  {
    what: 'a lazy loader’s address is found',
    html: '<img src="data:x" data-src=/a>',
    gives: '<img src="https://ex.org/a" alt="">',
  },
  {
    what: 'its address does not win over a real one',
    html: '<img src=/a data-src=/b>',
    gives: '<img src="https://ex.org/a" alt="">',
  },
  {
    what: 'pixels go',
    html: 'a<img src=/a width=1 height=1>b<img src=/a height=0>c<img src=/a style="width:1px">d',
    gives: 'abcd',
  },
  {
    what: 'counters go',
    html: 'a<img src="http://feeds.feedburner.com/~r/x/~4/y">b<img src="//pixel.wp.com/b.gif">c<img src="https://ad.doubleclick.net/x">d',
    gives: 'abcd',
  },
  {
    what: 'their hosts’ own pictures stay',
    html: '<img src="https://feeds.feedburner.com/logo.png">',
    gives: '<img src="https://feeds.feedburner.com/logo.png" alt="">',
  },
  {
    what: 'a host that ends alike stays',
    html: '<img src="https://notpixel.wp.com.example/a">',
    gives: '<img src="https://notpixel.wp.com.example/a" alt="">',
  },
  {
    what: 'candidates',
    html: '<img src=/a srcset="/b 2x,/c.png 300w, /d">',
    gives:
      '<img src="https://ex.org/a" srcset="https://ex.org/b 2x, https://ex.org/c.png 300w, https://ex.org/d" alt="">',
  },
  {
    what: 'candidates with commas in their addresses',
    html: '<img srcset="/w_1,h_1/a 1x, /w_2,h_2/b 2x">',
    gives: '<img srcset="https://ex.org/w_1,h_1/a 1x, https://ex.org/w_2,h_2/b 2x" alt="">',
  },
  {
    what: 'bad candidates go',
    html: '<img src=/a srcset="javascript:x 1x, /b 2q, data:x 2x, /c 3x">',
    gives: '<img src="https://ex.org/a" srcset="https://ex.org/c 3x" alt="">',
  },
  {
    what: 'a source of a picture has only candidates, also where elements between the two go',
    html: '<picture><font><source src=/a,></font><img src=/b></picture>',
    gives: '<picture><source srcset="https://ex.org/a%2C"><img src="https://ex.org/b" alt=""></picture>',
  },
]);

test('images are loaded late, apart, and without telling who asks', () => {
  expect(sanitised('<img src=/a loading=eager fetchpriority=high referrerpolicy=unsafe-url crossorigin ismap>')).toBe(
    '<img src="https://ex.org/a" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer">',
  );
});

sentences('sound and film', [
  {
    what: 'controls always, autoplay never',
    html: '<video src=/a autoplay muted loop onplay=x></video>',
    gives: '<video src="https://ex.org/a" muted loop controls preload="none"></video>',
  },
  {
    what: 'what is inside stays',
    html: '<audio><source src=/a type=audio/ogg>No sound</audio>',
    gives: '<audio controls preload="none"><source src="https://ex.org/a" type="audio/ogg">No sound</audio>',
  },
  { what: 'a source elsewhere goes', html: '<p><source src=/a>x</p>', gives: '<p>x</p>' },
]);

const player = (src: string, title: string, size = 'width="560" height="315"') =>
  `<iframe src="${src}" title="${title}" ${size} loading="lazy" sandbox="allow-scripts allow-same-origin allow-popups allow-presentation" allow="fullscreen; picture-in-picture; encrypted-media" allowfullscreen referrerpolicy="strict-origin-when-cross-origin"></iframe>`;

const YOUTUBE = player('https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ', 'Video on YouTube');

sentences('frames', [
  ...[
    'https://www.youtube.com/embed/dQw4w9WgXcQ?autoplay=1&feature=oembed',
    'http://youtube.com/v/dQw4w9WgXcQ',
    '//www.youtube-nocookie.com/embed/dQw4w9WgXcQ',
    'https://youtu.be/dQw4w9WgXcQ',
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    'https://www.youtube.com/shorts/dQw4w9WgXcQ',
  ].map((src) => ({ what: src, html: `<iframe src="${src}" onload=x srcdoc=y></iframe>`, gives: YOUTUBE })),
  {
    what: 'title, size and start are kept',
    html: '<iframe src="//www.youtube.com/embed/dQw4w9WgXcQ?start=9" title="A talk" width=320 height=180></iframe>',
    gives: player('https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=9', 'A talk', 'width="320" height="180"'),
  },
  {
    what: 'Vimeo',
    html: '<iframe src="https://player.vimeo.com/video/76979871?h=8272103f6e&x=y"></iframe>',
    gives: player('https://player.vimeo.com/video/76979871?dnt=1&#x26;h=8272103f6e', 'Video on Vimeo'),
  },
  {
    what: 'others are links',
    html: '<iframe src="https://codepen.io/x/embed/y"></iframe>',
    gives: '<a href="https://codepen.io/x/embed/y">codepen.io</a>',
  },
  {
    what: 'a link says the frame’s title',
    html: '<iframe src="/x" title="A map"></iframe>',
    gives: '<a href="https://ex.org/x">A map</a>',
  },
  {
    what: 'a host that only looks alike is a link',
    html: '<iframe src="https://www.youtube.com.evil.example/embed/dQw4w9WgXcQ"></iframe>',
    gives: '<a href="https://www.youtube.com.evil.example/embed/dQw4w9WgXcQ">www.youtube.com.evil.example</a>',
  },
  {
    what: 'a player without an id is a link',
    html: '<iframe src="https://www.youtube.com/embed/videoseries?list=x"></iframe>',
    gives: '<a href="https://www.youtube.com/embed/videoseries?list=x">www.youtube.com</a>',
  },
  {
    what: 'nothing to show is nothing',
    html: 'a<iframe srcdoc="x">y</iframe>b<iframe src="javascript:x"></iframe>c',
    gives: 'abc',
  },
]);

sentences('tables', [
  {
    what: 'alignment told by style is kept',
    html: '<table><td style="text-align:center">a</table>',
    gives: '<table tabindex="0"><tbody><tr><td align="center">a</td></tr></tbody></table>',
  },
  {
    what: 'spans that would tear the page go',
    html: '<table><td colspan=99999 rowspan=x>a</table>',
    gives: '<table tabindex="0"><tbody><tr><td>a</td></tr></tbody></table>',
  },
  { what: 'a cell without a table is its text', html: '<td>a</td>', gives: 'a' },
]);

sentences('mathematics', [
  {
    what: 'stays',
    html: '<math display=block><mfrac><mi>a</mi><mn>2</mn></mfrac></math>',
    gives: '<math display="block" tabindex="0"><mfrac><mi>a</mi><mn>2</mn></mfrac></math>',
  },
  {
    what: 'HTML in it becomes words',
    html: '<math><mtext>if <b>x</b><img src=a></mtext></math>',
    gives: '<math><mtext>if x</mtext></math>',
  },
  {
    what: 'what is not of its core goes',
    html: '<math><mfenced><mi href=/x>a</mi></mfenced><maction>b</maction></math>',
    gives: '<math><mi>a</mi>b</math>',
  },
  {
    what: 'another language in it goes',
    html: '<math><semantics><mi>a</mi><annotation-xml encoding="text/html">b</annotation-xml></semantics></math>',
    gives: '<math><semantics><mi>a</mi></semantics></math>',
  },
  { what: 'its elements outside of it are words', html: '<mi>a</mi>', gives: 'a' },
  {
    what: 'KaTeX’s second copy goes',
    html: '<span><math><mi>a</mi></math></span><span class="katex-html" aria-hidden=true>a</span>',
    gives: '<span><math><mi>a</mi></math></span>',
  },
]);

sentences('elements out of use, or of another page', [
  { what: 'center', html: '<center>a</center>', gives: '<div>a</div>' },
  { what: 'tt and strike', html: '<tt>a</tt><strike>b</strike>', gives: '<code>a</code><s>b</s>' },
  { what: 'acronym', html: '<acronym title=x>a</acronym>', gives: '<abbr title="x">a</abbr>' },
  { what: 'main and nav', html: '<main>a</main><nav>b</nav>', gives: '<div>a</div><div>b</div>' },
  { what: 'plaintext', html: '<plaintext><b>', gives: '<pre tabindex="0">&#x3C;b></pre>' },
  {
    what: 'boxes of a task list',
    html: '<li><input type=checkbox checked>a<li><input type=checkbox>b',
    gives: '<li>☑ a</li><li>☐ b</li>',
  },
]);

sentences('markup that moves when it is read again', [
  {
    what: 'a link in a link',
    html: '<a href=/1>a<table><a href=/2>b',
    gives: '<a href="https://ex.org/1">a</a><a href="https://ex.org/2">b</a><table tabindex="0"></table>',
  },
  {
    what: 'a paragraph that a dropped element let in',
    html: '<p>a<marquee><p>b',
    gives: '<p>a</p><div><p>b</p></div><p></p>',
  },
]);

test('for a look at a feed, pictures and links are as the feed has them, and still safe', () => {
  const html =
    '<p><img src="http://a.example/1.gif" width="1" height="1" onerror="x()"><a href="http://a.example/"></a><script>x()</script></p>';
  const look = sanitise(html, { base: null, idPrefix: 'x', asGiven: true });
  expect(look).toBe(
    '<p><img src="http://a.example/1.gif" width="1" height="1"><a href="http://a.example/" rel="nofollow ugc noopener"></a></p>',
  );
  expect(sanitise(html, { base: null, idPrefix: 'x' })).toBe('<p><a></a></p>');
});
