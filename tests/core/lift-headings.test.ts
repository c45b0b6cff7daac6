import { expect, test } from 'vitest';
import { liftHeadings } from '../../src/core/lift-headings.ts';

test.for([
  ['<h5>One</h5><p>a</p><h6 dir="auto">Two</h6>', '<h2>One</h2><p>a</p><h3 dir="auto">Two</h3>'],
  ['<hr><p>h5 &#x3C;h5></p>', '<hr><p>h5 &#x3C;h5></p>'],
])('headings of a post follow the title of its page: %j', ([html = '', lifted]) => {
  expect(liftHeadings(html)).toBe(lifted);
});
