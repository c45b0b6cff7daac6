import { expect, test } from 'vitest';
import { excerpt } from '../../../scripts/snapshot/sanitise/excerpt.ts';

const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');

test.for([
  { when: 'the post is short', html: '<p>Hello <b>there</b>.</p>', gives: 'Hello there.' },
  { when: 'the post is empty', html: '', gives: '' },
  { when: 'blocks meet', html: '<p>One.</p><p>Two.</p><ul><li>a</li><li>b</li></ul>', gives: 'One. Two. a b' },
  { when: 'lines break', html: 'One<br>two', gives: 'One two' },
  { when: 'tags stand within a word', html: 'H<sub>2</sub>O', gives: 'H2O' },
  { when: 'characters are escaped', html: '1 &#x3C; 2 &#x26;&amp; 3 > 2', gives: '1 < 2 && 3 > 2' },
  { when: 'an attribute holds a bracket', html: '<p title="a > b">Text</p>', gives: 'Text' },
  { when: 'there is code', html: '<p>See:</p><pre><code>x = <b>1</b></code></pre><p>Done.</p>', gives: 'See: Done.' },
  { when: 'there is code in a line', html: '<p>Call <code>f()</code>.</p>', gives: 'Call f().' },
  {
    when: 'there is a table in a table',
    html: '<table><tr><td><table></table>x</td></tr></table>After',
    gives: 'After',
  },
  {
    when: 'there is a figure',
    html: '<figure><img alt="x"><figcaption>Caption</figcaption></figure>Text',
    gives: 'Text',
  },
  { when: 'there are headings', html: '<h4>Intro</h4><p>Text</p>', gives: 'Text' },
  { when: 'there is a footnote mark', html: 'So<sup><a href="#x-fn" rel="nofollow">1</a></sup>.', gives: 'So.' },
  { when: 'there is ruby', html: '<ruby>楕円<rp>(</rp><rt>だえん</rt><rp>)</rp></ruby>', gives: '楕円' },
  { when: 'there is nothing but code', html: '<pre><code>x = 1</code></pre>', gives: 'x = 1' },
] as const)('when $when', ({ html, gives }) => {
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
