const number = /^-?\d{1,9}$/;
const size = /^\d{1,5}$/;
const mathLength = /^[+-]?\d{0,4}(\.\d{1,4})?(em|ex|px|pt|pc|cm|mm|in|rem|%)?$/i;
const trueOrFalse = /^(true|false)$/i;
const role = /^doc-(noteref|backlink|endnotes)$/;
const language = /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i;

/** What a value must look like. An attribute without a row is free text, or an address. */
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

/** An attribute, and what its value must look like where that is not free. */
export type Definition = [name: string, ...patterns: RegExp[]];

export function definition(name: string, space: 'html' | 'math'): Definition {
  // The same two names mean pixels in HTML and a length with its unit in MathML.
  if (name === 'width' || name === 'height') return [name, space === 'html' ? size : mathLength];
  const pattern = VALUES[name];
  return pattern ? [name, pattern] : [name];
}
