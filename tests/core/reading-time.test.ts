import { expect, test } from 'vitest';
import { minutesText } from '../../src/core/cut-html.ts';

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
