import type { Schema } from 'hast-util-sanitize';
import { HTML_ATTRIBUTES, MATH_ATTRIBUTES } from '../../../src/core/html-schema.ts';

const number = /^-?\d{1,9}$/;
const size = /^\d{1,5}$/;
const mathLength = /^[+-]?\d{0,4}(\.\d{1,4})?(em|ex|px|pt|pc|cm|mm|in|rem|%)?$/i;
const trueOrFalse = /^(true|false)$/i;
const role = /^doc-(noteref|backlink|endnotes)$/;
const language = /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i;

/** The form of attribute values. An attribute without a row is free text, or an address. */
const VALUES: Readonly<Record<string, RegExp>> = {
  accent: trueOrFalse,
  accentunder: trueOrFalse,
  align: /^(left|center|right|justify)$/i,
  class: /^language-[a-z0-9+#._-]{1,40}$/i,
  colspan: /^[1-9]\d{0,2}$/,
  columnspan: /^[1-9]\d{0,2}$/,
  datetime: /^[\d\sTZPYMWDHS:.+-]{1,60}$/i,
  depth: mathLength,
  dir: /^(ltr|rtl|auto)$/i,
  display: /^(block|inline)$/i,
  displaystyle: trueOrFalse,
  encoding: /^[\w./+-]{1,60}$/,
  fence: trueOrFalse,
  form: /^(prefix|infix|postfix)$/i,
  kind: /^(subtitles|captions|descriptions|chapters|metadata)$/i,
  lang: language,
  largeop: trueOrFalse,
  linethickness: mathLength,
  lspace: mathLength,
  mathvariant: /^normal$/i,
  maxsize: mathLength,
  media: /^[\w\s(),.:<>=/-]{1,200}$/,
  minsize: mathLength,
  movablelimits: trueOrFalse,
  role,
  rowspan: /^\d{1,3}$/,
  rspace: mathLength,
  scope: /^(row|col|rowgroup|colgroup)$/i,
  scriptlevel: /^[+-]?\d{1,2}$/,
  separator: trueOrFalse,
  sizes: /^[\w\s(),.:<>=/*+%-]{1,500}$/,
  span: /^[1-9]\d{0,2}$/,
  srclang: language,
  start: number,
  stretchy: trueOrFalse,
  symmetric: trueOrFalse,
  tabindex: /^0$/,
  type: /^([1aAiI]|(audio|image|video|application)\/[\w.+-]{1,60}(;\s*codecs="?[\w.,\s-]{1,80}"?)?)$/,
  valign: /^(top|middle|bottom|baseline)$/i,
  value: number,
  voffset: mathLength,
};

/** An attribute and the form of its value, as `hast-util-sanitize` takes them. */
type Definition = [name: string, ...patterns: RegExp[]];

function definition(name: string, space: 'html' | 'math'): Definition {
  // In HTML these two are pixels, in MathML a length with its unit.
  if (name === 'width' || name === 'height') return [name, space === 'html' ? size : mathLength];
  const pattern = VALUES[name];
  return pattern ? [name, pattern] : [name];
}

/**
 * MathML's leaves. Inside most of them the parser goes back to HTML, which attacks use to change the meaning of markup.
 * https://html.spec.whatwg.org/multipage/parsing.html#mathml-text-integration-point
 */
export const MATH_LEAVES: ReadonlySet<string> = new Set(['annotation', 'mi', 'mn', 'mo', 'ms', 'mspace', 'mtext']);

/**
 * Elements that are removed with their content, as no browser shows it as text. The words of a form, a button, a list of options
 * or an object stay; only the control goes. `iframe` is not here: `frames.ts` decides.
 */
export const DROPPED: ReadonlySet<string> = new Set(
  'script style template noembed noframes title svg embed input annotation-xml mglyph malignmark head frameset'.split(
    ' ',
  ),
);

/** Controls that a browser shows as boxes in a line. Their words stay without the box, with a space around them. */
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

/** Everything that a post may hold. Protocols are not checked here: the rewrite parses and prints every address. */
export const HTML_SCHEMA: Schema = {
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
