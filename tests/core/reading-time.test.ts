import { expect, test } from 'vitest';
import { isLong, minutesText } from '../../src/core/reading-time.ts';

const words = (count: number) => `<p>${'word '.repeat(count)}</p>`;

test.for([
  { what: 'a glance', html: words(100), says: null },
  { what: 'a minute', html: words(230), says: '1\u00a0min' },
  { what: 'four minutes', html: words(920), says: '4\u00a0min' },
  { what: 'Japanese, which writes no spaces', html: `<p>${'星'.repeat(1500)}</p>`, says: '3\u00a0min' },
  { what: 'markup, which nobody reads', html: '<p class="a b c"></p>'.repeat(900), says: null },
  { what: 'pictures, at which one looks', html: '<img src="x" alt="">'.repeat(20), says: '2\u00a0min' },
])('the reading time of $what', ({ html, says }) => expect(minutesText(html)).toBe(says));

test.for([
  { what: 'a short post', html: words(120), long: false },
  { what: 'a long post', html: words(900), long: true },
  { what: 'few words and much code', html: `${words(50)}<pre>${'x = 1\n'.repeat(60)}</pre>`, long: true },
  { what: 'many pictures', html: '<img src="x" alt="">'.repeat(6), long: true },
  { what: 'one word without end', html: `<p>${'x'.repeat(100_000)}</p>`, long: true },
  { what: 'an address that is long', html: `<p>https://a.example/${'x'.repeat(500)}</p>`, long: false },
  { what: 'lines broken without end', html: '<p>a'.concat('<br>'.repeat(5_000), '</p>'), long: true },
  { what: 'a picture of a great height', html: '<img src="x" alt="" width="10" height="99999">', long: true },
  { what: 'a picture of a usual height', html: '<img src="x" alt="" width="4000" height="3000">', long: false },
  { what: 'quotations in quotations', html: '<blockquote>a'.repeat(200) + '</blockquote>'.repeat(200), long: true },
  { what: 'a long list', html: `<ul>${'<li>star</li>'.repeat(120)}</ul>`, long: true },
])('$what is folded in the river: $long', ({ html, long }) => expect(isLong(html)).toBe(long));
