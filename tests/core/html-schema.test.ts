import { describe, expect, test } from 'vitest';
import { sanitise } from '../../scripts/snapshot/sanitise/sanitise.ts';
import { limitSpans, withoutTagsInValues } from '../../src/core/html-schema.ts';
import { rows } from '../lib/case-table.ts';

describe('a span of a cell', () => {
  test.for(rows`
    <td colspan="2" rowspan="100">a</td> | <td colspan="2" rowspan="100">a</td>
    <td colspan="999" rowspan="999">a</td> | <td colspan="100" rowspan="100">a</td>
    <td title="a > b" rowspan="101">a</td> | <td title="a > b" rowspan="100">a</td>
    <col span="999"> | <col span="100">
    <mtd columnspan="101">a</mtd> | <mtd columnspan="100">a</mtd>
    <p title="span=">&#x3C;td colspan="999"></p> | <p title="span=">&#x3C;td colspan="999"></p>
  `)('%s becomes %s', ([html, limited]) => expect(limitSpans(html)).toBe(limited));

  test('is removed where all of a post are too many', () => {
    const html = `<table>${`<tr>${'<td colspan="999" rowspan="999">a</td>'.repeat(9)}</tr>`.repeat(50)}</table>`;
    for (const safe of [sanitise(html, { base: null, idPrefix: 'p' }), limitSpans(html)]) {
      expect(safe.match(/span="/g)).toHaveLength(2);
      expect(safe.match(/<td/g)).toHaveLength(450);
      expect(limitSpans(safe)).toBe(safe);
    }
  });
});

test.for(rows`
  <p title="<iframe src=">a</p> | <p title="&lt;iframe src=">a</p>
  <img src="https://x.example/" alt="1 > 2"> | <img src="https://x.example/" alt="1 &gt; 2">
  <audio src="https://x.example/" controls title="a<b"></audio> | <audio src="https://x.example/" controls title="a&lt;b"></audio>
  <p>a="b > c" <em lang="en">d="e</em></p> | <p>a="b > c" <em lang="en">d="e</em></p>
  <p>&#x3C;p title="a>b">c</p> | <p>&#x3C;p title="a>b">c</p>
`)('a value of an attribute: %s becomes %s', ([html, escaped]) => {
  expect(withoutTagsInValues(html)).toBe(escaped);
  expect(withoutTagsInValues(escaped)).toBe(escaped);
});
