import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { sanitise } from '../../scripts/snapshot/sanitise/sanitise.ts';
import { forbiddenWhenParsed } from '../../src/core/body-check.ts';
import { cutHtml, isLong, minutesText } from '../../src/core/cut-html.ts';
import { body } from '../bench/planet/body.ts';
import { randomOf } from '../bench/planet/random.ts';
import { HOSTILE_HTML } from '../fixtures/hostile-html.ts';
import { tagSoup } from '../fixtures/tag-soup.ts';
import { rows } from '../lib/case-table.ts';

const PAGE = 'https://planet.example/2026/01/23/a-0123456789/';
const OPTIONS = { base: 'https://ex.org/a/b', idPrefix: 'own' };

/** A text of so many characters, in words of four and a space. */
const text = (length: number) => 'word '.repeat(length / 5).trimEnd();
const p = (length: number) => `<p>${text(length)}</p>`;

const picture = '<img src="https://x.example/a.png" alt="">';
const head = `<thead><tr><th>${text(300)}</th></tr></thead>`;
test.for(rows`
  a short one | ${p(300)} | ${''}
  one with little more | ${p(300) + p(150)} | ${''}
  two paragraphs | ${p(300) + p(400)} | ${p(300)}
  paragraphs, to the one that is enough | ${p(120).repeat(9)} | ${p(120).repeat(3)}
  a paragraph without end | ${p(2_000)} | <p>${text(505)}…</p>
  a paragraph with a line end in its source | <p>${`${text(300)}\n${text(600)}`}</p> | <p>${`${text(300)}\n${text(205)}`}…</p>
  a text without paragraphs | ${text(300)}<br>${text(600)} | ${text(300)}<br>
  a quotation | <blockquote>${p(300)}${p(600)}</blockquote> | <blockquote>${p(300)}</blockquote>
  a list in a list | <ul><li>${text(200)}<ul><li>${text(100)}</li><li>${text(600)}</li></ul></li></ul> | <ul><li>${text(200)}<ul><li>${text(100)}</li></ul></li></ul>
  a heading with what it announces | ${p(300)}<h5>${text(50)}</h5>${p(100)}${p(600)} | ${p(300)}<h5>${text(50)}</h5>${p(100)}
  no heading without it | ${p(300)}<h5>${text(200)}</h5>${p(600)} | ${p(300)}
  a term with what it means | <dl><dt>${text(300)}</dt><dd>a</dd><dt>b</dt><dd>${text(600)}</dd></dl> | <dl><dt>${text(300)}</dt><dd>a</dd></dl>
  a row of a table | <table>${head}<tbody><tr><td>${p(300)}</td><td>b</td></tr><tr><td>${text(600)}</td></tr></tbody></table> | <table>${head}<tbody><tr><td>${p(300)}</td><td>b</td></tr></tbody></table>
  lines of code, coloured | ${`<pre><code class="language-x"><span>if</span> a\n${'b '.repeat(160)}\n<span>c\n${'d\n'.repeat(50)}</span></code></pre>`} | ${`<pre><code class="language-x"><span>if</span> a\n${'b '.repeat(160)}\n</code></pre>`}
  code in a sentence | <p>a <code>${text(600)}</code> and so on ${text(300)}</p> | <p>a <code>${text(600)}</code> and…</p>
  a formula | <p>a <math><mi>${text(600)}</mi><mo>=</mo></math> and so on ${text(300)}</p> | <p>a <math><mi>${text(600)}</mi><mo>=</mo></math> and…</p>
  a picture and its caption | <figure>${picture}<figcaption>a</figcaption></figure>${p(200)} | <figure>${picture}<figcaption>a</figcaption></figure>
  a picture of a great height | <p><img src="https://x.example/a.png" alt="" width="10" height="9999"></p><p>${text(200)}</p> | <p><img src="https://x.example/a.png" alt="" width="10" height="9999"></p>
  small pictures in a sentence | <p>${'<img src="https://x.example/a.png" alt="" width="16" height="16">'.repeat(9)}</p><p>a</p> | ${''}
  Japanese, which writes no spaces | <p>${'星をみる。'.repeat(100)}</p> | <p>${'星をみる。'.repeat(46)}…</p>
  an address without end | <p>${'x'.repeat(900)}</p>${p(200)} | <p>${'x'.repeat(900)}</p>
  a row that is all there is | ${`<table><tbody>\n<tr><td>${text(900)}</td></tr>\n</tbody></table>\n`} | ${''}
  links within it, of which some lead to what is not there | <p><a rel="nofollow" href="#own-x">a</a> href="#b" ${text(300)}</p><p id="own-x">${text(600)}</p> | <p><a rel="nofollow" href="${PAGE}#own-x">a</a> href="#b" ${text(300)}</p>
  signs that look like tags in a value | <p title="</p> a > b <a href=">${text(300)}</p>${p(600)} | <p title="</p> a > b <a href=">${text(300)}</p>
  values in other quotes, which are not the sanitiser’s | <p title='a'>a</p>${p(900)} | ${''}
  tags that are closed elsewhere | <p><b>a</p></b>${p(900)} | ${''}
`)('the beginning of a body: %s', ([, html, gives]) => {
  expect(cutHtml(html, 400, PAGE)).toEqual({ html: gives || html, cut: gives !== '' });
});

test.for([
  { what: 'a short post', html: p(600), long: false },
  { what: 'a long post', html: p(4_500), long: true },
  { what: 'few words and much code', html: `${p(250)}<pre>${'x = 1\n'.repeat(60)}</pre>`, long: true },
  { what: 'many pictures', html: '<img src="x" alt="">'.repeat(6), long: true },
  { what: 'one word without end', html: `<p>${'x'.repeat(100_000)}</p>`, long: true },
  { what: 'an address that is long', html: `<p>https://a.example/${'x'.repeat(500)}</p>`, long: false },
  { what: 'lines broken without end', html: '<p>a'.concat('<br>'.repeat(5_000), '</p>'), long: true },
  { what: 'a picture of a great height', html: '<img src="x" alt="" width="10" height="99999">', long: true },
  { what: 'a picture of a usual height', html: '<img src="x" alt="" width="4000" height="3000">', long: false },
  { what: 'quotations in quotations', html: '<blockquote>a'.repeat(200) + '</blockquote>'.repeat(200), long: true },
  {
    what: 'a short list with indented items',
    html: `<ul>${`<li>star</li>\n${' '.repeat(80)}`.repeat(12)}</ul>`,
    long: false,
  },
  { what: 'a long list', html: `<ul>${'<li>star</li>'.repeat(120)}</ul>`, long: true },
])('$what is folded in the river: $long', ({ html, long }) => expect(isLong(html)).toBe(long));

/** All that a reader sees, without the blanks. */
function wordsOf(html: string): string {
  const words: string[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if (node.nodeName === '#text' && 'value' in node) words.push(node.value);
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(parseFragment(html));
  return words.join('').replaceAll(/\s/g, '');
}

test('a cut body passes the body check, begins as the body does, and is shorter', () => {
  const soups = Array.from({ length: 300 }, (_, seed) => tagSoup(seed, 1 + (seed % 90)));
  const posts = Array.from({ length: 150 }, (_, seed) => body(randomOf(seed), 'https://ex.org/'));
  let cuts = 0;
  for (const [place, raw] of [...soups, ...posts, ...HOSTILE_HTML].entries()) {
    const html = sanitise(raw, OPTIONS);
    const words = wordsOf(html);
    for (const most of [0, 20, 300, 1 + ((place * 37) % 3_000)]) {
      const { html: beginning, cut } = cutHtml(html, most, PAGE);
      if (!cut) expect(beginning).toBe(html);
      else {
        cuts++;
        expect(forbiddenWhenParsed(beginning), html).toBe(null);
        const left = wordsOf(beginning);
        expect(words.startsWith(left.replace(/…$/, '')), html).toBe(true);
        // One row, or a heading with what follows, at the most.
        if (place >= soups.length && place < soups.length + posts.length)
          expect(left.length, html).toBeLessThanOrEqual((most * 4) / 3 + 400);
      }
    }
  }
  expect(cuts).toBeGreaterThan(500);
});

const words = (count: number) => `<p>${'word '.repeat(count)}</p>`;

test.for([
  { what: 'a glance', html: words(100), says: null },
  { what: 'a minute', html: words(230), says: '1\u00a0min' },
  { what: 'four minutes', html: words(920), says: '4\u00a0min' },
  { what: 'Japanese, which writes no spaces', html: `<p>${'星'.repeat(1500)}</p>`, says: '3\u00a0min' },
  { what: 'Burmese, which writes none either', html: `<p>${'မ'.repeat(1500)}</p>`, says: '3\u00a0min' },
  { what: 'markup, which nobody reads', html: '<p class="a b c"></p>'.repeat(900), says: null },
  {
    what: 'values with signs of tags',
    html: `<img alt="a < b" src="data:${'x'.repeat(5_000)}"><img alt="a > ${'x'.repeat(5_000)}">`,
    says: null,
  },
  { what: 'indented markup', html: `<p>a</p>${' '.repeat(5_000)}<p>b</p>`, says: null },
  { what: 'pictures, at which one looks', html: '<img src="x" alt="">'.repeat(20), says: '2\u00a0min' },
])('the reading time of $what', ({ html, says }) => expect(minutesText(html)).toBe(says));
