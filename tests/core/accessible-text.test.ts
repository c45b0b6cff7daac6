import { expect, test } from 'vitest';
import { sanitise } from '../../scripts/snapshot/sanitise/sanitise.ts';
import { accessibleText, liftHeadings } from '../../src/core/accessible-text.ts';
import { forbiddenMarkup } from '../../src/core/body-check.ts';

const shown = (html: string) => accessibleText(sanitise(html, { base: 'https://a.example/', idPrefix: '1a2b3c4d5e' }));
const picture = '<img src="https://a.example/1.png">';

test.for([
  {
    what: 'has the name of the site to which it leads',
    html: `<a href="https://www.b.example/2">${picture}</a>`,
    alt: 'b.example',
  },
  { what: 'keeps the words beside it', html: `<a href="https://b.example/2">${picture} Two</a>`, alt: '' },
  { what: 'keeps its own words', html: `<a href="https://b.example/2"><img src="/1.png" alt="Two"></a>`, alt: 'Two' },
  { what: 'has one name for two', html: `<a href="https://b.example/2">${picture}${picture}</a>`, alt: 'b.example' },
  { what: 'says nothing outside of links', html: `<p><a href="https://b.example/2">b</a> ${picture}</p>`, alt: '' },
])('a picture without words in a link $what', ({ html, alt }) => {
  expect(/ alt="([^"]*)"/.exec(shown(html))?.[1]).toBe(alt);
  expect(forbiddenMarkup(shown(html))).toBeNull();
});

test('blank paragraphs between all others are not shown, and of a few there is one at a time', () => {
  const words = (count: number) => '<p>Words</p>'.repeat(count);
  const blank = '<p>&nbsp;</p><p><br></p>';
  expect(shown(`${blank}<p>One</p>${blank}<p>Two</p>`).replace(/\n/g, '')).toBe('<p>One</p><p>Two</p>');
  const couplets = `${words(2)}${blank}`.repeat(4);
  expect(shown(couplets).match(/&nbsp;/g)).toHaveLength(4);
  expect(shown(words(3) + blank + words(4)).replace(/\n/g, '')).toBe(`${words(3)}<p>&nbsp;</p>${words(4)}`);
});

test('a wide formula scrolls in an element around it', () => {
  const html = '<p>So</p><math alttext="a > b" display="block"><mi>a</mi></math><p><math><mi>b</mi></math></p>';
  expect(shown(html)).toContain(
    '<span class="wide-math" tabindex="0"><math alttext="a > b" display="block"><mi>a</mi></math></span>',
  );
  expect(shown(html).match(/tabindex/g)).toHaveLength(1);
});

test.for([
  '<pre title="<math" lang="en">a</pre><p title="</math>">b</p>',
  '<p title="<a href=" lang="https:">c</p><img src="/1.png" title="</a>"><a href="https://b.example/">d</a>',
  '<p title="<math x=" lang=" tabindex=">e</p><pre title="</math>">f</pre>',
])('what looks like a tag in an attribute stays as it is: %s', (html) => {
  expect(shown(html)).toBe(sanitise(html, { base: 'https://a.example/', idPrefix: '1a2b3c4d5e' }));
});

test.for([
  ['<h5>One</h5><p>a</p><h6 dir="auto">Two</h6>', '<h2>One</h2><p>a</p><h3 dir="auto">Two</h3>'],
  ['<hr><p>h5 &#x3C;h5></p>', '<hr><p>h5 &#x3C;h5></p>'],
])('headings of a post follow the title of its page: %j', ([html = '', lifted]) => {
  expect(liftHeadings(html)).toBe(lifted);
});
