import type { Schema } from 'hast-util-sanitize';
import { HTML_ATTRIBUTES, MATH_ATTRIBUTES } from '../../../src/model/html.ts';
import { type Definition, definition } from './values.ts';

/** MathML's leaves: inside most of them the parser goes back to HTML, so that they are where mutations begin. */
export const MATH_LEAVES: ReadonlySet<string> = new Set(['annotation', 'mi', 'mn', 'mo', 'ms', 'mspace', 'mtext']);

/**
 * Gone with everything inside: what no browser shows as words. Of a form, a button, a list to choose from or an object the
 * words stay; only the control goes. `iframe` is not here: `frames.ts` decides.
 */
export const DROPPED: ReadonlySet<string> = new Set(
  'script style template noembed noframes title svg embed input annotation-xml mglyph malignmark head frameset'.split(
    ' ',
  ),
);

/** Controls in a line, each a box of its own: without the box, a space parts their words from what stands beside them. */
export const APART: ReadonlySet<string> = new Set(['button', 'optgroup', 'option', 'output', 'select']);

export const BOOLEANS: ReadonlySet<string> = new Set(
  'allowfullscreen controls default loop muted open playsinline reversed'.split(' '),
);

const IN_TABLE = ['table'];
const IN_MEDIA = ['audio', 'video'];

function definitions(
  attributes: ReadonlyMap<string, ReadonlySet<string>>,
  space: 'html' | 'math',
): Record<string, Definition[]> {
  const rows = [...attributes].map(([element, names]) => [element, [...names].map((name) => definition(name, space))]);
  return Object.fromEntries(rows);
}

/** By element, the attributes it may carry. */
export const ATTRIBUTES: ReadonlyMap<string, ReadonlySet<string>> = new Map([...HTML_ATTRIBUTES, ...MATH_ATTRIBUTES]);

/** The whole of what a post may hold. No protocols here: the rewrite parses every address and prints what it parsed. */
export const SCHEMA: Schema = {
  allowComments: false,
  allowDoctypes: false,
  ancestors: {
    caption: IN_TABLE,
    col: IN_TABLE,
    colgroup: IN_TABLE,
    source: ['picture', ...IN_MEDIA],
    tbody: IN_TABLE,
    td: IN_TABLE,
    tfoot: IN_TABLE,
    th: IN_TABLE,
    thead: IN_TABLE,
    tr: IN_TABLE,
    track: IN_MEDIA,
    ...Object.fromEntries([...MATH_ATTRIBUTES.keys()].flatMap((name) => (name === 'math' ? [] : [[name, ['math']]]))),
  },
  attributes: { ...definitions(HTML_ATTRIBUTES, 'html'), ...definitions(MATH_ATTRIBUTES, 'math') },
  clobber: [],
  clobberPrefix: '',
  protocols: {},
  required: {},
  strip: [...DROPPED],
  tagNames: [...ATTRIBUTES.keys()],
};
