import { readFileSync } from 'node:fs';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { sanitise } from '../../../scripts/snapshot/sanitise/sanitise.ts';
import { elements } from '../../lib/armed-markup.ts';

type Element = DefaultTreeAdapterMap['element'];

const read = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');

const OPTIONS = { base: 'https://blog.example.org/posts/orbits/', idPrefix: '1a2b3c4d5e' };

const post = read('good-post.html');
const safe = sanitise(post, OPTIONS);
const tree = parseFragment(safe);

const value = (element: Element | undefined, name: string) => element?.attrs.find((each) => each.name === name)?.value;

/** All values that the attribute has on elements of the name, in order. */
const values = (name: string, attribute: string) =>
  elements(tree, name).flatMap((each) => value(each, attribute) ?? []);

const text = (node: DefaultTreeAdapterMap['node']): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(text).join('') : '';

test.for([
  { element: 'td', attribute: 'colspan', are: ['2', '2', '3'] },
  { element: 'th', attribute: 'rowspan', are: ['2'] },
  { element: 'th', attribute: 'scope', are: ['col', 'col', 'col', 'row', 'row', 'row'] },
  { element: 'th', attribute: 'align', are: ['left', 'right'] },
  { element: 'th', attribute: 'abbr', are: ['ecc.'] },
  { element: 'td', attribute: 'align', are: ['right', 'center', 'right', 'right'] },
  { element: 'td', attribute: 'valign', are: ['top'] },
  { element: 'col', attribute: 'span', are: ['2'] },
  { element: 'code', attribute: 'class', are: ['language-python'] },
  { element: 'pre', attribute: 'class', are: ['language-bash'] },
  { element: 'pre', attribute: 'tabindex', are: ['0', '0'] },
  { element: 'table', attribute: 'tabindex', are: ['0'] },
  { element: 'math', attribute: 'tabindex', are: ['0'] },
  { element: 'details', attribute: 'open', are: [''] },
  { element: 'math', attribute: 'display', are: ['block'] },
  { element: 'math', attribute: 'alttext', are: ['T squared is proportional to a cubed'] },
  { element: 'annotation', attribute: 'encoding', are: ['application/x-tex'] },
  { element: 'video', attribute: 'controls', are: [''] },
  { element: 'video', attribute: 'poster', are: ['https://blog.example.org/img/film.jpg'] },
  { element: 'video', attribute: 'width', are: ['640'] },
  { element: 'audio', attribute: 'controls', are: [''] },
  { element: 'audio', attribute: 'src', are: ['https://blog.example.org/talk.mp3'] },
  { element: 'track', attribute: 'kind', are: ['captions'] },
  { element: 'track', attribute: 'srclang', are: ['en'] },
  { element: 'track', attribute: 'label', are: ['English'] },
  { element: 'track', attribute: 'default', are: [''] },
  { element: 'source', attribute: 'type', are: ['image/avif', 'video/mp4'] },
  { element: 'source', attribute: 'media', are: ['(min-width: 40em)'] },
  {
    element: 'source',
    attribute: 'srcset',
    are: ['https://blog.example.org/img/orbit.avif 1x, https://blog.example.org/img/orbit@2x.avif 2x'],
  },
  {
    element: 'img',
    attribute: 'srcset',
    are: ['https://blog.example.org/img/orbit-400.png 400w, https://blog.example.org/img/orbit-800.png 800w'],
  },
  { element: 'img', attribute: 'sizes', are: ['(max-width: 40em) 100vw, 40em'] },
  { element: 'img', attribute: 'alt', are: ['An ellipse with the sun at one focus'] },
  { element: 'img', attribute: 'width', are: ['800'] },
  { element: 'img', attribute: 'height', are: ['600'] },
  { element: 'iframe', attribute: 'title', are: ['A talk on orbits'] },
  { element: 'p', attribute: 'lang', are: ['en', 'ja', 'he'] },
  { element: 'p', attribute: 'dir', are: ['rtl'] },
  { element: 'bdo', attribute: 'dir', are: ['ltr'] },
  { element: 'time', attribute: 'datetime', are: ['1609-01-01'] },
  { element: 'del', attribute: 'datetime', are: ['2026-01-02'] },
  { element: 'ins', attribute: 'cite', are: ['https://example.net/iau'] },
  { element: 'abbr', attribute: 'title', are: ['Nicolaus Copernicus'] },
  { element: 'q', attribute: 'cite', are: ['https://example.net/now'] },
  { element: 'blockquote', attribute: 'cite', are: ['https://example.net/kepler'] },
  { element: 'ol', attribute: 'start', are: ['3'] },
  { element: 'ol', attribute: 'reversed', are: [''] },
  { element: 'ol', attribute: 'type', are: ['i'] },
  { element: 'li', attribute: 'value', are: ['9'] },
  { element: 'section', attribute: 'role', are: ['doc-endnotes'] },
])('$element keeps its $attribute', ({ element, attribute, are }) => {
  expect(values(element, attribute)).toEqual(are);
});

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
  expect(elements(tree, name).length).toBe(before);
});

test('no word of a post is lost, and the checkboxes of lists become characters', () => {
  const squeezed = (html: string) => text(parseFragment(html)).replace(/[☐☑]/g, '').replace(/\s+/g, ' ');
  expect(squeezed(safe)).toBe(squeezed(post));
  expect(safe).toContain('☑');
});

test('a footnote is jumped to, and back from', () => {
  const ids = [...safe.matchAll(/ id="([^"]+)"/g)].map(([, id]) => `#${id}`);
  const jumps = values('a', 'href').filter((href) => href.startsWith('#'));
  expect(jumps).toEqual(['#1a2b3c4d5e-fn:1', '#1a2b3c4d5e-fnref:1']);
  for (const jump of jumps) expect(ids).toContain(jump);
});

test('headings keep their order, below the page’s own', () => {
  expect(['h1', 'h2', 'h3', 'h4'].flatMap((name) => elements(tree, name))).toEqual([]);
  expect(elements(tree, 'h5').map(text)).toEqual(['Drawing orbits']);
  expect(elements(tree, 'h6').map(text)).toEqual(['In code', 'In numbers', 'In pictures', 'In words']);
});

test('is printed to the letter as it was before', () => {
  expect(safe).toBe(read('good-post.safe.html'));
  expect(sanitise(safe, OPTIONS)).toBe(safe);
});
