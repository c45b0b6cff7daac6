import { expect, test } from 'vitest';
import { sanitise } from '../../../scripts/snapshot/sanitise/sanitise.ts';
import { type Row, rows } from '../../lib/case-table.ts';

const BASE = 'https://ex.org/posts/one/';

const sanitised = (html: string, base: string | null = BASE) => sanitise(html, { base, idPrefix: 'e1' });

/** What is the same on every link and image, so that the sentences below tell what differs. */
const brief = (html: string) =>
  html
    .replaceAll(' rel="nofollow ugc noopener"', '')
    .replaceAll(' loading="lazy" decoding="async" referrerpolicy="no-referrer"', '');

/** A test of each row of a table, and of rows that are made. */
const sentences =
  (about: string, made: readonly Row[] = []) =>
  (...table: Parameters<typeof rows>) =>
    test.for([...made, ...rows(...table)])(`${about}: %s`, ([, html, gives]) => {
      const safe = sanitised(html);
      expect(brief(safe)).toBe(gives);
      expect(sanitised(safe)).toBe(safe);
    });

sentences('text')`
  text is text | Hello | Hello
  nothing gives nothing | ${''} | ${''}
  what must be escaped is escaped | 1 < 2 && 3 | 1 &#x3C; 2 &#x26;&#x26; 3
  escaped markup stays escaped | &lt;b&gt; | &#x3C;b>
  doubly escaped markup stays so | &amp;lt;b&amp;gt; | &#x26;lt;b&#x26;gt;
  lines end with a line feed | ${'a\r\nb&#13;c'} | ${'a\nb\nc'}
  control characters go | ${'a\u0001b&#x1B;c'} | abc
  half a character is removed | ${'a\uD800b'} | ab
  unclosed elements are closed | <p>a<b>b | <p>a<b>b</b></p>
  a frame that is closed as in XML ends | <p>a</p><iframe src="https://f.ex/"/><p>b</p><iframe src="https://g.ex/"></iframe>c | <p>a</p><a href="https://f.ex/">f.ex</a><p>b</p><a href="https://g.ex/">g.ex</a>c
  as do other elements | <p>a <i class="icon"/>b <a name="c"/>c</p><script src="x"/><style/><title/><template/><details/><video src="v"/>d | <p>a <i></i>b <a id="e1-c"></a>c</p><details></details><video src="https://ex.org/posts/one/v" controls preload="none"></video>d
  as do those that are replaced | <amp-img src="/a.png"/>b<oembed url="https://f.ex/"/>c<asciinema-player src="/d.cast"/><p>e</p><lite-vimeo/>f | <img src="https://ex.org/a.png" alt="">b<a href="https://f.ex/">f.ex</a>c<a href="https://ex.org/d.cast">ex.org</a><p>e</p>f
  but not with an end tag, nor by the slash of an address | <a href="b" />b</a><a href=c/>c</a><script/>x</script>d | <a href="https://ex.org/posts/one/b">b</a><a href="https://ex.org/posts/one/c/">c</a>d
  nor in drawings, formulas and examples | <math><mspace/><mi>a</mi></math><svg><title/></svg><!-- <b/> --><img src=x alt="<i/>">b<br/>c<p/>d | <math><mspace></mspace><mi>a</mi></math><img src="https://ex.org/posts/one/x" alt="<i/>">b<br>c<p>d</p>
  blank lines that open code are dropped | ${'<pre> \n\t\n  a\n</pre><pre><code>\n\n  b\n</code></pre>'} | ${'<pre tabindex="0">  a\n</pre><pre tabindex="0"><code>  b\n</code></pre>'}
  layout around code goes | ${'<pre>\n      <code>a\n  b</code>\n    </pre><pre>  <code>  c</code></pre>'} | ${'<pre tabindex="0"><code>a\n  b</code></pre><pre tabindex="0"><code>  c</code></pre>'}
  but not between two of them, nor beside words | ${'<pre>  <code>a</code>\n  <code>b</code>\n</pre><pre>$ <code>c</code>\n d</pre>'} | ${'<pre tabindex="0">  <code>a</code>\n  <code>b</code>\n</pre><pre tabindex="0">$ <code>c</code>\n d</pre>'}
  line feeds that open code are dropped | ${'<pre>\n\n\na\n</pre>'} | ${'<pre tabindex="0">a\n</pre>'}
`;

const without = 'script style template noembed noframes title svg'.split(' ');
sentences(
  'gone with their content',
  without.map((name) => [name, `a<${name}>x</${name}>b`, 'ab']),
)`
  embed | a<embed>b<embed src=x.swf>c<embed src=x type=application/x-shockwave-flash>d | abcd
  comments | a<!-- x -->b<![CDATA[x]]>c<?x?>d | abcd
  the head of a page | <!doctype html><head><title>x</title><link><meta></head><body>a | a
`;

sentences('blank lines')`
  a few stay | a<br><br>b<p></p><p> </p>c | a<br><br>b<p></p><p> </p>c
  breaks without end | a${'<br>'.repeat(5_000)}b | a${'<br>'.repeat(10)}b
  with space between | ${`a${'<br> \u00A0'.repeat(11)}b`} | ${`a${'<br> \u00A0'.repeat(10)} \u00A0b`}
  paragraphs without words | ${'<p>&nbsp;</p>'.repeat(5_000)}a | ${`${'<p>\u00A0</p>'.repeat(10)}a`}
  rules | ${'<hr>'.repeat(99)} | ${'<hr>'.repeat(10)}
  lines of a poem stay | ${'a<br>'.repeat(50)} | ${'a<br>'.repeat(50)}
  pictures stay | ${'<p><img src="/x" alt=a></p>'.repeat(12)} | ${'<p><img src="https://ex.org/x" alt="a"></p>'.repeat(12)}
`;

const inLine = 'object applet noscript map canvas meter progress portal fencedframe'.split(' ');
const inBlocks = 'form fieldset legend dialog center marquee'.split(' ');
sentences('gone, their content kept', [
  ...inLine.map((name): Row => [name, `a<${name}>x <b>y</b></${name}>z`, 'ax <b>y</b>z']),
  ...inBlocks.map((name): Row => [name, `a<${name}>x <b>y</b></${name}>z`, 'a<div>x <b>y</b></div>z']),
])`
  unknown elements | a<x-y>b</x-y><font color=red>c</font> | abc
  elements with odd names | <b.x>a</b.x><x:b>b</x:b> | ab
  labels | <label for=x>a</label> | a
`;

sentences('controls go, their words stay')`
  buttons | a<button>x <b>y</b></button><button>z</button> | ${'a x <b>y</b>  z '}
  choices | a<select><optgroup label=l><option>x<option>y</select>b | a   x  y   b
  lists of choices | <datalist id=l><option>x</option></datalist> | ${' x '}
  results | a<output>x</output>b | a x b
  boxes to write in | <textarea>a <b></textarea> | <pre tabindex="0">a &#x3C;b></pre>
  examples of old | <xmp>a <b></xmp> | <pre tabindex="0">a &#x3C;b></pre>
  labels of tabs | <input type=radio><label>C</label><input type=radio><label>C++</label><div><label>a</label><label>b</label></div> | C C++<div>a b</div>
  a whole form | <form action=/x><fieldset><legend>Join</legend><label>Name <input name=n></label><p>All <a href="/">of it</a>.</p><button>Go</button></fieldset></form> | <div><div><div>Join</div>Name <p>All <a href="https://ex.org/">of it</a>.</p> Go </div></div>
  a tag that is a word | <p>a <title> <i>b</i> <template> c <noframes></p><p>d <iframe>, <textarea> and <title>e</title></p> | <p>a &#x3C;title> <i>b</i> &#x3C;template> c &#x3C;noframes></p><p>d &#x3C;iframe>, &#x3C;textarea> and </p>
  an unclosed form | <form><p>a<p>b | <div><p>a</p><p>b</p></div>
  an unclosed button | <button>a<p>b</p><p>c | ${' a<p>b</p><p>c</p> '}
  an unclosed object | <object data=x><param name=y><p>a<p>b | <p>a</p><p>b</p>
  a form in a table | <table><form><tr><td>a</td></tr></form></table> | <table tabindex="0"><tbody><tr><td>a</td></tr></tbody></table>
  a film’s fallback | <object data="x.swf"><embed src=x.swf><p>No Flash: <a href="/film">the film</a></p></object> | <p>No Flash: <a href="https://ex.org/film">the film</a></p>
  what is said to who has no scripts, without its pictures | <noscript><p>See <a href="/x">it</a> <img src="/p.png" alt=p></p></noscript> | <p>See <a href="https://ex.org/x">it</a> </p>
  scripts in them do not | <form>a<script>x</script><style>y</style><template>z</template></form> | <div>a</div>
`;

sentences('attributes')`
  handlers go | <p onclick=x onmouseover=y>a</p> | <p>a</p>
  classes go | <p class="a b">a</p> | <p>a</p>
  an element that says nothing more goes | <p><span class=a>a<span lang="<x>">b</span></span><span id=c>c</span></p> | <p>ab<span id="e1-c">c</span></p>
  language and direction stay | <p lang=ar dir=rtl>a</p> | <p lang="ar" dir="rtl">a</p>
  a language told as XML does counts | <p xml:lang=de>a</p> | <p lang="de">a</p>
  a direction by style is one | <p style="text-align: right; direction: RTL">a <b style="direction:rtl">b</b></p><p style="direction:inherit">c</p><div dir=ltr style="direction:rtl">d</div> | <p dir="rtl">a <b>b</b></p><p>c</p><div dir="ltr">d</div>
  what is no language goes | <p lang="<x>" dir=up>a</p> | <p>a</p>
  titles are one line of text | ${'<abbr title=" a\n\u202E b">x</abbr>'} | <abbr title="a b">x</abbr>
`;

sentences('code')`
  its language stays | <code class="x language-c++">a</code> | <code class="language-c++">a</code>
  lang-… | <pre class="lang-py">a</pre> | <pre class="language-py" tabindex="0">a</pre>
  SyntaxHighlighter | <pre class="brush: java; x">a</pre> | <pre class="language-java" tabindex="0">a</pre>
  Pandoc | <pre class="sourceCode go">a</pre> | <pre class="language-go" tabindex="0">a</pre>
  GitHub | <div class="highlight highlight-source-rust"><pre>a</pre></div> | <div><pre class="language-rust" tabindex="0">a</pre></div>
  Sphinx | <div class="highlight-python notranslate"><div class="highlight"><pre>a</pre></div></div> | <div><div><pre class="language-python" tabindex="0">a</pre></div></div>
`;

sentences('headings')`
  the highest becomes h5 | <h1>a</h1> | <h5>a</h5>
  the next below becomes h6 | <h2>a</h2><h3>b</h3> | <h5>a</h5><h6>b</h6>
  levels left out are closed up | <h1>a</h1><h4>b</h4> | <h5>a</h5><h6>b</h6>
  low ones are raised | <h6>a</h6> | <h5>a</h5>
  nothing goes below h6 | <h1>a</h1><h2>b</h2><h3>c</h3> | <h5>a</h5><h6>b</h6><h6>c</h6>
`;

sentences('what scrolls can be reached by keyboard')`
  code | <pre>a</pre> | <pre tabindex="0">a</pre>
  tables | <table></table> | <table tabindex="0"></table>
  displayed mathematics | <math display=block><mi>a</mi></math> | <math display="block" tabindex="0"><mi>a</mi></math>
  not mathematics in a line | <math tabindex=0><mi>a</mi></math> | <math><mi>a</mi></math>
  in the order of the page | <pre tabindex=5>a</pre> | <pre tabindex="0">a</pre>
`;

sentences('links')`
  https | <a href="https://x.example/a?b#c">x</a> | <a href="https://x.example/a?b#c">x</a>
  http | <a href="http://x.example">x</a> | <a href="http://x.example/">x</a>
  mailto | <a href="mailto:a@b.example">x</a> | <a href="mailto:a@b.example">x</a>
  pasted behind a scheme | <a href="http://https://x.example">x</a><a href="https://a.example/http://x.example">y</a><img src="http://http://x.example/a"> | <a href="https://x.example/">x</a><a href="https://a.example/http://x.example">y</a><img src="https://x.example/a" alt="">
  capitals | <a href=" HTTPS://X.example ">x</a> | <a href="https://x.example/">x</a>
  relative | <a href="../two/">x</a> | <a href="https://ex.org/posts/two/">x</a>
  without a scheme | <a href="//x.example/">x</a> | <a href="https://x.example/">x</a>
  credentials go | <a href="https://u:p@x.example/">x</a> | <a href="https://x.example/">x</a>
  other schemes go | <a href="tel:1">x</a><a href="javascript:x">y</a> | <a>x</a><a>y</a>
  what is no address goes | <a href="https://[x">x</a> | <a>x</a>
  an endless address goes | <a href="/${'x'.repeat(9_000)}">x</a> | <a>x</a>
  a link that shows nothing is none | <a href="/" id=x> </a> | <a id="e1-x"> </a>
  permalinks of headings go | <h2>a<a class="headerlink" href="#a">¶</a></h2> | <h5>a</h5>
  but not other elements of their class | <h2 class="headerlink">a</h2><div class="headerlink">b</div> | <h5>a</h5><div>b</div>
  sources of quotations | <q cite="/x">a</q> | <q cite="https://ex.org/x">a</q>
`;

test('every link is of the same relation, whatever it said itself', () => {
  expect(sanitised('<a href="/" rel="opener me">x</a>')).toBe(
    '<a href="https://ex.org/" rel="nofollow ugc noopener">x</a>',
  );
});

sentences('jumps within the post')`
  both ends are prefixed | <a href="#x">a</a><p id=x>b</p> | <a href="#e1-x">a</a><p id="e1-x">b</p>
  an encoded end is found | <a href="#fn%3A1">a</a><p id="fn:1">b</p> | <a href="#e1-fn:1">a</a><p id="e1-fn:1">b</p>
  an end in any script is found | <a href="#é">a</a><p id="é">b</p> | <a href="#e1-é">a</a><p id="e1-é">b</p>
  the post’s own address counts in other forms | <a href="http://www.ex.org/posts/one#x">a</a><a href="https://ex.org/posts/one/?utm_source=rss#x">b</a><p id=x>c</p> | <a href="#e1-x">a</a><a href="#e1-x">b</a><p id="e1-x">c</p>
  the address of another page does not | <a href="https://ex.org/posts/#x">a</a><a href="https://ex.org/posts/one/?p=2#x">b</a><a href="https://b.ex.org/posts/one/#x">c</a><p id=x>d</p> | <a href="https://ex.org/posts/#x">a</a><a href="https://ex.org/posts/one/?p=2#x">b</a><a href="https://b.ex.org/posts/one/#x">c</a><p id="e1-x">d</p>
  the front page counts for notes, as ikiwiki writes them, and no other page | <a href="https://ex.org/#fn:1">1</a><a href="https://ex.org/#x">2</a><a href="https://ex.org/a/#fn:1">3</a><a href="https://b.example/#fn:1">4</a><p id="fn:1">n</p><p id=x>m</p> | <a href="#e1-fn:1">1</a><a href="https://ex.org/#x">2</a><a href="https://ex.org/a/#fn:1">3</a><a href="https://b.example/#fn:1">4</a><p id="e1-fn:1">n</p><p id="e1-x">m</p>
  the post’s own address counts | <a href="${BASE}#x">a</a><p id=x>b</p> | <a href="#e1-x">a</a><p id="e1-x">b</p>
  so does its path | <a href="/posts/one/#x">a</a><p id=x>b</p> | <a href="#e1-x">a</a><p id="e1-x">b</p>
  another post’s does not | <a href="/two#x">a</a><p id=x>b</p> | <a href="https://ex.org/two#x">a</a><p id="e1-x">b</p>
  an end that is not here is at the original | <a href="#y">a</a> | <a href="https://ex.org/posts/one/#y">a</a>
  old anchors are ends | <a href="#x">a</a><a name=x>b</a> | <a href="#e1-x">a</a><a id="e1-x">b</a>
  of two alike the first counts | <p id=x>a</p><p id=x>b</p> | <p id="e1-x">a</p><p>b</p>
  odd characters are made safe | <p id="a &quot;b">a</p> | <p id="e1-a-b">a</p>
  a prefix of our own stays one | <p id=e1-x>a</p><a href="#e1-x">b</a> | <p id="e1-x">a</p><a href="#e1-x">b</a>
  cells name their headers | <table><tr><th id=h>a<td headers="h y">b</table> | <table tabindex="0"><tbody><tr><th id="e1-h">a</th><td headers="e1-h">b</td></tr></tbody></table>
`;

test.for(rows`
  relative addresses go | <a href="/x">a</a><img src=x.png alt=b> | <a>a</a>b
  jumps stay | <a href="#x">a</a><p id=x>b</p> | <a href="#e1-x">a</a><p id="e1-x">b</p>
  jumps to nowhere go | <a href="#y">a</a> | <a>a</a>
  absolute ones stay | <a href="https://x.example/">a</a> | <a href="https://x.example/">a</a>
`)('without a base, %s', ([, html, gives]) => {
  expect(brief(sanitised(html, null))).toBe(gives);
  expect(brief(sanitised(html, 'not an address'))).toBe(gives);
});

const DATA = 'x'.repeat(4_000);

sentences('images')`
  alt is there | <img src=x.png> | <img src="https://ex.org/posts/one/x.png" alt="">
  http becomes https | <img src=http://x.example/a alt=b> | <img src="https://x.example/a" alt="b">
  a port of its own is left | <img src=http://x.example:81/a> | <img src="http://x.example:81/a" alt="">
  size is kept | <img src=/a width=300 height="200px"> | <img src="https://ex.org/a" alt="" width="300" height="200">
  size told by style is kept | <img src=/a style="width: 300px; height:20.5px"> | <img src="https://ex.org/a" alt="" width="300" height="20">
  size in letters is kept | a<img src=/a style="height:1.5em">b<img src=/b style="width:40em"> | a<img src="https://ex.org/a" alt="" height="24">b<img src="https://ex.org/b" alt="">
  size that Squarespace and Ghost keep | <img src=/a data-image-dimensions="2500x1667"> | <img src="https://ex.org/a" alt="" width="2500" height="1667">
  not beside a written one | <img src="/a" data-image-dimensions="2500x1667" width=300> | <img src="https://ex.org/a" alt="" width="300">
  size in parts of the page goes | <img src=/a width=100%> | <img src="https://ex.org/a" alt="">
  data give way to words | <img src="data:image/png;base64,x" alt="a smile"> | a smile
  plots in data are named | <img src="data:image/png;base64,${DATA}" alt="A  plot">b<img src="data:image/png;base64,${DATA}" alt="No description has been provided for this image"> | [picture: A plot]b[picture]
  previews in data are not | a<img src="data:image/png;base64,${DATA}" data-src=/a><img src="data:image/png;base64,${DATA}" aria-hidden=true>b<img src="data:image/png;base64,x"> | a<img src="https://ex.org/a" alt="">b
  nor where they are hidden | a<img src="data:image/png;base64,${DATA}" style="display: none"><img src="data:image/png;base64,${DATA}" hidden>b | ab
  nor in a picture with others | <picture><source srcset="/a"><img src="data:image/png;base64,${DATA}" alt=A></picture> | <picture><source srcset="https://ex.org/a"><img src="https://ex.org/a" alt="A"></picture>
  words in a picture on two lines are one | <picture><source srcset="/a">${'b\nc'}</picture> | <picture><source srcset="https://ex.org/a"><img src="https://ex.org/a" alt="b c"></picture>
  words in a picture without one are its name | <picture><source srcset="/a">b <p></picture> | <picture><source srcset="https://ex.org/a"><p></p><img src="https://ex.org/a" alt="b"></picture>
  no address, no words, no image | a<img src="x:">b<img>c | abc
  one named like a placeholder’s is in noscript | <figure><img src="data:x" data-lazy-src="/pixel-7-review.jpg"><noscript><img src="/pixel-7-review.jpg"></noscript></figure> | <figure><img src="https://ex.org/pixel-7-review.jpg" alt=""></figure>
  one in an attribute of no loader that we know is in noscript | <p><img src="data:x" data-img="/photo/1"><noscript><img src="/photo/1"></noscript></p> | <p><img src="https://ex.org/photo/1" alt=""></p>
  not that for an error, a missing picture or a phone, nor a flag | <img class="lazyload" src="/r" data-error-src="/404.png"><img class="lazy" src="/x" data-fallback-src="/no.png" data-src="/r"><img class="lazy" src="data:x" data-mobile-src="/m.jpg" data-src="/r"><img src="data:x" data-lazy="true" data-src="/r"> | <img src="https://ex.org/r" alt=""><img src="https://ex.org/r" alt=""><img src="https://ex.org/r" alt=""><img src="https://ex.org/r" alt="">
  not that for an error, nor a number, in an attribute of no loader that we know | <img src="data:x" data-error-img="/404.png" data-img="/r.png"><img src="data:x" data-real="1" data-original="1"> | <img src="https://ex.org/r.png" alt="">
  pixels go | a<img src=/a width=1 height=1>b<img src=/a height=0>c<img src=/a style="width:1px">d | abcd
  a picture of Next.js that is as wide as the column stays | <img src=/a width=0 height=0 sizes=100vw style="width:100%;height:auto"> | <img src="https://ex.org/a" alt="" sizes="100vw">
  counters go | a<img src="http://feeds.feedburner.com/~r/x/~4/y">b<img src="//pixel.wp.com/b.gif">c<img src="https://ad.doubleclick.net/x">d | abcd
  those of other hosts, too | a<img src="https://feedproxy.google.com/~ff/x"><img src="https://feeds.wordpress.com/1.0/x"><img src="https://www.facebook.com/plugins/share_button.php"><img src="https://platform.twitter.com/widgets/tweet_button.html"><img src="https://blogger.googleusercontent.com/tracker/1"><img src="https://track.hubspot.com/__ptq.gif"><img src="https://x.list-manage.com/track/open"><img src="https://www.assoc-amazon.com/e/ir">b | ab
  as do frames of counters, advertisements and buttons | a<iframe src="https://www.googletagmanager.com/ns.html?id=x"></iframe>b<iframe src="//rcm-fe.amazon-adsystem.com/e/cm?asins=x"></iframe>c<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>d | abcd
  those whose name the software did not know are words | a<img src="/undefined" alt=b><img src="https://ex.org/[object Object]">c | abc
  their hosts’ own pictures stay | <img src="https://feeds.feedburner.com/logo.png"> | <img src="https://feeds.feedburner.com/logo.png" alt="">
  a host that ends alike stays | <img src="https://notpixel.wp.com.example/a"> | <img src="https://notpixel.wp.com.example/a" alt="">
  candidates | <img src=/a srcset="/b 2x,/c.png 300w, /d"> | <img src="https://ex.org/a" srcset="https://ex.org/b 2x, https://ex.org/c.png 300w, https://ex.org/d" alt="">
  not those of a smaller, blurred or dark picture | <img src=/a srcset="/b 2x" data-thumb-srcset="/t 100w"><img src=/a srcset="/b 2x" data-dark-srcset="/d 2x"><img src=/a srcset="/c 1x" data-placeholder-srcset="/p 20w" data-srcset="/b 2x"> | ${'<img src="https://ex.org/a" srcset="https://ex.org/b 2x" alt="">'.repeat(3)}
  candidates without a size | <img srcset="/a, /b 2x, /c,"> | <img src="https://ex.org/a" srcset="https://ex.org/a, https://ex.org/b 2x, https://ex.org/c" alt="">
  candidates with commas in their addresses | <img srcset="/w_1,h_1/a 1x, /w_2,h_2/b 2x"> | <img src="https://ex.org/w_1,h_1/a" srcset="https://ex.org/w_1,h_1/a 1x, https://ex.org/w_2,h_2/b 2x" alt="">
  an address from candidates that are wide and narrow | <img srcset="/a 75w, /b 1024w, /c 2048w, /d 400w"><img src=/1x1.gif data-srcset="/e 3000w, /f 1500w, /g 2x"> | <img src="https://ex.org/b" srcset="https://ex.org/a 75w, https://ex.org/b 1024w, https://ex.org/c 2048w, https://ex.org/d 400w" alt=""><img src="https://ex.org/f" srcset="https://ex.org/e 3000w, https://ex.org/f 1500w, https://ex.org/g 2x" alt="">
  an address from good candidates only | <img srcset="javascript:x, /b"> | <img src="https://ex.org/b" srcset="https://ex.org/b" alt="">
  an address for a picture from its source | <picture><source srcset="/a 75w, /b 1024w"></picture> | <picture><source srcset="https://ex.org/a 75w, https://ex.org/b 1024w"><img src="https://ex.org/b" alt=""></picture>
  an address that is shown before its candidates stays | <img src=/a srcset="/b 75w, /c 1024w"> | <img src="https://ex.org/a" srcset="https://ex.org/b 75w, https://ex.org/c 1024w" alt="">
  bad candidates go | <img src=/a srcset="javascript:x 1x, /b 2q, data:x 2x, /c 3x"> | <img src="https://ex.org/a" srcset="https://ex.org/c 3x" alt="">
  a source of a picture has only candidates, also where elements between the two go | <picture><font><source src=/a,></font><img src=/b></picture> | <picture><source srcset="https://ex.org/a%2C"><img src="https://ex.org/b" alt=""></picture>
`;

test('images are loaded late, apart, and without telling who asks', () => {
  expect(sanitised('<img src=/a loading=eager fetchpriority=high referrerpolicy=unsafe-url crossorigin ismap>')).toBe(
    '<img src="https://ex.org/a" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer">',
  );
});

sentences('sound and film')`
  controls always, autoplay never | <video src=/a autoplay muted loop onplay=x></video> | <video src="https://ex.org/a" muted loop controls preload="none"></video>
  what is inside stays | <audio><source src=/a type=audio/ogg>No sound</audio> | <audio controls preload="none"><source src="https://ex.org/a" type="audio/ogg">No sound</audio>
  an empty still goes | <video src=/a poster=""></video> | <video src="https://ex.org/a" controls preload="none"></video>
  a source elsewhere goes | <p><source src=/a>x</p> | <p>x</p>
`;

const player = (src: string, title: string, size = 'width="560" height="315"') =>
  `<iframe src="${src}" title="${title}" ${size} loading="lazy" sandbox="allow-scripts allow-same-origin allow-popups allow-presentation" allow="fullscreen; picture-in-picture; encrypted-media" allowfullscreen referrerpolicy="strict-origin-when-cross-origin"></iframe>`;

const YOUTUBE = player('https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ', 'Video on YouTube');

const ADDRESSES =
  'https://www.youtube.com/embed/dQw4w9WgXcQ?autoplay=1&feature=oembed http://youtube.com/v/dQw4w9WgXcQ ' +
  '//www.youtube-nocookie.com/embed/dQw4w9WgXcQ https://youtu.be/dQw4w9WgXcQ ' +
  'https://www.youtube.com/watch?v=dQw4w9WgXcQ https://www.youtube.com/shorts/dQw4w9WgXcQ';
sentences(
  'frames',
  ADDRESSES.split(' ').map((src) => [src, `<iframe src="${src}" onload=x srcdoc=y></iframe>`, YOUTUBE]),
)`
  title, size and start are kept | <iframe src="//www.youtube.com/embed/dQw4w9WgXcQ?start=9" title="A talk" width=320 height=180></iframe> | ${player('https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=9', 'A talk', 'width="320" height="180"')}
  so is a start of links | <iframe src="https://youtu.be/dQw4w9WgXcQ?t=1h2m3s"></iframe> | ${player('https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=3723', 'Video on YouTube')}
  in seconds | <iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?t=90"></iframe> | ${player('https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=90', 'Video on YouTube')}
  a playlist plays on | <iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?si=x&amp;list=PL0-_abcdefgh&amp;start=9"></iframe> | ${player('https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?list=PL0-_abcdefgh&#x26;start=9', 'Video on YouTube')}
  also from its first film | <iframe src="https://www.youtube.com/embed/videoseries?list=PL0-_abcdefgh"></iframe> | ${player('https://www.youtube-nocookie.com/embed/videoseries?list=PL0-_abcdefgh', 'Video on YouTube')}
  a list of the person's own goes | <iframe src="https://youtu.be/dQw4w9WgXcQ?list=WL"></iframe> | ${YOUTUBE}
  a start that is none goes | <iframe src="https://youtu.be/dQw4w9WgXcQ?t=soon"></iframe> | ${YOUTUBE}
  Vimeo | <iframe src="https://player.vimeo.com/video/76979871?h=8272103f6e&x=y"></iframe> | ${player('https://player.vimeo.com/video/76979871?dnt=1&#x26;h=8272103f6e', 'Video on Vimeo')}
  one that waits for consent | <iframe data-cookieblock-src="https://youtu.be/dQw4w9WgXcQ"></iframe><iframe data-src-cmplz="/x" title="A map"></iframe> | ${YOUTUBE}<a href="https://ex.org/x">A map</a>
  one that waits for other plug-ins | <iframe consent-original-src-_="https://youtu.be/dQw4w9WgXcQ" consent-id="1"></iframe><iframe src-consent="https://youtu.be/dQw4w9WgXcQ"></iframe><iframe src="" data-orig="https://youtu.be/dQw4w9WgXcQ"></iframe><iframe data-lazy-load="https://youtu.be/dQw4w9WgXcQ"></iframe> | ${YOUTUBE.repeat(4)}
  a film in a frame of Drupal’s own | <iframe src="/media/oembed?url=https%3A//www.youtube.com/watch%3Fv%3DdQw4w9WgXcQ&max_width=0&hash=x" title="A talk"></iframe> | ${player('https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ', 'A talk')}
  not the address of any other player | <iframe src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1"></iframe> | <a href="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1">w.soundcloud.com</a>
  one that only checks for cookies, in Substack, goes | a<iframe src="https://team-hosted-public.s3.amazonaws.com/set-then-check-cookie.html" style="display: none"></iframe><iframe style="display:none" src="https://x.example/map"></iframe>b | a<a href="https://x.example/map">x.example</a>b
  others are links | <iframe src="https://codepen.io/x/embed/y"></iframe> | <a href="https://codepen.io/x/embed/y">codepen.io</a>
  by the host in its letters | <iframe src="https://xn--mnchen-3ya.example/embed"></iframe> | <a href="https://xn--mnchen-3ya.example/embed">münchen.example</a>
  a link says the frame’s title | <iframe src="/x" title="A map"></iframe> | <a href="https://ex.org/x">A map</a>
  a host that only looks alike is a link | <iframe src="https://www.youtube.com.evil.example/embed/dQw4w9WgXcQ"></iframe> | <a href="https://www.youtube.com.evil.example/embed/dQw4w9WgXcQ">www.youtube.com.evil.example</a>
  a player without an id is a link | <iframe src="https://www.youtube.com/embed/videoseries?list=x"></iframe> | <a href="https://www.youtube.com/embed/videoseries?list=x">www.youtube.com</a>
  a frame in a link goes behind it | <a href=/a>see <b><iframe src="https://player.vimeo.com/video/76979871"></iframe></b> it</a>! | <a href="https://ex.org/a">see <b></b> it</a>${player('https://player.vimeo.com/video/76979871?dnt=1', 'Video on Vimeo')}!
  so do those that are links | <a href=/a>see <iframe src="/x" title="A map"></iframe><iframe src="/y" title="B"></iframe></a> | <a href="https://ex.org/a">see </a><a href="https://ex.org/x">A map</a><a href="https://ex.org/y">B</a>
  without an address, the link within it, as Medium writes gists | a<iframe src="" width="0"><a href="https://medium.com/media/1/href">https://medium.com/media/1/href</a></iframe>b | a<a href="https://medium.com/media/1/href">medium.com</a>b
  with the words of that link | <iframe src="about:blank" title="A">See <a href="https://x.example/a"><b>the map</b></a></iframe> | <a href="https://x.example/a">the map</a>
  not where the frame leads to another site | <iframe src="/x"><a href="https://x.example/a">A</a></iframe> | <a href="https://ex.org/x">ex.org</a>
  never a link that leads nowhere | <iframe src=""><a href="javascript:x">x</a></iframe><iframe src=""><a>x</a></iframe>a | a
  a page of the same site within it, as Bandcamp writes it | <iframe src="https://bandcamp.com/EmbeddedPlayer/album=1/"><a href="https://jo.bandcamp.com/album/y">Y <b>by</b> Jo</a></iframe> | <a href="https://jo.bandcamp.com/album/y">Y by Jo</a>
  not in the place of a film | <iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?start=9"><a href="https://youtube.com/watch?v=dQw4w9WgXcQ">A</a></iframe> | ${player('https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=9', 'Video on YouTube')}
  not a page of another site | <iframe src="https://maps.example/x" title="A map">No frames? <a href="https://browser.example/">Get a browser</a></iframe> | <a href="https://maps.example/x">A map</a>
  a film in a frame of Embedly | <iframe src="https://cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fwww.youtube.com%2Fembed%2FdQw4w9WgXcQ&url=x"><a href="https://medium.com/media/1/href">x</a></iframe> | ${YOUTUBE}
  the page of anything else in it | <iframe src="https://cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fx.example%2Fembed&url=https%3A%2F%2Fx.example%2F1"></iframe> | <a href="https://x.example/1">x.example</a>
  also in the cards of Hatena and Substack | <iframe src="https://hatenablog-parts.com/embed?url=https%3A%2F%2Fx.example%2F1" title="A"></iframe><iframe src="https://cdn.iframe.ly/api/iframe?app=1&url=https%3A%2F%2Fx.example%2F2"></iframe> | <a href="https://x.example/1">A</a> <a href="https://x.example/2">x.example</a>
  links apart | <object data=/a.pdf></object><embed src=/b.pdf><iframe src="//x.example/"></iframe> | <a href="https://ex.org/a.pdf">ex.org</a> <a href="https://ex.org/b.pdf">ex.org</a> <a href="https://x.example/">x.example</a>
  nothing to show is nothing | a<iframe srcdoc="x">y</iframe>b<iframe src="javascript:x"></iframe>c | abc
`;

sentences('what a script or a plug-in would show')`
  a gist | <p>a</p><script src="https://gist.github.com/jo/12ab.js?file=a.py"></script> | <p>a</p><a href="https://gist.github.com/jo/12ab">gist.github.com</a>
  a snippet of GitLab | <script src="https://gitlab.com/jo/x/-/snippets/12.js"></script> | <a href="https://gitlab.com/jo/x/-/snippets/12">gitlab.com</a>
  a recording of a terminal | <script id=x src="//asciinema.org/a/14.js" async></script> | <a href="https://asciinema.org/a/14">asciinema.org</a>
  and one on the own site | <asciinema-player src="/a.cast" cols=80></asciinema-player>b | <a href="https://ex.org/a.cast">ex.org</a>b
  a fiddle | <script async src="//jsfiddle.net/jo/x1/2/embed/js,result/"></script> | <a href="https://jsfiddle.net/jo/x1/2/">jsfiddle.net</a>
  a paste | <script src="https://pastebin.com/embed_js/x1"></script> | <a href="https://pastebin.com/x1">pastebin.com</a>
  slides | <script async class="speakerdeck-embed" data-id="0a1b2c" src="//speakerdeck.com/assets/embed.js"></script> | <a href="https://speakerdeck.com/player/0a1b2c">speakerdeck.com</a>
  an episode of a podcast | <div id="buzzsprout-player-2"></div><script src="https://www.buzzsprout.com/1/episodes/2-a-b.js?container_id=buzzsprout-player-2&player=small"></script> | <div id="e1-buzzsprout-player-2"></div><a href="https://www.buzzsprout.com/1/episodes/2-a-b">www.buzzsprout.com</a>
  a post of Telegram | <script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="durov/68"></script> | <a href="https://t.me/durov/68">t.me</a>
  a chart of Datawrapper | <div><script defer src="https://datawrapper.dwcdn.net/Ab1c2/embed.js"></script></div><div><script src="//datawrapper.dwcdn.net/Ab1c2/3/embed.js"></script><noscript><img src="https://datawrapper.dwcdn.net/Ab1c2/full.png" alt="A"></noscript></div> | <div><a href="https://datawrapper.dwcdn.net/Ab1c2/">datawrapper.dwcdn.net</a></div><div><a href="https://datawrapper.dwcdn.net/Ab1c2/">datawrapper.dwcdn.net</a><img src="https://datawrapper.dwcdn.net/Ab1c2/full.png" alt="A"></div>
  a tweet without its words | <blockquote class="twitter-tweet"><p><a href="https://twitter.com/x/status/1"></a></p></blockquote> | <p><a href="https://twitter.com/x/status/1">twitter.com</a></p>
  a film of TikTok | <blockquote class="tiktok-embed" cite="https://www.tiktok.com/@x/video/1"><section></section></blockquote> | <p><a href="https://www.tiktok.com/@x/video/1">www.tiktok.com</a></p>
  a picture of Instagram | <blockquote data-instgrm-permalink="https://www.instagram.com/p/X/"></blockquote> | <p><a href="https://www.instagram.com/p/X/">www.instagram.com</a></p>
  not where it has words | <blockquote class="a-embed" cite="https://ex.org/"><div><div><div><div><p>a</p></div></div></div></div></blockquote> | <blockquote cite="https://ex.org/"><div><div><div><div><p>a</p></div></div></div></div></blockquote>
  a chart of Flourish | <div class="flourish-embed flourish-chart" data-src="visualisation/1?2"><script src="https://public.flourish.studio/resources/embed.js"></script><noscript><img src="https://public.flourish.studio/visualisation/1/thumbnail" alt=""></noscript></div> | <p><a href="https://public.flourish.studio/visualisation/1?2">public.flourish.studio</a></p>
  one of Flourish, by its address | <div class="flourish-embed" data-src="https://flo.uri.sh/story/1"></div> | <p><a href="https://flo.uri.sh/story/1">flo.uri.sh</a></p>
  one of Infogram, by its title | <div class="infogram-embed" data-id="a-1" data-title="Trains"></div> | <p><a href="https://infogram.com/a-1">Trains</a></p>
  a post of Facebook, and a picture of Imgur | <div class="fb-post" data-href="https://www.facebook.com/a/posts/1"></div><blockquote class="imgur-embed-pub" data-id="a/b"></blockquote> | <p><a href="https://www.facebook.com/a/posts/1">www.facebook.com</a></p><p><a href="https://imgur.com/a/b">imgur.com</a></p>
  a pin, and a board with its name | <a data-pin-do="embedPin" href="https://www.pinterest.com/pin/9/"></a><p><a data-pin-do="embedBoard" href="https://www.pinterest.com/jo/clocks/">Clocks</a></p> | <a href="https://www.pinterest.com/pin/9/">www.pinterest.com</a><p><a href="https://www.pinterest.com/jo/clocks/">Clocks</a></p>
  code that Crayon did not put back | <p>a</p>[crayon-5a1b2c3d4e5f6789012345/]<p>b [crayon-5a1b2c3d4e5f6789012345-i/] c [crayon-box]</p> | <p>a</p>[code]<p>b [code] c [crayon-box]</p>
  a card of Embedly | <p><a class="embedly-card" href="https://ex.org/b"></a></p><a class="embedly-card" href="/c">C</a> | <p><a href="https://ex.org/b">ex.org</a></p><a href="https://ex.org/c">C</a>
  no such box that has words, or leads nowhere | <div class="fb-video" data-href="https://www.facebook.com/a/videos/1"><p>a</p></div><div class="fb-post" data-href="javascript:a()"></div><div class="infogram-embed"></div> | <div><p>a</p></div><p></p><div></div>
  nor one whose noscript has words | <blockquote class="imgur-embed-pub" data-id="a"><noscript>b <i>c</i></noscript></blockquote> | <blockquote>b <i>c</i></blockquote>
  an embed of CKEditor | <figure><oembed url="https://www.youtube.com/watch?v=dQw4w9WgXcQ"></oembed><oembed>a</oembed></figure> | <figure>${YOUTUBE}a</figure>
  a film of Squarespace | <div data-html="&lt;iframe width=&quot;9&quot; src=&quot;//www.youtube.com/embed/dQw4w9WgXcQ?x&amp;amp;start=9&quot;&gt;"> </div> | <p>${player('https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=9', 'Video on YouTube')}</p>
  a film that plug-ins of WordPress load with a click | <div class="arve"><button class="arve-play-btn" data-iframe="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"><svg><path d="M0 0"/></svg></button></div><div data-facadesrc="//www.youtube.com/embed/dQw4w9WgXcQ"><img src=/a.jpg alt="YouTube player"><button></button></div> | <div>${YOUTUBE}</div>${YOUTUBE}
  a film of Elementor, and of CKEditor | <div data-settings="{&quot;youtube_url&quot;:&quot;https:\/\/youtu.be\/dQw4w9WgXcQ&quot;,&quot;controls&quot;:1}"><div><div><div></div></div></div></div><div data-oembed-url="https://youtu.be/dQw4w9WgXcQ"></div> | ${YOUTUBE}${YOUTUBE}
  a film of Discourse, and a sound of Squarespace | <div data-video-src="/a.mp4" data-thumbnail-src="/b.jpg"></div><div data-url="https://x.example/c.mp3?d"></div> | <video src="https://ex.org/a.mp4" poster="https://ex.org/b.jpg" controls preload="none"></video><audio src="https://x.example/c.mp3?d" controls preload="none"></audio>
  not where it has words or the player, nor another address | <div data-url="https://youtu.be/dQw4w9WgXcQ">a</div><div data-oembed-url="https://youtu.be/dQw4w9WgXcQ"><iframe src="https://youtu.be/dQw4w9WgXcQ"></iframe></div><div data-url="/a.jpg"></div><div data-settings='{"a":1}'></div><div data-settings="{"></div> | <div>a</div><div>${YOUTUBE}</div><div></div><div></div><div></div>
  not a film behind the content, nor where it has pictures of its own | <div data-settings="{&quot;background_video_link&quot;:&quot;https:\/\/youtu.be\/dQw4w9WgXcQ&quot;}"><img src="/a.png" alt="b"></div><div data-video="/a.mp4"><img src="/a.png" alt="b"><img src="/c.png" alt="d"></div><div data-sound="/a.mp3"><img src="/a.png" alt="b"></div> | <div><img src="https://ex.org/a.png" alt="b"></div><div><img src="https://ex.org/a.png" alt="b"><img src="https://ex.org/c.png" alt="d"></div><div><img src="https://ex.org/a.png" alt="b"></div>
  nor a film that a button shares, or whose comments stand there | <div class="social-video" data-video="https://youtu.be/dQw4w9WgXcQ"></div>a<div class="a2a_kit" data-a2a-url="https://youtu.be/dQw4w9WgXcQ"></div><div class="sharethis-inline-share-buttons" data-url="https://youtu.be/dQw4w9WgXcQ"></div><div class="fb-comments" data-href="https://youtu.be/dQw4w9WgXcQ"></div> | ${YOUTUBE}a<div></div><div></div><div></div>
  once where a noscript has it | <div class="rll-youtube-player" data-src="https://youtu.be/dQw4w9WgXcQ"></div><noscript><iframe src="https://youtu.be/dQw4w9WgXcQ"></iframe></noscript> | <div></div>${YOUTUBE}
  any other script is nothing | a<script src="https://gist.github.com.evil.example/12ab.js"></script><script src="gist.github.com/12ab.js"></script>b | ab
  a film in Flash | <object data=x><param name=movie value=y><embed src="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en_US&fs=1"></object> | ${YOUTUBE}
  a film in an object | <object data="//www.youtube.com/v/dQw4w9WgXcQ"><param name=x><p>No Flash</p></object> | ${YOUTUBE}
  a film in an element of a library | <lite-youtube videoid="dQw4w9WgXcQ"><button>Play</button></lite-youtube> | ${YOUTUBE}
  a drawing in an object | <object data="/a" type="image/svg+xml" width=300><p>digraph { a }</p></object> | <img src="https://ex.org/a" alt="digraph { a }" width="300">
  a picture that is embedded | <embed src="/a.png?x" title=A> | <img src="https://ex.org/a.png?x" alt="A">
  not where a picture stands in it | <object data="/a.svg"><p><img src="/a.png" alt=A></p></object> | <p><img src="https://ex.org/a.png" alt="A"></p>
  a document | <object data="/a.pdf" type="application/pdf"><param name=x> </object> <embed src="/b.pdf" title=B> | <a href="https://ex.org/a.pdf">ex.org</a> <a href="https://ex.org/b.pdf">B</a>
  not where a link follows it, as in WordPress | <object class="wp-block-file__embed" data="/a.pdf"></object><a href="/a.pdf">A</a> | <a href="https://ex.org/a.pdf">A</a>
  not where words stand in it | <object data="/a.pdf">See <a href="/a.pdf">A</a></object> | See <a href="https://ex.org/a.pdf">A</a>
  never what leads nowhere | a<embed src="javascript:x"><object data="data:text/html,x"></object>b | ab
  a picture and a film of AMP | <amp-img src="/a" srcset="/b 2x" width=16 height=9 layout=responsive alt=A><noscript><img src="/a"></noscript></amp-img><amp-youtube data-videoid="dQw4w9WgXcQ"></amp-youtube> | <img src="https://ex.org/a" srcset="https://ex.org/b 2x" alt="A">${YOUTUBE}
  an element without a film | <lite-youtube>a</lite-youtube><lite-vimeo videoid="../x">b</lite-vimeo> | ab
`;

const substack = (data: object, name = 'div', attributes = '') =>
  `<${name} ${attributes} data-attrs="${JSON.stringify(data).replaceAll('"', '&quot;')}"></${name}>`;

sentences('what Substack’s own site would show')`
  a formula | ${substack({ persistentExpression: 'x < y', id: 'A' })} | <p>\[x &#x3C; y\]</p>
  a person | <p>Thanks to ${substack({ name: 'Ann Lee', type: 'user', url: null }, 'span')}!</p> | <p>Thanks to Ann Lee!</p>
  a person with a page | ${substack({ name: 'Ann', url: 'https://ann.example/' }, 'span')} | <a href="https://ann.example/">Ann</a>
  a share | <p>Buy ${substack({ symbol: '$A' }, 'span')}</p> | <p>Buy $A</p>
  a gallery | ${substack({ gallery: { images: [{ src: 'https://x.example/a.png' }, { src: 'javascript:x' }, 'b'], caption: 'C' } })} | <figure><img src="https://x.example/a.png" alt=""><figcaption>C</figcaption></figure>
  a tweet | ${substack({ url: 'https://t.example/1', full_text: 'Hello <b>\nyou', name: 'Ann', title: 'T' })} | <p><a href="https://t.example/1">Ann: Hello &#x3C;b> you</a></p>
  another post | ${substack({ title: 'My other post', canonical_url: 'https://x.example/p/1' })} | <p><a href="https://x.example/p/1">My other post</a></p>
  a quoted comment | ${substack({ url: 'https://x.example/c/1', comment: { name: 'Ann', body: 'I agree.' } })}${substack({ communityPost: { body: 'Hello' } })} | <p><a href="https://x.example/c/1">Ann: I agree.</a></p><p>Hello</p>
  words without a usable address | ${substack({ title: 'A', url: 'javascript:x' })} | <p>A</p>
  a film without an address | ${substack({ mediaUploadId: 'a' }, 'div', 'class="native-video-embed"')} | <p>[video]</p>
  not where it has content, or no words | <div data-attrs='{"title":"A"}'><p>B</p></div>${substack({ url: 'https://x.example/', text: 'Subscribe' })}<span data-attrs='{"title":'></span> | <div><p>B</p></div><div></div>
  not a hint for its writer | <div><label class="hide-text">Text within this block</label><pre>a</pre></div><h2 class="hide-text">B</h2> | <div><pre tabindex="0">a</pre></div><h5>B</h5>
`;

sentences('tables')`
  alignment told by style is kept | <table><td style="text-align:center">a</table> | <table tabindex="0"><tbody><tr><td align="center">a</td></tr></tbody></table>
  alignment told by a class of Org or Asciidoctor is kept, the style first | <table><tr><td class="org-right">1<td class="tableblock halign-center">b<td class="org-left" style="text-align:right">2</table> | <table tabindex="0"><tbody><tr><td align="right">1</td><td align="center">b</td><td align="right">2</td></tr></tbody></table>
  spans that would tear the page go | <table><td colspan=99999 rowspan=x>a</table> | <table tabindex="0"><tbody><tr><td>a</td></tr></tbody></table>
  long spans become shorter | <table><td colspan=999 rowspan=2>a</table> | <table tabindex="0"><tbody><tr><td colspan="100" rowspan="2">a</td></tr></tbody></table>
  a span over all rows stays | <table><td rowspan=0>a</table> | <table tabindex="0"><tbody><tr><td rowspan="0">a</td></tr></tbody></table>
  headers that lead nowhere go | <table><td headers="x y">a</table> | <table tabindex="0"><tbody><tr><td>a</td></tr></tbody></table>
  a cell without a table is its text | <td>a</td> | a
`;

sentences('mathematics')`
  stays | <math display=block><mfrac><mi>a</mi><mn>2</mn></mfrac></math> | <math display="block" tabindex="0"><mfrac><mi>a</mi><mn>2</mn></mfrac></math>
  HTML in it becomes words | <math><mtext>if <b>x</b><img src=a></mtext></math> | <math><mtext>if x</mtext></math>
  what is not of its core goes | <math><mfenced><mi href=/x>a</mi></mfenced><maction>b</maction></math> | <math><mi>a</mi>b</math>
  another language in it goes | <math><semantics><mi>a</mi><annotation-xml encoding="text/html">b</annotation-xml></semantics></math> | <math><semantics><mi>a</mi></semantics></math>
  its elements outside of it are words | <mi>a</mi> | a
  a picture for dark pages goes | <p><img src="/a.png#only-light"> <img src="/b.png#only-dark"></p><img src="/c.png#gh-dark-mode-only"><img src="/d.png#gh-light-mode-only"> | <p><img src="https://ex.org/a.png#only-light" alt=""> </p><img src="https://ex.org/d.png#gh-light-mode-only" alt="">
  also by a class | <div class="only-light"><img src="/a.png"></div><div class="only-dark"><img src="/b.png"></div><p><img class="themedComponent_x themedComponent--light_y" src="/c.png"><img class="themedComponent_x themedComponent--dark_y" src="/d.png"></p> | <div><img src="https://ex.org/a.png" alt=""></div><p><img src="https://ex.org/c.png" alt=""></p>
  but not where there is none for light ones | <img src="/a.png#gh-dark-mode-only"><img src="/b.png"> | <img src="https://ex.org/a.png#gh-dark-mode-only" alt=""><img src="https://ex.org/b.png" alt="">
  nor of a post about themes | <img src="/theme-light.png"><img src="/theme-dark.png"><pre data-theme="light">a</pre><pre data-theme="dark">b</pre> | <img src="https://ex.org/theme-light.png" alt=""><img src="https://ex.org/theme-dark.png" alt=""><pre tabindex="0">a</pre><pre tabindex="0">b</pre>
  nor words that a style shows otherwise | <p class="dark:hidden">a</p><p class="md:flex dark:flex-col">b</p> | <p>a</p><p>b</p>
  types that Twoslash shows over code go | <pre><code>const <span class="twoslash-hover"><span class="twoslash-popup-container"><code>const a: 1</code></span>a</span></code></pre> | <pre tabindex="0"><code>const a</code></pre>
  title, account and date around a text of Drupal go | <span class="field field--name-title field--type-string">T</span><div>a</div><span class="field field--name-uid"><span>admin</span></span><span class="field field--name-created"><time datetime="2026-11-02T10:00:00Z">Mon</time></span> | <div>a</div>
  but not those of another post in it | <article class="node"><h3><a href="/2"><span class="field field--name-title">U</span></a></h3><span class="field field--name-uid">Ann</span></article> | <article><h5><a href="https://ex.org/2">U</a></h5>Ann</article>
  words that only screen readers see over a terminal go | <figure><figcaption class="header"><span class="title"></span><span class="sr-only">Terminal window</span></figcaption><pre>a</pre></figure><figure><figcaption><span class="title">b</span><span class="sr-only">Terminal</span></figcaption></figure><figure><figcaption><span class="sr-only">c</span></figcaption></figure> | <figure><figcaption></figcaption><pre tabindex="0">a</pre></figure><figure><figcaption>b Terminal </figcaption></figure><figure><figcaption> c </figcaption></figure>
  title and link of code, author and source of a quotation of Hexo stand apart | <figure><figcaption><span>A</span><a href="/b">b</a></figcaption></figure><footer><strong>C</strong><cite>D</cite></footer><p><b>e</b><a href="/f">f</a></p><footer><b>g</b><a href="/h">’s</a></footer> | <figure><figcaption>A <a href="https://ex.org/b">b</a></figcaption></figure><footer><strong>C </strong><cite>D</cite></footer><p><b>e</b><a href="https://ex.org/f">f</a></p><footer><b>g</b><a href="https://ex.org/h">’s</a></footer>
  the icon of a file of Ghost goes | <a class="kg-file-card-container" href="/f.pdf"><div class="kg-file-card-title">a</div><div class="kg-file-card-icon"><svg viewBox="0 0 24 24"><path d="M0 0h9"></path></svg></div></a> | <a href="https://ex.org/f.pdf"><div>a</div></a>
  who is quoted at phpBB stands apart | <blockquote><div><cite>A wrote:</cite>b</div></blockquote><blockquote><cite>C</cite>, d <b>F</b>g</blockquote><p><cite>E</cite>s</p><blockquote>The <cite>H</cite>s</blockquote><blockquote><p><cite>I</cite>s</p></blockquote> | <blockquote><div><cite>A wrote: </cite>b</div></blockquote><blockquote><cite>C</cite>, d <b>F</b>g</blockquote><p><cite>E</cite>s</p><blockquote>The <cite>H</cite>s</blockquote><blockquote><p><cite>I</cite>s</p></blockquote>
  the sign of an accordion of WordPress goes | <h3><button><span>Why?</span><span class="wp-block-accordion-heading__toggle-icon" aria-hidden="true">+</span></button></h3> | <h5> Why? </h5>
  buttons of code at cnblogs go | <div class="cnblogs_code"><img class="code_img_closed" src="/c.gif"><div class="cnblogs_code_toolbar"><span><a title="复制代码"><img src="/b.gif"></a></span></div><pre>a</pre><span class="cnblogs_code_collapse">View Code</span></div> | <div><pre tabindex="0">a</pre></div>
  so do others that wait for a script, with their second copy of the code | <div><span role="button" style="display:none"><pre><textarea readonly>a</textarea></pre><svg viewBox="0 0 24 24"><path d="M9 5H7"/></svg></span><button hidden>Copy</button><pre>a</pre></div> | <div><pre tabindex="0">a</pre></div>
  but not a box or a picture that a script shows | <div role="button" hidden>a</div><a role="button" style="visibility: hidden" href="/b"><img src="/a.png" alt="b"></a> | <div>a</div><a href="https://ex.org/b"><img src="https://ex.org/a.png" alt="b"></a>
  and the language of code, which only screen readers see | <pre><span><code class="hljs language-python">a</code></span><small class="shcb-language"><span>Code language:</span> Python</small></pre> | <pre tabindex="0"><code class="language-python">a</code></pre>
  a note of WordPress that opens at its mark goes, where a list has it too | <p>a<sup>[1]</sup><span class="footnote_tooltip">b</span> c</p><div class="speaker-mute footnotes_reference_container"><table><tr><td>b</td></tr></table></div> | <p>a<sup>[1]</sup> c</p><div><table tabindex="0"><tbody><tr><td>b</td></tr></tbody></table></div>
  KaTeX’s second copy goes | <span><math><mi>a</mi></math></span><span class="katex-html" aria-hidden=true>a</span> | <math><mi>a</mi></math>
`;

sentences('mathematics that a script would set')`
  in a line | <p>Let <script type="math/tex">x^2 < y</script> be</p> | <p>Let \(x^2 &#x3C; y\) be</p>
  on its own | <script type="math/tex; mode=display">${'% <![CDATA[\na & b %]]>'}</script> | \[a &#x26; b\]
  its preview goes | <span class="MathJax_Preview">x2</span><script type="math/tex">x^2</script> | \(x^2\)
  also before a comment | <span class="MathJax_Preview">x2</span><!-- --><script type="math/tex">x^2</script> | \(x^2\)
  its preview goes before what is set | <span class="MathJax_Preview">x2</span><span class="MathJax">x</span> | x
  a preview alone stays | <p><span class="MathJax_Preview">x2</span></p> | <p>x2</p>
  not where it is set already | <span class="MathJax">x</span><script type="math/tex">x^2</script> | x
  KaTeX’s only copy stays | <span class=katex><span class="katex-html" aria-hidden=true>a</span></span> | a
`;

const NUMBERS = '<span class="ln">1</span>a\n<span class="ln">2</span>b\n';
const GUTTER = '<td class="gutter"><pre>1\n2\n</pre></td>';
const CODE = '<pre tabindex="0">a\nb\n</pre>';

sentences('the numbers of lines go')`
  in a line | <pre>${NUMBERS}</pre> | ${CODE}
  marked by the colour of cnblogs | <div class="cnblogs_code"><pre><span style="color: #008080;">1</span>a${'\n'}<span style="color: rgba(0, 128, 128, 1)">2</span>b${'\n'}</pre></div> | <div>${CODE}</div>
  marked by style | <pre>${NUMBERS.replaceAll('class="ln"', 'style="user-select:none"')}</pre> | ${CODE}
  marked by style, above all others or for one browser | <pre><span style="user-select: none !important">1</span>${'a\n'}<span style="-moz-user-select:none">2</span>${'b\n'}</pre> | ${CODE}
  with a colon, as Org writes them | <pre>${NUMBERS.replaceAll('"ln">', '"linenr"> ').replaceAll('</', ': </')}</pre> | ${CODE}
  in a column, and the table with them | <figure><table><tr>${GUTTER}<td class="code"><pre>${'a\nb\n'}</pre></td></tr></table></figure> | <figure>${CODE}</figure>
  in a column of Chroma | <table><tr><td class="lntd"><pre><code><span class="lnt">1${'\n'}</span></code></pre></td><td class="lntd"><pre>${'a\nb\n'}</pre></td></tr></table> | ${CODE}
  in a column within code | <pre><code><table><tbody><tr>${GUTTER}<td><pre>${'a\nb\n'}</pre></td></tr></tbody></table></code></pre> | <pre tabindex="0"><code>${'a\nb\n'}</code></pre>
  in a column of GeSHi, under the name of the file | <table><thead><tr><td colspan=2>a.py</td></tr></thead><tbody><tr>${GUTTER.replace('gutter', 'ln')}<td class="de1"><pre>${'a\nb\n'}</pre></td></tr></tbody></table> | a.py${CODE}
  in a row for each line, under the name of the file | <table><thead><tr><th colspan=2>a.py<tbody><tr><td class="blob-num">1<td class="blob-code">if a:<tr><td class="blob-num">2<td class="blob-code">  b</table> | <pre tabindex="0">a.py${'\n'}if a:${'\n'}  b${'\n'}</pre>
  below the code | <pre>${'a\nb\n'}</pre><div class="line-numbers-wrapper"><span>1</span><br><span>2</span></div> | ${CODE}
  in a row for each line, as Nikola writes them | <table class="codetable"><tr><td class="linenos linenodiv"><a href="#x-1"><code data-line-number="1"></code></a></td><td class="code"><code>if a:${'\n'}</code></td></tr><tr><td class="linenos"></td><td class="code"><code>  b${'\n'}</code></td></tr></table> | <pre tabindex="0"><code>if a:${'\n'}</code><code>  b${'\n'}</code></pre>
  in a row for each line, as GitHub writes them | <table><tr><td class="blob-num">1<td class="blob-code">if a:<tr><td class="blob-num">2<td class="blob-code">  b</table> | <pre tabindex="0">if a:${'\n'}  b${'\n'}</pre>
  in a line of Zola, which only its style ends | <pre class="giallo"><code><span class="giallo-l"><span class="giallo-ln">1</span>a</span><span class="giallo-l"><span class="giallo-ln">2</span>b</span></code></pre> | <pre tabindex="0"><code>${'a\nb'}</code></pre>
  in a line that has its end | <pre><span class="giallo-l">a</span>${'\n'}<span class="giallo-l">b${'\n'}</span><span class="giallo-l">c</span></pre> | <pre tabindex="0">${'a\nb\nc'}</pre>
  in a row for each line, of older versions of Zola | <pre data-linenos><code><table><tbody><tr><td>1</td><td>a${'\n'}</td></tr><tr><td>2</td><td><mark>  7${'\n'}</mark></td></tr><tr><td>3</td><td>42</td></tr></tbody></table></code></pre> | <pre tabindex="0"><code>${'a\n'}<mark>${'  7\n'}</mark>${'42\n'}</code></pre>
  not a number in that colour in other code | <div class="cnblogs_code"><pre>x = <span style="color: #008080;">2</span></pre></div><pre><span style="color: #008080;">1</span></pre><div><pre><span style="color: #008080;">1</span>a</pre></div> | <div><pre tabindex="0">x = 2</pre></div><pre tabindex="0">1</pre><div><pre tabindex="0">1a</pre></div>
  not where the code is a number | <div class="line-numbers"><pre class="line-numbers"><code>42</code></pre></div> | <div><pre tabindex="0"><code>42</code></pre></div>
  not where there are words | <p>a <span class="ln">few 2</span> b</p> | <p>a few 2 b</p>
  not where there is a picture | <div class="gutter"><img src=/a></div> | <div><img src="https://ex.org/a" alt=""></div>
  not where code in any element is a number | <div class="line-numbers"><pre>42</pre></div><div class="line-numbers"><code>7</code></div> | <div><pre tabindex="0">42</pre></div><div><code>7</code></div>
  not an empty cell of other tables | <table><tr><td class="ln"></td><td>1</table> | <table tabindex="0"><tbody><tr><td></td><td>1</td></tr></tbody></table>
  not where words are before the code | <table><tr><td>Use<td><pre>a</pre></table> | <table tabindex="0"><tbody><tr><td>Use</td><td><pre tabindex="0">a</pre></td></tr></tbody></table>
  not with words beside a number | <table><tr><td><span class="lnt">1</span> a<td><pre>b</pre></table> | <table tabindex="0"><tbody><tr><td> a</td><td><pre tabindex="0">b</pre></td></tr></tbody></table>
  not in other tables | <table><tr><td class="gutter">Rain<td>1</table> | <table tabindex="0"><tbody><tr><td>Rain</td><td>1</td></tr></tbody></table>
  not in other tables in code | <pre><table><tr><td>404</td><td>a</td></tr></table></pre><code><table><tr><td>1</td><td>b</td><td>c</td></tr></table></code> | <pre tabindex="0"><table tabindex="0"><tbody><tr><td>404</td><td>a</td></tr></tbody></table></pre><code><table tabindex="0"><tbody><tr><td>1</td><td>b</td><td>c</td></tr></tbody></table></code>
`;

sentences('what is said of a line of code')`
  removed and added, by Shiki and by Expressive Code | <pre><code><span class="line diff remove">a</span>${'\n'}<span class="line diff add">b</span></code></pre><pre><code><div class="ec-line highlight del"><div class="code">c</div></div><div class="ec-line highlight ins"><div class="code">d</div></div></code></pre> | <pre tabindex="0"><code><del>a</del>${'\n'}<ins>b</ins></code></pre><pre tabindex="0"><code><div><del><div>c</div></del></div><div><ins><div>d</div></ins></div></code></pre>
  highlighted, by these, Chroma, Pygments, Hexo and others | <pre><span class="line highlighted">a</span> <span class="ec-line highlight mark">b</span> <span class="line hl">c</span> <span class="hll">d</span> <span class="line marked">e</span> <span class="token-line theme-code-block-highlighted-line">f</span> <span class="code-line line-number highlight-line">g</span> <span data-line data-highlighted-line>h</span></pre> | <pre tabindex="0"><mark>a</mark> <mark>b</mark> <mark>c</mark> <mark>d</mark> <mark>e</mark> <mark>f</mark> <mark>g</mark> <mark>h</mark></pre>
  highlighted by Gatsby, where only a style ends the line | <pre><code>a${'\n'}<span class="gatsby-highlight-code-line">b</span><b>c</b>${'\n'}<span class="gatsby-highlight-code-line">d</span></code></pre> | <pre tabindex="0"><code>a${'\n'}<mark>b${'\n'}</mark><b>c</b>${'\n'}<mark>d</mark></code></pre>
  in a box, which ends the line | <pre><div class="line highlighted">a</div><div class="line highlighted">b</div></pre> | <pre tabindex="0"><div><mark>a</mark></div><div><mark>b</mark></div></pre>
  not of other lines, nor outside code | <pre><span class="line">a</span> <span class="highlight-line">b</span> <span class="hljs-deletion">- c</span></pre><p><span class="line highlighted">d</span></p> | <pre tabindex="0">a b - c</pre><p>d</p>
`;

sentences('labels of tabs stand over their panels')`
  in the next element | <div class="tabs-container"><ul role="tablist" class="tabs"><li role="tab">A</li><li role="tab">B</li></ul><div><div role="tabpanel">1</div><div role="tabpanel" hidden>2</div></div></div> | <div><div><div><p><b>A</b></p>1</div><div><p><b>B</b></p>2</div></div></div>
  behind them, or behind a box around them | <div role="tablist"><button role="tab">A</button> <button role="tab">B</button></div><section role="tabpanel">1</section> <section role="tabpanel">2</section><p>3</p><div><ul role="tablist"><li><a role="tab" href="#c">&lt;C</a></li></ul></div><div role="tabpanel" id="c">4</div> | <section><p><b>A</b></p>1</section> <section><p><b>B</b></p>2</section><p>3</p><div id="e1-c"><p><b>&#x3C;C</b></p>4</div>
  of MkDocs, of code groups of VitePress, of themes of Hexo | <div class="tabbed-labels"><label>A</label></div><div class="tabbed-content"><div>1</div></div><div class="tabs"><input type="radio"><label>B</label></div><div class="blocks"><div><pre>2</pre></div></div><ul class="nav-tabs"><button>C</button></ul><div><div>3</div></div> | <div><div><p><b>A</b></p>1</div></div><div><div><p><b>B</b></p><pre tabindex="0">2</pre></div></div><div><div><p><b>C</b></p>3</div></div>
  of components that were not rendered | <TabItem label="A">1</TabItem><TabItem value="b">2</TabItem> | <p><b>A</b></p>12
  not where there are more or fewer panels, or none has words | <ul role="tablist"><li role="tab">A</li><li role="tab">B</li></ul><div><div>1</div></div><div role="tablist"><i role="tab"></i></div><div role="tabpanel">2</div> | <ul><li>A</li><li>B</li></ul><div><div>1</div></div><div><i></i></div><div>2</div>
  not in a box around labels and panels, nor one with other words | <div class="tabs"><ul class="nav-tabs"><li>A</li></ul><div><div>1</div></div></div><div><div>2</div></div><div class="tabs"><p>3</p></div><div role="tablist">4 <b role="tab">B</b></div><div><div>5</div></div><div class="tabs"><b><b><b><b><b><b><b><b>6</b></b></b></b></b></b></b></b><label>C</label></div><div><div>7</div></div><section><div class="tabs">8</div></section> | <div><div><div><p><b>A</b></p>1</div></div></div><div><div>2</div></div><div><p>3</p></div><div>4 <b>B</b></div><div><div>5</div></div><div><b><b><b><b><b><b><b><b>6</b></b></b></b></b></b></b></b>C</div><div><div>7</div></div><section><div>8</div></section>
  not where a panel is code or a paragraph | <ul role="tablist"><li>A</li></ul><div><pre>1</pre></div><ul role="tablist"><li>B</li></ul><div><p>2</p></div> | <ul><li>A</li></ul><div><pre tabindex="0">1</pre></div><ul><li>B</li></ul><div><p>2</p></div>
  not where they lead elsewhere, as a menu | <ul class="tabs"><li><a href="/a">A</a></li></ul><div><div>1</div></div><div class="tabs"><li><a href="#b">B</a></li><li><a href="javascript:x">C</a></li></div><div><div>2</div><div>3</div></div> | <ul><li><a href="https://ex.org/a">A</a></li></ul><div><div>1</div></div><div><div><p><b>B</b></p>2</div><div><p><b>C</b></p>3</div></div>
  not with what is beside them | <div><div role="tablist"><b role="tab">A</b></div><p>1</p></div><div><div>2</div></div> | <div><div><b>A</b></div><p>1</p></div><div><div>2</div></div>
`;

sentences('boxes of notes and warnings')`
  of Docusaurus, MkDocs, VitePress, GitHub | <div class="theme-admonition theme-admonition-note alert"><div class="admonitionHeading_a">A</div><div class="admonitionContent_b">1</div></div><div class="admonition note"><p class="admonition-title">B</p></div><div class="warning custom-block"><p class="custom-block-title">C</p></div><div class="markdown-alert"><p class="markdown-alert-title">D</p></div> | <aside><div><b>A</b></div><div>1</div></aside><aside><p><b>B</b></p></aside><aside><p><b>C</b></p></aside><aside><p><b>D</b></p></aside>
  of Quarto, VuePress, Ghost, Asciidoctor, themes of Hexo, Starlight | <div class="callout callout-tip"><div class="callout-title-container">A</div></div><div class="hint-container tip"><p class="hint-container-title">B</p></div><div class="kg-card kg-callout-card">c</div><div class="sidebarblock">d</div><div class="note info">f</div><div class="note note-info">g</div><aside><p class="starlight-aside__title">E</p></aside> | <aside><div><b>A</b></div></aside><aside><p><b>B</b></p></aside><aside>c</aside><aside>d</aside><aside>f</aside><aside>g</aside><aside><p><b>E</b></p></aside>
  of Hashnode, which has no class | <div data-node-type="callout"><div data-node-type="callout-text">a</div></div> | <aside><div>a</div></aside>
  with a heading or a box in the title, of older Docusaurus and Obsidian | <div class="admonition-heading"><h5>A</h5></div><div class="callout-title"><div></div><div class="callout-title-inner">B</div></div> | <div><h5>A</h5></div><div><div></div><div><b>B</b></div></div>
  not in a box of the same notes, as of docutils | <aside class="footnote-list"><aside id="a">b</aside></aside><div class="alert"><div class="admonition">c</div></div> | <aside><div id="e1-a">b</div></aside><aside><div>c</div></aside>
  with a link in the title | <div class="admonition note"><p class="admonition-title"><a href="/">A</a></p></div> | <aside><p><b><a href="https://ex.org/">A</a></b></p></aside>
  not other elements and classes | <blockquote class="callout">a</blockquote><div class="alerts no-admonition">b</div><p class="subtitle">c</p> | <blockquote>a</blockquote><div>b</div><p>c</p>
`;

sentences('lines that a style would show')`
  of code between breaks | <div>${'  '}if <b>a</b>:<br>${'    '}<b>b</b>()<br><br>${'  c  d'}</div> | <div>${'\u00A0 '}if <b>a</b>:<br>${'\u00A0'.repeat(4)}<b>b</b>()<br><br>${'\u00A0\u00A0c\u00A0 d'}</div>
  but not of one line, nor of a layout | <p>a<br>${'  '}b</p><p>${'\n  c<br>\n  d<br>\n  e\n'}</p> | <p>a<br>${'  '}b</p><p>${'\n  c<br>\n  d<br>\n  e\n'}</p>
  of a poem | <p style="white-space: pre-wrap">${'a\n  b\n\nc'}</p> | <p>a<br>${'\u00A0\u00A0'}b<br><br>c</p>
  of a poem with emphasis | <p style="white-space: pre-wrap"><i>a</i>${'\n\n'}<i>b</i>${'  c\n'}</p> | <p><i>a</i><br><br><i>b</i>${'\u00A0 c'}<br></p>
  without the layout of its source | <p style="white-space: pre-line">${'\n\ta  b\n    c'}</p> | <p><br>a  b<br>c</p>
  with gaps of half a line | <p style="white-space: pre-wrap">a${' '.repeat(99)}b</p> | <p>a${'\u00A0'.repeat(39)} b</p>
  of verses of WordPress | <pre class="wp-block-verse">${'  a   b\n\tc<em> d</em>\n<em>e</em>'}</pre> | <p>${'\u00A0 a\u00A0\u00A0 b'}<br>${'\u00A0\u00A0\u00A0\u00A0c'}<em> d</em><br><em>e</em></p>
  of those of Asciidoctor and Substack | <div class="verseblock"><pre class="content">${'a\nb'}</pre></div><div class="preformatted-block"><pre class="text">${'c\nd'}</pre></div> | <div><p>a<br>b</p></div><div><p>c<br>d</p></div>
  but not of drawings | <div class="preformatted-block"><pre class="text">${'+---+\n| a |\n+---+'}</pre></div> | <div><pre tabindex="0">${'+---+\n| a |\n+---+'}</pre></div>
  of those of docutils | <div class="line-block"><div class="line">a</div><div class="line-block"><div class="line">b</div></div></div><span class="line">c</span> | <div><div>a</div><div><div>${'\u00A0'.repeat(4)}b</div></div></div>c
  by a style for each browser | <p style="white-space: pre-wrap; white-space: -moz-pre-wrap; white-space: -o-pre-wrap">${'a\nb'}</p> | <p>a<br>b</p>
  of verses that are blocks | <p><span style="display:block">a</span><span style="display: block">b</span>c <i style="display:block">d</i></p> | <p>a<br>b<br>c <br><i>d</i></p>
  of a picture and its words | <img src="/a" style="display:block; margin:auto">b | <img src="https://ex.org/a" alt=""><br>b
  of code | <pre><code><b style="display:block">a</b><span style="display:block">${'  b\n'}</span><span style="display:block">c</span></code></pre> | <pre tabindex="0"><code><b>a</b>${'\n  b\n'}c</code></pre>
  of code with line ends beside its lines | <pre><code>${'<b style="display:block">a</b>\n  <b style="display:block">b</b>\n'}</code></pre> | <pre tabindex="0"><code><b>a</b>${'\n  '}<b>b</b>${'\n'}</code></pre>
  one for what shows nothing | <p>a<span style="display:block"></span>b</p><ins style="display:block"></ins>${'\n'}<script>c</script><p><span style="display:block">d<br></span><span style="display:block">e</span></p> | <p>a<br>b</p><ins></ins>${'\n'}<p>d<br>e</p>
  not of what floats | <span style="float:left;display:block">O</span>nce | Once
  not between blocks, nor twice | <div style="display:flex">a</div><p style="display:block">b</p><b style="display:block">c</b><br><b style="display:block">d</b><p><img data-src="/e" style="display:block"><noscript><img src="/e"></noscript></p> | <div>a</div><p>b</p><b>c</b><br><b>d</b><p><img src="https://ex.org/e" alt=""></p>
  not where another style ends them | <div style="white-space:pre-wrap"><p style="white-space:normal">${'a\nb'}</p></div> | <div><p>${'a\nb'}</p></div>
  not as code without its font | <div style="white-space: pre">${'a\nb'}</div> | <div>a<br>b</div>
  not between paragraphs | <div style="white-space:pre-line">${'<p>a</p>\n<p>b</p>'}</div> | <div><p>a</p>${'\n'}<p>b</p></div>
  not in a formula | <div style="white-space:pre-line"><math><mtext>${'a\nb'}</mtext></math></div> | <div><math><mtext>${'a\nb'}</mtext></math></div>
  not in code | <pre><code style="white-space:pre">${'a\nb'}</code></pre> | <pre tabindex="0"><code>${'a\nb'}</code></pre>
  of a diagram of Mermaid | <div class="mermaid">${'graph TD\n  A --> B\n'}</div><div class="mermaid"><svg></svg></div> | <pre tabindex="0">${'graph TD\n  A --> B\n'}</pre><div></div>
  of code from SyntaxHighlighter | <div style="font-family: Consolas, monospace !important; white-space: pre !important">${'a:\n  b'}</div> | <pre tabindex="0">${'a:\n  b'}</pre>
  of code from an editor | <div style="font-family: Menlo, monospace;white-space: pre;"><div>a:</div><div>  b</div></div> | <pre tabindex="0"><div>a:</div><div>  b</div></pre>
`;

sentences('signs and controls of another page')`
  a heading’s link to itself | <h2 id=a><a class=x href="#a">#</a>A</h2><h2>B<a href="/posts/one/#b">¶</a></h2><h2>C <a href="#c">&#8203;</a></h2> | <h5 id="e1-a">A</h5><h5>B</h5><h5>C </h5>
  within a box of the heading | <h2><span><a href="#b">#</a></span>B</h2> | <h5>B</h5>
  a picture in a heading stays | <h2><a href="/b#c"><img src=/a></a></h2> | <h5><a href="https://ex.org/b#c"><img src="https://ex.org/a" alt=""></a></h5>
  a sign outside of a heading stays | <p id=x>a <a href="#x">#</a></p> | <p id="e1-x">a <a href="#e1-x">#</a></p>
  a link in a heading that leads to it | <h2 id=a>A <a href="#a"><span class="visually-hidden">Permalink to “A”</span> <span aria-hidden=true>#</span></a></h2><h3 id=b>B<a href="#b"><span class=sr-only>permalink</span></a></h3> | <h5 id="e1-a">A </h5><h6 id="e1-b">B</h6>
  a link behind a heading that leads to it | <div><h2 id=a>A</h2> <a href="#a"><span aria-hidden=true><svg width=16 height=16><path d="M0 0"/></svg></span><span class=sr-only>Section titled A</span></a></div><p>b</p> | <div><h5 id="e1-a">A</h5> </div><p>b</p>
  one that leads elsewhere, or shows a picture, stays | <h2 id=a>A</h2><a href="#b">B</a><h2 id=b>B</h2><a href="/c#b">C</a><h2 id=c>C</h2><a href="#c"><img src=/d></a> | <h5 id="e1-a">A</h5><a href="#e1-b">B</a><h5 id="e1-b">B</h5><a href="https://ex.org/c#b">C</a><h5 id="e1-c">C</h5><a href="#e1-c"><img src="https://ex.org/d" alt=""></a>
  nor one that says more than the heading, or that others lead to | <h2 id=a>A</h2><a href="#a">Read</a> on.<h2 id=b>B</h2><a id=c href="#b">B</a> <a href="#c">c</a> | <h5 id="e1-a">A</h5><a href="#e1-a">Read</a> on.<h5 id="e1-b">B</h5><a href="#e1-b" id="e1-c">B</a> <a href="#e1-c">c</a>
  nor one behind a heading that has no words, or some deep in it | <h2 id=a><math></math></h2><a href="#a">Read</a> on.<h2 id=b>1 ${'<i>'.repeat(8)}B${'</i>'.repeat(8)}</h2><a href="#b">1 or more</a> | <h5 id="e1-a"><math></math></h5><a href="#e1-a">Read</a> on.<h5 id="e1-b">1 ${'<i>'.repeat(8)}B${'</i>'.repeat(8)}</h5><a href="#e1-b">1 or more</a>
  a heading that is a link stays | <h2 id=a><a href="#a"><span>A #</span></a></h2> | <h5 id="e1-a"><a href="#e1-a">A #</a></h5>
  a link that others lead to stays | <h2><a name=a href="#">#</a>A</h2> | <h5><a href="https://ex.org/posts/one/#" id="e1-a">#</a>A</h5>
  an emoji of WordPress | <img src="https://s.w.org/images/core/emoji/15/72x72/1f600.png" alt="😀" class="wp-smiley" style="height: 1em"> | 😀
  a smiley of old | <img src="/icon_smile.gif" alt=":-)" class="wp-smiley"> | :-)
  a picture about an emoji stays | <img src="/a.png" alt="❤️"><img src="/b.png" alt=":a:"> | <img src="https://ex.org/a.png" alt="❤️"><img src="https://ex.org/b.png" alt=":a:">
  an emoji of a server is as large as a letter | <img class=emoji src="/a.png" alt=":a:"><img class="custom-emoji" src="/b.png" alt=":b:" width=16 height=16><img class=emoji src="/c.png" alt="How I drew emoji"> | <img src="https://ex.org/a.png" alt=":a:" width="20"><img src="https://ex.org/b.png" alt=":b:" width="16" height="16"><img src="https://ex.org/c.png" alt="How I drew emoji">
  buttons of Substack | <a href="/a.png"><img src="/a.png" alt=a><div><svg role="img" width="20" height="20"><g><title></title><path d="M2 7"/></g></svg></div></a> | <a href="https://ex.org/a.png"><img src="https://ex.org/a.png" alt="a"><div></div></a>
  buttons of dev.to | <div class="highlight"><pre>a</pre><div class="highlight__panel js-actions-panel"><svg width="20" height="20"><title>Enter fullscreen mode</title><path d="M0 0"/></svg></div></div> | <div><pre tabindex="0">a</pre></div>
  controls of Ghost | <audio src=/a></audio><div class="kg-audio-title">A</div><div class="kg-audio-player">0:00</div><img src="" alt="audio-thumbnail" class="kg-audio-hide"> | <audio src="https://ex.org/a" controls preload="none"></audio><div>A</div>
  the form of Ghost, with its answer | <div class="kg-signup-card" style="display: none"><h2>News</h2><form class="kg-signup-card-form"><button>Subscribe</button><div>Email sent!</div></form></div> | <div><h5>News</h5></div>
  the stars of Ghost | <div><span class="kg-product-card-rating-active kg-product-card-rating-star"><svg viewBox="0 0 24 24"><path d="M0 0h9"/></svg></span><span class="kg-product-card-rating-star"><svg viewBox="0 0 24 24"><path d="M0 0h9"/></svg></span></div> | <div>★☆</div>
  labels that Drupal hides go | <div class="field"><div class="field__label visually-hidden">Image</div><div class="field__item">a</div><div class="field__label">Place</div></div> | <div><div>a</div><div>Place</div></div>
  name and size of a picture of Discourse go | <a class="lightbox" href="/a.png"><img src="/a.png" alt="b"><div class="meta"><span class="filename">b</span><span class="informations">9×9 1 KB</span></div></a><div class="meta">c</div> | <a href="https://ex.org/a.png"><img src="https://ex.org/a.png" alt="b"></a><div>c</div>
  not the words of another such box | <div class="lightbox"><img src="/a.png" alt="b"><div class="meta">Photo: Ann</div></div> | <div><img src="https://ex.org/a.png" alt="b"><div>Photo: Ann</div></div>
  so does the sign of Tumblr that a picture has words | <figure><img src="/a.png" alt="b"><span class="tmblr-alt-text-helper">ALT</span></figure> | <figure><img src="https://ex.org/a.png" alt="b"></figure>
  portraits and hidden titles of quoted posts go | <div class="ltag__link"><a href="/ann"><div class="ltag__link__pic"><img src="/ann.png"></div></a><a href="/a">A</a></div><div class="crayons-story"><a class="crayons-story__hidden-navigation-link" href="/b">B</a><div class="crayons-story__author-pic"><img src="/bo.png"></div><h2><a href="/b">B</a></h2></div> | <div><a></a><a href="https://ex.org/a">A</a></div><div><h5><a href="https://ex.org/b">B</a></h5></div>
  notices of films that wait for consent go | <iframe data-privacy-src="https://youtu.be/dQw4w9WgXcQ"></iframe><div class="fusion-privacy-placeholder">We need your permission. <button>I accept</button></div><div class="cookieconsent-optout-marketing">Please accept cookies</div> | ${YOUTUBE}
  headings and messages of forms and scripts go | <section><h2 class="title comment-form__title">Add new comment</h2></section><span class="js-render-enrichment-loader"><span class="sr-only">Loading</span></span>a | <section></section>a
  a bookmark of Ghost | <div>A<img class="kg-bookmark-icon" src=/icon.png><span class="kg-bookmark-author">The Verge</span><span class="kg-bookmark-publisher">Jane</span></div> | <div>A The Verge  Jane </div>
  the still picture of Ghost | <video src=/a poster="https://img.spacergif.org/v1/9x9/0a/spacer.png" style="background: transparent url('/b.jpg') 50%"></video> | <video src="https://ex.org/a" poster="https://ex.org/b.jpg" controls preload="none"></video>
  the frame of a post of WordPress, after its link | <blockquote class="wp-embedded-content"><a href=/a>A</a></blockquote><iframe class="wp-embedded-content" src="/a/embed/"></iframe> | <blockquote><a href="https://ex.org/a">A</a></blockquote>
  also in a paragraph of its own | <blockquote class="wp-embedded-content"><a href=/a>A</a></blockquote><p><iframe class="wp-embedded-content" style="position: absolute; visibility: hidden" src="/a/embed/"></iframe></p> | <blockquote><a href="https://ex.org/a">A</a></blockquote><p></p>
  also in one without style, as in feeds, and behind a line or a script | <blockquote class="wp-embedded-content"><a href=/a>A</a></blockquote><p><iframe class="wp-embedded-content" src="/a/embed/"></iframe></p><blockquote class="wp-embedded-content"><a href=/a>A</a></blockquote> <br><iframe class="wp-embedded-content" src="/a/embed/"></iframe><blockquote class="wp-embedded-content"><a href=/a>A</a></blockquote><script></script><iframe class="wp-embedded-content" src="/a/embed/"></iframe> | <blockquote><a href="https://ex.org/a">A</a></blockquote><p></p><blockquote><a href="https://ex.org/a">A</a></blockquote> <br><blockquote><a href="https://ex.org/a">A</a></blockquote>
  also at a place of its own, without its link | <p>a</p><iframe class="wp-embedded-content" style="position: absolute; clip: rect(1px, 1px, 1px, 1px)" src="/a/embed/"></iframe> | <p>a</p>
  not one without a link, as of Mastodon | <iframe class="wp-embedded-content" sandbox="allow-scripts" src="https://m.example/@a/1/embed#?secret=x"></iframe> | <a href="https://m.example/@a/1/embed#?secret=x">m.example</a>
  nor one behind another quotation | <blockquote>a</blockquote><iframe class="wp-embedded-content" src="https://m.example/@a/1/embed#?secret=x"></iframe> | <blockquote>a</blockquote><a href="https://m.example/@a/1/embed#?secret=x">m.example</a>
`;

sentences('words for screen readers stay')`
  apart from others | <h2>Changes<span class="sr-only">of 2024</span></h2><div><span class="screen-reader-only">Tip</span>Head</div> | ${'<h5>Changes of 2024 </h5><div> Tip Head</div>'}
  once, if the text beside them is the same | <h2>Changes<span class="sr-only"> Changes</span></h2><p><span class="visually-hidden">A</span>A<span class="sr-only">A</span><br>A b</p> | <h5>Changes</h5><p>A<br>A b</p>
  beside an icon | IE 11: <i class="fa fa-times"></i><span class="visually-hidden">no</span> | ${'IE 11: <i></i> no '}
  as the end of a link of WordPress | <a href="/x">Continue reading <span class="screen-reader-text">“A”</span></a> | <a href="https://ex.org/x">Continue reading “A”</a>
`;

sentences('what a style says of words')`
  bold and italic | <p><span style="font-weight: 700; vertical-align: baseline">a</span> <span style="color:red;font-style:italic">b</span></p> | <p><b>a</b> <i>b</i></p>
  both, with its id | <p><span style="font-weight:bold; font-style:italic" id=x>a</span></p> | <p><b id="e1-x"><i>a</i></b></p>
  taken back around a whole post | <b style="font-weight:normal" id="docs-internal-guid-1"><p>a <em style="font-style: normal">b</em></p></b> | <span id="e1-docs-internal-guid-1"><p>a b</p></span>
  taken back within a whole post | <p><span style="font-weight: bold;">A<br><span style="font-weight: normal;">b</span></span></p> | <p>A<br>b</p>
  said again within what is taken back | <b style="font-weight:normal"><span style="font-weight:700">a</span></b> | <b>a</b>
  raised around a link | <p><sup><a href=/b><span style="vertical-align:super">1</span></a></sup></p> | <p><sup><a href="https://ex.org/b">1</a></sup></p>
  handwriting | <p>a <span style="font-family: Monotype Corsiva">b</span></p> | <p>a b</p>
  struck, raised, lowered | <span style="text-decoration:line-through">a</span><span style="vertical-align:super">b</span><span style="vertical-align: sub">c</span> | <s>a</s><sup>b</sup><sub>c</sub>
  struck by a role of Asciidoctor | <p>a <span class="line-through">b</span></p> | <p>a <s>b</s></p>
  struck, said by two properties | <span style="text-decoration: line-through; text-decoration-line: line-through">a</span> | <s>a</s>
  said by an element too | <h2><span style="font-weight:bold">a</span></h2><em><span style="font-style:italic">b</span></em><sup><span style="vertical-align:super">c</span></sup> | <h5>a</h5><em>b</em><sup>c</sup>
  code in a line | <p>Call <span style="font-family: Courier New, monospace">f()</span>.</p> | <p>Call <code>f()</code>.</p>
  not prose in such a font | <p><span style="font-family: Courier">a</span></p><p>b <span style="font-family: Courier">${'c'.repeat(101)}</span></p> | <p>a</p><p>b ${'c'.repeat(101)}</p>
  not in code | <pre>a <span style="font-weight:bold">b</span></pre> | <pre tabindex="0">a b</pre>
  plain | <p><span style="font-weight:400;font-style:normal">a</span></p> | <p>a</p>
`;

sentences('marks of notes')`
  are raised | <p>30<a id=r href="#n">1</a>, so<b>x</b><a href="#n">*</a></p><p id=n><a href="#r">1</a> a</p> | <p>30<sup><a href="#e1-n" id="e1-r">1</a></sup>, so<b>x</b><sup><a href="#e1-n">*</a></sup></p><p id="e1-n"><a href="#e1-r">1</a> a</p>
  two of them | <p id=n>a.<a href="#n" id=a>1</a><a href="#n" id=b>2</a></p> | <p id="e1-n">a.<sup><a href="#e1-n" id="e1-a">1</a></sup><sup><a href="#e1-n" id="e1-b">2</a></sup></p>
  not numbers of figures and chapters | <p id=n>図<a href="#n">1</a>, 第<a href="#n">3</a>章, Fig.<a href="#n">1</a>, [1,<a href="#n">2</a>]</p> | <p id="e1-n">図<a href="#e1-n">1</a>, 第<a href="#e1-n">3</a>章, Fig.<a href="#e1-n">1</a>, [1,<a href="#e1-n">2</a>]</p>
  not where they are raised | <p id=n>a<sup><a href="#n" id=a>1</a></sup></p> | <p id="e1-n">a<sup><a href="#e1-n" id="e1-a">1</a></sup></p>
  not in brackets, nor behind a space | <p id=n>a[<a href="#n" id=a>1</a>] b <a href="#n" id=b>2</a></p> | <p id="e1-n">a[<a href="#e1-n" id="e1-a">1</a>] b <a href="#e1-n" id="e1-b">2</a></p>
  not words, headings and code | <h2 id=n>a<a href="#n" id=a>1</a></h2><p>a<a href="#n" id=b>b</a></p><pre>a<a href="#n" id=c>1</a></pre> | <h5 id="e1-n">a<a href="#e1-n" id="e1-a">1</a></h5><p>a<a href="#e1-n" id="e1-b">b</a></p><pre tabindex="0">a<a href="#e1-n" id="e1-c">1</a></pre>
  not links elsewhere | <p>a<a href="/x#n" id=a>1</a></p> | <p>a<a href="https://ex.org/x#n" id="e1-a">1</a></p>
`;

sentences('what the blog hides is shown: a script of the blog may show it')`
  slides, tabs, spoilers | <ul><li>a</li><li style="display: none">b</li></ul><p role=tabpanel hidden>c</p><div class=spoiler style="display:none">d</div> | <ul><li>a</li><li>b</li></ul><p>c</p><div>d</div>
  words, pictures, code | <p hidden=until-found>a</p><p id=x style="display:none">b</p><img src=/a style="display:none"><pre hidden>c</pre> | <p>a</p><p id="e1-x">b</p><img src="https://ex.org/a" alt=""><pre tabindex="0">c</pre>
  a picture that is loaded late | <img style="display:none" src=/a data-src=/b><p style="display:none"><img data-src=/c></p> | <img src="https://ex.org/a" alt=""><p><img src="https://ex.org/c" alt=""></p>
`;

sentences('elements out of use, or of another page')`
  center | <center>a</center> | <div>a</div>
  tt and strike | <tt>a</tt><strike>b</strike> | <code>a</code><s>b</s>
  acronym | <acronym title=x>a</acronym> | <abbr title="x">a</abbr>
  main and nav | <main>a</main><nav>b</nav> | <div>a</div><div>b</div>
  plaintext | <plaintext><b> | <pre tabindex="0">&#x3C;b></pre>
  boxes of a task in other points | <ul><li><label><input type=checkbox checked> a</label></li></ul><table><tr><td><input type=checkbox></td></tr></table><div>b <input type=checkbox disabled></div> | <ul><li>☑  a</li></ul><table tabindex="0"><tbody><tr><td>☐ </td></tr></tbody></table><div>b ☐ </div>
  notes and code of Distill | <p>a<d-footnote>b.</d-footnote> <d-code>c</d-code></p><d-code block>d<br></d-code> | <p>a<small> (b.) </small> <code>c</code></p><pre tabindex="0">d<br></pre>
  formulas that only their element tells | <p><d-math>x</d-math> <span class="math inline">y &lt; 1</span> <span class="math display">z</span></p><d-math block>w</d-math> | <p>\(x\) \(y &#x3C; 1\) \[z\]</p>\[w\]
  but not those that have marks or markup | <span class="math inline">\(x\)</span> <span class="math display">$$y$$</span> <span class="math inline"><em>z</em></span> | \(x\) $$y$$ <em>z</em>
  the name of a language over code, but not another word | <div class="language-js"><button title="Copy"></button><span class="lang">js</span><pre><code>a</code></pre></div><p><span class="lang">js</span></p> | <div>  <pre class="language-js" tabindex="0"><code>a</code></pre></div><p>js</p>
  nor a word that is not over code | <div class="lang-de"><span class="lang">German: </span>a</div> | <div>German: a</div>
  a list without numbers gets none | <ol style="list-style: none"><li>[1] a</li><li>[2] b</li></ol><ul><li style="list-style-type:none;">• c</li></ul> | <div><div>[1] a</div><div>[2] b</div></div><div><div>• c</div></div>
  but one in it or around it does | <ul><li>a<ol style="list-style-type:none"><li>b<ol><li>c</ol></ol></ul> | <ul><li>a<div><div>b<ol><li>c</li></ol></div></div></li></ul>
  and one in it may have none | <ul><li>a<ul style="list-style:none"><li>b</li></ul></li></ul> | <ul><li>a<div><div>b</div></div></li></ul>
  nor does one where a point only holds another list | <ol><li style="list-style-type: none"><ol><li>a</li></ol></li><li>b</li></ol> | <ol><li><ol><li>a</li></ol></li><li>b</li></ol>
  nor where points have one by their own style | <ul style="list-style:none"><li style="list-style-type:disc">a</li></ul> | <ul><li>a</li></ul>
  a list in a list without bullets keeps its level | <ul style="list-style:none"><li>a<ul style="list-style:none"><li>b</li></ul></li></ul> | <div><div>a<ul><li>b</li></ul></div></div>
  the icon of a note of Asciidoctor is its name | <table><tr><td class="icon"><i class="fa icon-tip" title="Tip"></i><td>a</table><i class="fa" title="b"></i> | <table tabindex="0"><tbody><tr><td>Tip</td><td>a</td></tr></tbody></table><i title="b"></i>
  boxes of a task of Asciidoctor | <ul><li><p><i class="fa fa-check-square-o"></i> a</p></li><li><p><i class="fa fa-square-o"></i> b</p></li></ul><p>c <i class="fa fa-square-o"></i></p> | <ul><li><p>☑ a</p></li><li><p>☐ b</p></li></ul><p>c <i></i></p>
  a cover that is a background is a picture | <div class="wp-block-cover"><div class="wp-block-cover__image-background has-parallax" style="background-position:50%;background-image:url(/A.jpg)"></div><p>a</p></div><span role="img" aria-label="Sea" style="background:url('/b.png')"> </span> | <div><img src="https://ex.org/A.jpg" alt=""><p>a</p></div><img src="https://ex.org/b.png" alt="Sea">
  also with brackets in its name, but not a part of a sheet | <div role="img" style="background: url(&quot;/a (1).png&quot;)"></div><span role="img" style="background:url(/b.png) -9px 0"></span><span role="img" style="background-image:url(/c.png);background-position:-9px 0"></span>c | <img src="https://ex.org/a%20(1).png" alt="">c
  but not words, nor other backgrounds | <span role="img" aria-label="wave" style="background:url(/a.png)">👋</span><div style="background-image:url(/b.png)"></div><div role="img"></div> | 👋<div></div><div></div>
  a chart that a frame holds is named | <div>a <iframe srcdoc="&lt;script src='/leaflet.js'&gt;&lt;/script&gt;" style="height:100%"></iframe></div><iframe src="https://f.ex/" srcdoc="<script></script>"></iframe> | <div>a <p>[chart]</p></div><a href="https://f.ex/">f.ex</a>
  but not one that is hidden, nor a gist or a link | <iframe srcdoc="<script></script>" style="display:none"></iframe><p><iframe srcdoc="<script src=https://gist.github.com/a/1f.js></script>"></iframe> <iframe srcdoc="<script></script>"><a href="https://f.ex/">f</a></iframe></p> | <p><a href="https://gist.github.com/a/1f">gist.github.com</a> <a href="https://f.ex/">f</a></p>
  a chart of a script is named | <div id="a" class="plotly-graph-div"></div><div id="altair-viz-1"></div><div data-root-id="b"></div><div class="leaflet html-widget"></div><div class="datatables html-widget"></div>c | <p>[chart]</p><p>[chart]</p><p>[chart]</p><p>[map]</p><p>[table]</p>c
  but not beside what shows it | <div class="html-widget"><img src="/a.png"></div><div class="vega-embed"><p>a</p></div><div class="html"></div> | <div><img src="https://ex.org/a.png" alt=""></div><div><p>a</p></div><div></div>
  tables that lay out a newsletter are boxes | <table><tr><td><center><table width=600><tr><td>a</td></tr><tr><td><table role=presentation><tr><td>b</td><td>c</td></tr></table></td></tr></table></center></td></tr></table> | <div><div><div><div><div>a</div><div><div><div>b</div><div>c</div></div></div></div></div></div></div>
  but not one of data, nor one alone | <table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table><table role=presentation><tr><th>c</th></tr></table><table><tr><td>d</td></tr></table> | <div><div><table tabindex="0"><tbody><tr><td>a</td><td>b</td></tr></tbody></table></div></div><table tabindex="0"><tbody><tr><th>c</th></tr></tbody></table><table tabindex="0"><tbody><tr><td>d</td></tr></tbody></table>
  nor one with empty rows | <table><tr><td><table><tr><td>a</td><td>b</td></tr><tr></tr></table></td></tr></table> | <div><div><table tabindex="0"><tbody><tr><td>a</td><td>b</td></tr><tr></tr></tbody></table></div></div>
  the boxes of xarray and scikit-learn go beside their text | <div><pre class="xr-text-repr-fallback">a</pre><div class="xr-wrap" style="display:none">b</div></div><div class="sk-text-repr-fallback"><pre>c</pre></div><div class="sk-container" hidden>d</div> | <div><pre tabindex="0">a</pre></div><div><pre tabindex="0">c</pre></div>
  what follows their text without the boxes stays | <div><pre class="xr-text-repr-fallback">a</pre><p>b</p></div> | <div><pre tabindex="0">a</pre><p>b</p></div>
  but not without it | <div><style>x</style><div class="xr-wrap">b</div></div> | <div><div>b</div></div>
  words for the list of an inbox go | <div style="display:none;max-height:0px;overflow:hidden">a</div><span style="display:none!important;mso-hide:all">b</span>c<a style="mso-hide:all" href="/d">d</a> | c<a href="https://ex.org/d">d</a>
  but not those of a box that opens | <div hidden style="max-height:0;overflow:hidden">a</div><p style="visibility:hidden;max-height:0;overflow:hidden">b</p><p style="display:none;max-height:0">c</p><p style="display:none;overflow:hidden">d</p> | <div>a</div><p>b</p><p>c</p><p>d</p>
  a formula of Typst is no ornament | <p>a <svg class="typst-frame" viewBox="0 0 9 8" width="9pt" height="8pt"><g class="typst-text"><path d="M0 0"/></g></svg> b</p> | <p>a <img src="data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22%20width=%2212%22%20height=%2210.67%22%20viewBox=%220%200%209%208%22%3E%3Cg%3E%3Cpath%20d=%22M0%200%22%3E%3C/path%3E%3C/g%3E%3C/svg%3E" alt="" width="12" height="11"> b</p>
  notes of Tufte CSS, in brackets | <p>a.<label for=s class="margin-toggle sidenote-number"></label><input type=checkbox id=s class="margin-toggle"><span class="sidenote">b.</span></p> | <p>a.<small> (b.) </small></p>
  those of Modern Footnotes | <p>a<sup><a href="javascript:void(0)" role="button">1</a></sup><span role="tooltip" class="modern-footnotes-footnote__note">b.</span> c</p> | <p>a<sup><a>1</a></sup><small> (b.) </small> c</p>
  those of Footnotes, where the list is not in the feed | <p>a<sup>[1]</sup><span class="footnote_tooltip">b.</span> c</p> | <p>a<sup>[1]</sup><small> (b.) </small> c</p>
  boxes that only fold something | <div><input type=checkbox id=t><label for=t>a</label></div><p>b<input type=checkbox></p> | <div>a</div><p>b</p>
  numbers of a list, by style and by class | <ol class="loweralpha simple"><li>a</ol><ol style="list-style-type: upper-roman"><li>b</ol><ol type=A style="color:red"><li>c</ol> | <ol type="a"><li>a</li></ol><ol type="I"><li>b</li></ol><ol type="A"><li>c</li></ol>
  boxes of a task list | <li><input type=checkbox checked>a<li><input type=checkbox>b | <li>☑ a</li><li>☐ b</li>
`;

sentences('markup that moves when it is read again')`
  a link in a link | <a href=/1>a<table><a href=/2>b | <a href="https://ex.org/1">a</a><a href="https://ex.org/2">b</a><table tabindex="0"></table>
  a paragraph that a dropped element let in | <p>a<marquee><p>b | <p>a</p><div><p>b</p></div><p></p>
`;

test('for a look at a feed, pictures and links are as the feed has them, and still safe', () => {
  const html =
    '<p><img src="http://a.example/1.gif" width="1" height="1" onerror="x()"><a href="http://a.example/"></a><script>x()</script></p>';
  const look = sanitise(html, { base: null, idPrefix: 'x', asGiven: true });
  expect(look).toBe(
    '<p><img src="http://a.example/1.gif" width="1" height="1"><a href="http://a.example/" rel="nofollow ugc noopener"></a></p>',
  );
  expect(sanitise(html, { base: null, idPrefix: 'x' })).toBe('<p><a></a></p>');
});
