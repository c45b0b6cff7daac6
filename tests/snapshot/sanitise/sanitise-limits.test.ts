import { expect, test } from 'vitest';
import { sanitise } from '../../../scripts/snapshot/sanitise/sanitise.ts';
import { isCut } from '../../../scripts/snapshot/sanitise/trim.ts';

const OPTIONS = { base: 'https://ex.org/', idPrefix: 'e1' };

const times = (count: number, piece: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => piece(i)).join('');

// Deeper than any stack of calls.
const MANY = 15_000;

const BURDENS = [
  ...['div', 'b', 'p', 'a href=x', 'table', 'span', 'x-y', 'font', 'li', 'svg', 'form', 'button', 'template', 'h1'].map(
    (tag) => ({ what: `${MANY} open <${tag}>`, html: `<${tag}>`.repeat(MANY) }),
  ),
  { what: 'tables in cells', html: '<table><td>'.repeat(MANY / 2) },
  { what: 'formatting that differs', html: times(MANY, (i) => `<b id=x${i}>`) },
  { what: 'paragraphs in formatting', html: '<b><p>x'.repeat(MANY / 2) },
  { what: 'mathematics in mathematics', html: '<math><mi>'.repeat(MANY / 2) },
  { what: 'closed again', html: '<span>'.repeat(MANY) + '</span>'.repeat(MANY) },
  { what: 'only closed', html: '</b>'.repeat(MANY) },
  // Each new paragraph would open all the lost formatting anew: two million elements out of 36 KB.
  {
    what: 'formatting that multiplies',
    html: `<p>${times(1_500, (i) => `<font color=${i}>`)}</p>${'<p>x</p>'.repeat(1_500)}`,
  },
  {
    what: 'formatting that swaps places',
    html: times(5_000, (i) => `<b id=x${i}>`) + '<div>'.repeat(5_000) + '</b>'.repeat(5_000),
  },
  { what: '30,000 attributes', html: `<p ${times(30_000, (i) => `a${i}=1 `)}>x</p>` },
  { what: '10,000 ids and the links to them', html: times(5_000, (i) => `<p id=x${i}>x<a href=#x${5_000 - i}>y</a>`) },
  // Each attribute where it is read, and one that is dropped.
  ...['a href', 'a title', 'a lang', 'p id', 'p dir', 'p data-x', 'code class', 'img style', 'img srcset', 'img alt']
    .concat('img width', 'source srcset', 'source sizes', 'source type', 'td headers', 'time datetime')
    .flatMap((where) =>
      ['x', ' ', ',', 'a ', '\u0301', '-', 'language-', ';'].map((piece) => ({
        what: `<${where}> of 300 KB, ${JSON.stringify(piece)} over and over`,
        html: `<${where}="${piece.repeat(300_000 / piece.length)}">`,
      })),
    ),
  { what: 'a link of 2 MB', html: `<a href="https://ex.org/${'x'.repeat(2_000_000)}">x</a>` },
  { what: 'a text of 480 KB', html: 'lorem ipsum '.repeat(40_000) },
  { what: 'brackets', html: '<'.repeat(200_000) },
  { what: 'ampersands', html: '&'.repeat(200_000) },
  { what: 'comments', html: '<!--'.repeat(MANY) },
];

/** How time grows with them is told in linear-time.test.ts. */
test.for(BURDENS)('$what: is read to its end', ({ html }) => {
  const safe = sanitise(html, OPTIONS);
  expect(sanitise(safe, OPTIONS)).toBe(safe);
});

test('words survive that stand deeper than the deepest level', () => {
  const safe = sanitise(`${'<div>'.repeat(500)}<p>deep</p>${'</div>'.repeat(500)}after`, OPTIONS);
  expect(safe.match(/<div>/g)?.length).toBe(200);
  expect(safe).toContain('deep');
  expect(safe.endsWith('</div>after')).toBe(true);
});

test('a post too long keeps its beginning', () => {
  const safe = sanitise('<p>word</p>'.repeat(30_000), OPTIONS);
  const end = '<p><a href="https://ex.org/" rel="nofollow ugc noopener">…</a></p>';
  expect(safe).toBe('<p>word</p>'.repeat(10_000) + end);
  expect(isCut(safe)).toBe(true);
  expect(isCut(sanitise('<span id=a>x</span>'.repeat(15_000), OPTIONS))).toBe(true);
  expect(sanitise(safe, OPTIONS)).toBe(safe);
  expect(isCut(sanitise('<p>word</p>'.repeat(10_000), OPTIONS))).toBe(false);
  expect(isCut(end)).toBe(false);
});

test('the words of code need no room for their colours', () => {
  const line = '<span class="k">if</span> <span class="n">a</span>:\n';
  const safe = sanitise(`<pre>${line.repeat(9_000)}</pre><p>The end.</p>`, OPTIONS);
  expect(safe).toBe(`<pre tabindex="0">${'if a:\n'.repeat(9_000)}</pre><p>The end.</p>`);
});

test.for([
  ['short links to a base of 8,000 letters', `https://ex.org/${'a/'.repeat(4_000)}`, '<a href="b">c</a>'.repeat(9_000)],
  ['short links to a base of 1,000', `https://ex.org/${'a'.repeat(900)}/`, '<a href="b">c</a>'.repeat(9_000)],
  ['characters that become six', 'https://ex.org/', '&'.repeat(1_000_000)],
] as const)('%s become no book', ([, base, html]) => {
  expect(sanitise(html, { base, idPrefix: 'e1' }).length).toBeLessThan(1_500_000);
});

const letters = (html: string) => html.replace(/<[^>]*>/g, '');

test.for([
  ['Khmer without spaces', 'កខគ'.repeat(7_000)],
  ['Arabic with spaces', 'سلام '.repeat(7_000)],
  ['Thai in elements', `<b>${'กขค'.repeat(20)}</b><ruby>กข<rt>ค</rt></ruby>`.repeat(400)],
  ['N’Ko behind empty elements', '<i></i>ߒߞߏ'.repeat(4_000)],
] as const)('a long line has places for breaks: %s', ([, html]) => {
  const safe = sanitise(html, OPTIONS);
  const lines = safe.split('<wbr>').map((line) => letters(line).replace(/\s/g, '').length);
  expect(Math.max(...lines)).toBeLessThanOrEqual(2_000);
  expect(lines.length).toBeLessThan(18);
  expect(letters(safe)).toBe(letters(html));
  expect(sanitise(safe, OPTIONS)).toBe(safe);
});

test.for([
  ['paragraphs', `<p>${'ก'.repeat(1_900)}</p>`.repeat(3)],
  ['lines', `${'ก'.repeat(1_900)}<br>`.repeat(3)],
  ['mathematics', `<math><mtext>${'ก'.repeat(9_000)}</mtext></math>`],
  ['other scripts', 'abc αβγ абв 漢字 かな 한글 '.repeat(2_000)],
] as const)('a text needs no more places for breaks: %s', ([, html]) => expect(sanitise(html, OPTIONS)).toBe(html));

test('a break is put behind a space, else between two letters with their marks', () => {
  expect(sanitise(`${'ก'.repeat(1_990)} ${'ก'.repeat(20)}`, OPTIONS)).toBe(
    `${'ก'.repeat(1_990)} <wbr>${'ก'.repeat(20)}`,
  );
  expect(sanitise('กี่'.repeat(2_001), OPTIONS)).toBe(`${'กี่'.repeat(2_000)}<wbr>กี่`);
});

test('elements that take a browser a second for two hundred of them are few', () => {
  const ruby = sanitise(`${'<ruby>'.repeat(99)}a${'<rt>b</rt></ruby>'.repeat(99)}`, OPTIONS);
  expect(ruby.match(/<ruby>/g)).toHaveLength(3);
  const sounds = ['<audio src="/1.ogg"></audio>', '<a href="/2">x<video><source src="/2.ogg">no film</video></a>'];
  const players = sanitise(sounds.join('').repeat(30), OPTIONS);
  expect(players.match(/<(?:audio|video)/g)).toHaveLength(50);
  const rel = 'rel="nofollow ugc noopener"';
  expect(players).toContain(`<a href="https://ex.org/1.ogg" ${rel}>ex.org</a>`);
  expect(players).toContain(`<a href="https://ex.org/2" ${rel}>x</a><a href="https://ex.org/2.ogg" ${rel}>ex.org</a>`);
  expect(sanitise(players, OPTIONS)).toBe(players);
  expect(sanitise('<math><mspace width="9999em" height="20em"></mspace></math>', OPTIONS)).toBe(
    '<math><mspace height="20em"></mspace></math>',
  );
});
