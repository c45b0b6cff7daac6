import type { Schema } from 'hast-util-sanitize';
import { type Definition, definition } from './values.ts';

/** The elements that survive, each with the attributes it may carry beside the global ones. HTML's own spelling throughout. */
const ELEMENTS: Readonly<Record<string, string>> = {
  a: 'href rel role',
  abbr: '',
  address: '',
  article: '',
  aside: '',
  audio: 'src controls loop muted preload',
  b: '',
  bdi: '',
  bdo: '',
  blockquote: 'cite',
  br: '',
  caption: '',
  cite: '',
  code: 'class',
  col: 'span align',
  colgroup: 'span align',
  dd: '',
  del: 'cite datetime',
  details: 'open',
  dfn: '',
  div: 'role',
  dl: '',
  dt: '',
  em: '',
  figcaption: '',
  figure: '',
  footer: '',
  h1: '',
  h2: '',
  h3: '',
  h4: '',
  h5: '',
  h6: '',
  header: '',
  hr: '',
  i: '',
  iframe: 'src width height loading sandbox allow allowfullscreen referrerpolicy',
  img: 'src srcset sizes alt width height loading decoding referrerpolicy',
  ins: 'cite datetime',
  kbd: '',
  li: 'value',
  mark: '',
  ol: 'start reversed type',
  p: '',
  picture: '',
  pre: 'class',
  q: 'cite',
  rp: '',
  rt: '',
  ruby: '',
  s: '',
  samp: '',
  section: 'role',
  small: '',
  source: 'src srcset sizes media type width height',
  span: '',
  strong: '',
  sub: '',
  summary: '',
  sup: '',
  table: '',
  tbody: 'align valign',
  td: 'colspan rowspan headers align valign',
  tfoot: 'align valign',
  th: 'colspan rowspan headers scope abbr align valign',
  thead: 'align valign',
  time: 'datetime',
  tr: 'align valign',
  track: 'src kind srclang label default',
  u: '',
  ul: '',
  var: '',
  video: 'src poster width height controls loop muted playsinline preload',
  wbr: '',
};

const SPACING = 'width height depth lspace voffset';

/** MathML Core, in the same manner. */
const MATH: Readonly<Record<string, string>> = {
  math: 'display alttext',
  annotation: 'encoding',
  merror: '',
  mfrac: 'linethickness',
  mi: 'mathvariant',
  mmultiscripts: '',
  mn: '',
  mo: 'form fence separator lspace rspace stretchy symmetric maxsize minsize largeop movablelimits',
  mover: 'accent',
  mpadded: SPACING,
  mphantom: '',
  mprescripts: '',
  mroot: '',
  mrow: '',
  ms: '',
  mspace: SPACING,
  msqrt: '',
  mstyle: '',
  msub: '',
  msubsup: '',
  msup: '',
  mtable: '',
  mtd: 'columnspan rowspan',
  mtext: '',
  mtr: '',
  munder: 'accentunder',
  munderover: 'accent accentunder',
  semantics: '',
};

export const HTML_NAMES: ReadonlySet<string> = new Set(Object.keys(ELEMENTS));
export const MATH_NAMES: ReadonlySet<string> = new Set(Object.keys(MATH));

/** MathML's leaves: inside most of them the parser goes back to HTML, so that they are where mutations begin. */
export const MATH_LEAVES: ReadonlySet<string> = new Set(['annotation', 'mi', 'mn', 'mo', 'ms', 'mspace', 'mtext']);

/** Gone with everything inside. `iframe` is not here: `frames.ts` decides. */
export const DROPPED: ReadonlySet<string> = new Set(
  (
    'script style template noscript noembed noframes xmp textarea title svg object embed applet form button select ' +
    'option optgroup datalist input output annotation-xml mglyph malignmark head frameset portal fencedframe'
  ).split(' '),
);

export const BOOLEANS: ReadonlySet<string> = new Set(
  'allowfullscreen controls default loop muted open playsinline reversed'.split(' '),
);

/** The rewrite may take these away, and a link to them would then lead nowhere. */
const WITHOUT_ID: ReadonlySet<string> = new Set(['iframe', 'img', 'source', 'track']);

const IN_TABLE = ['table'];
const IN_MEDIA = ['audio', 'video'];

function definitions(names: string, space: 'html' | 'math'): Definition[] {
  return names
    .split(' ')
    .filter((name) => name !== '')
    .map((name) => definition(name, space));
}

function attributes(): Record<string, Definition[]> {
  const table: Record<string, Definition[]> = {};
  for (const [element, own] of Object.entries(ELEMENTS)) {
    const global = WITHOUT_ID.has(element) ? 'lang dir title' : 'id lang dir title';
    table[element] = definitions(`${own} ${global}`, 'html');
  }
  for (const [element, own] of Object.entries(MATH)) {
    table[element] = definitions(`${own} id dir displaystyle scriptlevel`, 'math');
  }
  return table;
}

const DEFINITIONS = attributes();

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
    ...Object.fromEntries(Object.keys(MATH).flatMap((name) => (name === 'math' ? [] : [[name, ['math']]]))),
  },
  attributes: DEFINITIONS,
  clobber: [],
  clobberPrefix: '',
  protocols: {},
  required: {},
  strip: [...DROPPED],
  tagNames: [...HTML_NAMES, ...MATH_NAMES],
};

/** By element, the attributes it may carry. */
export const ATTRIBUTES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(DEFINITIONS).map(([element, list]) => [element, new Set(list.map(([name]) => name))]),
);
