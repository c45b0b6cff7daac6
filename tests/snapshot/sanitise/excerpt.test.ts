import { expect, test } from 'vitest';
import { excerpt } from '../../../scripts/snapshot/sanitise/excerpt.ts';
import { rows } from '../../lib/case-table.ts';

const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');

test.for(rows`
  the post is short | <p>Hello <b>there</b>.</p> | Hello there.
  the post is empty | ${''} | ${''}
  blocks meet | <p>One.</p><p>Two.</p><ul><li>a</li><li>b</li></ul> | One. Two. a b
  lines break | One<br>two | One two
  tags stand within a word | H<sub>2</sub>O | H2O
  characters are escaped | 1 &#x3C; 2 &#x26;&amp; 3 > 2 | 1 < 2 && 3 > 2
  an attribute holds a bracket | <p title="a > b">Text</p> | Text
  there is code | <p>See:</p><pre><code>x = <b>1</b></code></pre><p>Done.</p> | See: Done.
  there is code in a line | <p>Call <code>f()</code>.</p> | Call f().
  there is a table in a table | <table><tr><td><table></table>x</td></tr></table>After | After
  there is a figure | <figure><img alt="x"><figcaption>Caption</figcaption></figure>Text | Text
  there are headings | <h4>Intro</h4><p>Text</p> | Text
  there is a footnote mark | So<sup><a href="#x-fn" rel="nofollow">1</a></sup>. | So.
  a footnote mark is in brackets | <p>So [<a href="#nb1">1</a>], [] (<sup><a href="#nb2">2</a></sup>)<a href="#nb3">3</a> on [<a href="#nb4">4</a>]x.</p><p>[<a href="#nh1">1</a>] Note</p> | So, [] on x. Note
  a footnote mark stands between spaces | So <a href="#n1">1</a> <a href="#n2">2</a> on <a href="#n3">3</a>. | So on.
  there is a link elsewhere | See <a href="https://a.example/#b">this</a>. | See this.
  there is ruby | <ruby>楕円<rp>(</rp><rt>だえん</rt><rp>)</rp></ruby> | 楕円
  each character has its ruby | <ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>の<ruby>塔<rp>(</rp><rt>とう</rt><rp>)</rp></ruby>だ。 | 東京の塔だ。
  there is nothing but code | <pre><code>x = 1</code></pre> | x = 1
`)('when %s', ([, html, gives]) => {
  expect(excerpt(html)).toBe(gives);
});

test('ends with a sentence where one ends in good time', () => {
  const post = '<p>The first sentence is here. The second one is longer than that. And a third one follows it.</p>';
  expect(excerpt(post, 70)).toBe('The first sentence is here. The second one is longer than that.');
});

test('does not end with a sentence that ends too soon', () => {
  expect(excerpt(`<p>Oh. ${words(40)}</p>`, 50)).toBe(`Oh. ${words(9)}…`);
});

test('cuts after a word, with an ellipsis, and without the comma before it', () => {
  expect(excerpt(`<p>one two three, ${words(40)}</p>`, 18)).toBe('one two three…');
});

test('a text without spaces is cut all the same', () => {
  const cut = excerpt(`<p>${'x'.repeat(1_000)}</p>`, 50);
  expect(cut).toBe(`${'x'.repeat(49)}…`);
});

test.for([
  { of: 'a family', grapheme: '👨‍👩‍👧‍👦' },
  { of: 'an accent', grapheme: 'e\u0301' },
  { of: 'a flag', grapheme: '🇳🇱' },
  { of: 'a syllable', grapheme: 'नि' },
] as const)('never cuts through $of', ({ grapheme }) => {
  for (let limit = 20; limit < 40; limit += 1) {
    const cut = excerpt(grapheme.repeat(100), limit);
    expect(cut.length).toBeLessThanOrEqual(limit);
    expect(cut.slice(0, -1).replaceAll(grapheme, '')).toBe('');
    expect(cut.endsWith('…')).toBe(true);
  }
});

test.for([
  ['<p>', 500_000],
  ['<pre>', 500_000],
  ['<a href="#">', 200_000],
  ['<p title="', 300_000],
  ['<table></table>', 200_000],
  ['&#x26;', 500_000],
  ['<', 1_000_000],
  [' ', 3_000_000],
  ['x', 3_000_000],
] as const)('%s, %i times over, has an excerpt that is short', ([piece, times]) => {
  expect(excerpt(piece.repeat(times)).length).toBeLessThan(1_000);
});
