import { readFileSync } from 'node:fs';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { sanitise } from '../../../scripts/snapshot/sanitise/sanitise.ts';
import { elements } from '../../lib/armed-markup.ts';

const read = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');

const OPTIONS = { base: 'https://blog.example.org/posts/orbits/', idPrefix: '1a2b3c4d5e' };

const post = read('good-post.html');
const safe = sanitise(post, OPTIONS);

const text = (node: DefaultTreeAdapterMap['node']): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(text).join('') : '';

test.for(
  (
    'abbr address audio b bdi bdo blockquote caption cite code col colgroup dd del details dfn dl dt em figcaption ' +
    'figure hr i iframe img ins kbd li mark math mfrac mi mn mo mrow mspace msup semantics annotation ol p picture pre q ' +
    'rp rt ruby s samp section small source strong sub summary sup table tbody td tfoot th thead time tr track u ul ' +
    'var video wbr'
  ).split(' '),
)('as many %s as there were', (name) => {
  const before = elements(parseFragment(post), name).length;
  expect(before).toBeGreaterThan(0);
  expect(elements(parseFragment(safe), name).length).toBe(before);
});

test('no word of a post is lost, and the checkboxes of lists become characters', () => {
  const squeezed = (html: string) => text(parseFragment(html)).replace(/[☐☑]/g, '').replace(/\s+/g, ' ');
  expect(squeezed(safe)).toBe(squeezed(post));
  expect(safe).toContain('☑');
});

test('is printed to the letter as it was before: its attributes, headings and jumps', () => {
  expect(safe).toBe(read('good-post.safe.html'));
  expect(sanitise(safe, OPTIONS)).toBe(safe);
});
