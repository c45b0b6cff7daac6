import type { Schema } from 'hast-util-sanitize';
import { HTML_ATTRIBUTES, MATH_ATTRIBUTES } from '../../../src/core/html-schema.ts';
import { mapByName, wordSet } from '../../../src/core/text.ts';

const pixels = /^\d{1,5}$/;
/** At most some screens: fifty of 9,999 em made a page of 17 million pixels. */
const mathLength = /^[+-]?(\d{0,3}(\.\d{1,4})?(px|pt|%)?|\d{0,2}(\.\d{1,4})?(em|ex|pc|cm|mm|in|rem))$/i;

/** The form of attribute values. An attribute without a row is free text, or an address. */
const VALUES = mapByName({
  'accent accentunder displaystyle fence largeop movablelimits separator stretchy symmetric': /^(true|false)$/i,
  'depth linethickness lspace maxsize minsize rspace voffset': mathLength,
  'colspan columnspan span': /^[1-9]\d{0,2}$/,
  'lang srclang': /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i,
  'start value': /^-?\d{1,9}$/,
  align: /^(left|center|right|justify)$/i,
  class: /^language-[a-z0-9+#._-]{1,40}$/i,
  datetime: /^[\d\sTZPYMWDHS:.+-]{1,60}$/i,
  dir: /^(ltr|rtl|auto)$/i,
  display: /^(block|inline)$/i,
  encoding: /^[\w./+-]{1,60}$/,
  form: /^(prefix|infix|postfix)$/i,
  kind: /^(subtitles|captions|descriptions|chapters|metadata)$/i,
  mathvariant: /^normal$/i,
  media: /^[\w\s(),.:<>=/-]{1,200}$/,
  role: /^doc-(noteref|backlink|endnotes)$/,
  rowspan: /^\d{1,3}$/,
  scope: /^(row|col|rowgroup|colgroup)$/i,
  scriptlevel: /^[+-]?\d{1,2}$/,
  sizes: /^[\w\s(),.:<>=/*+%-]{1,500}$/,
  type: /^([1aAiI]|(audio|image|video|application)\/[\w.+-]{1,60}(;\s*codecs="?[\w.,\s-]{1,80}"?)?)$/,
  valign: /^(top|middle|bottom|baseline)$/i,
});

/**
 * MathML's leaves. Inside most of them the parser returns to HTML. Attacks use this to change the meaning of markup.
 * https://html.spec.whatwg.org/multipage/parsing.html#mathml-text-integration-point
 */
export const MATH_LEAVES: ReadonlySet<string> = new Set(['annotation', 'mi', 'mn', 'mo', 'ms', 'mspace', 'mtext']);

/** Removed with their content: no browser shows it as text. Of other controls the words stay. `frames.ts` decides on `iframe`. */
export const DROPPED = wordSet(
  'script style template noembed noframes title svg embed input annotation-xml mglyph malignmark head frameset',
);

/** Controls that a browser shows as boxes in a line. Their words stay without the box, with a space around them. */
export const APART: ReadonlySet<string> = new Set(['button', 'optgroup', 'option', 'output', 'select']);

export const BOOLEANS = wordSet('allowfullscreen controls default loop muted open playsinline reversed');

/** Attributes that only `rewrite.ts` writes. */
const OURS = wordSet('decoding loading referrerpolicy rel tabindex');

/** Attributes by element with the forms of their values, as `hast-util-sanitize` takes them. `side` is the form of width and height. */
function definitions(attributes: ReadonlyMap<string, ReadonlySet<string>>, side: RegExp): Schema['attributes'] {
  const definition = (name: string): [name: string, ...forms: RegExp[]] => {
    const form = name === 'width' || name === 'height' ? side : VALUES.get(name);
    return form ? [name, form] : [name];
  };
  return Object.fromEntries(
    [...attributes].map(([element, names]) => [element, [...names.difference(OURS)].map(definition)]),
  );
}

export const ATTRIBUTES: ReadonlyMap<string, ReadonlySet<string>> = new Map([...HTML_ATTRIBUTES, ...MATH_ATTRIBUTES]);

/** Everything that a post may hold. Protocols are not checked here: the rewrite parses and prints every address. */
export const HTML_SCHEMA: Schema = {
  allowComments: false,
  allowDoctypes: false,
  ancestors: Object.fromEntries(
    mapByName({
      'caption col colgroup tbody td tfoot th thead tr': ['table'],
      source: ['picture', 'audio', 'video'],
      track: ['audio', 'video'],
      [[...MATH_ATTRIBUTES.keys()].filter((name) => name !== 'math').join(' ')]: ['math'],
    }),
  ),
  attributes: { ...definitions(HTML_ATTRIBUTES, pixels), ...definitions(MATH_ATTRIBUTES, mathLength) },
  clobber: [],
  clobberPrefix: '',
  protocols: {},
  required: {},
  strip: [...DROPPED],
  tagNames: [...ATTRIBUTES.keys()],
};
