/** The allowed HTML elements that have only the global attributes. */
const PLAIN_HTML =
  'abbr address article aside b bdi bdo br caption cite dd dfn dl dt em figcaption figure footer h1 h2 h3 h4 h5 ' +
  'h6 header hr i kbd mark p picture rp rt ruby s samp small span strong sub summary sup u ul var wbr';

/** The other allowed HTML elements, each with its own attributes. */
const HTML: Readonly<Record<string, string>> = {
  a: 'href rel role',
  audio: 'src controls loop muted preload',
  blockquote: 'cite',
  code: 'class',
  col: 'span align',
  colgroup: 'span align',
  del: 'cite datetime',
  details: 'open',
  div: 'role',
  iframe: 'src width height loading sandbox allow allowfullscreen referrerpolicy',
  img: 'src srcset sizes alt width height loading decoding referrerpolicy',
  ins: 'cite datetime',
  li: 'value',
  ol: 'start reversed type',
  pre: 'class tabindex',
  q: 'cite',
  section: 'role',
  source: 'src srcset sizes media type width height',
  table: 'tabindex',
  tbody: 'align valign',
  td: 'colspan rowspan headers align valign',
  tfoot: 'align valign',
  th: 'colspan rowspan headers scope abbr align valign',
  thead: 'align valign',
  time: 'datetime',
  tr: 'align valign',
  track: 'src kind srclang label default',
  video: 'src poster width height controls loop muted playsinline preload',
};

/** The same for MathML Core (https://www.w3.org/TR/mathml-core/). */
const PLAIN_MATH =
  'merror mmultiscripts mn mphantom mprescripts mroot mrow ms msqrt mstyle msub msubsup msup mtext mtr semantics';

const SPACING = 'width height depth lspace voffset';

const MATH: Readonly<Record<string, string>> = {
  math: 'display alttext tabindex',
  annotation: 'encoding',
  mfrac: 'linethickness',
  mi: 'mathvariant',
  mo: 'form fence separator lspace rspace stretchy symmetric maxsize minsize largeop movablelimits',
  mover: 'accent',
  mpadded: SPACING,
  mspace: SPACING,
  mtable: 'tabindex',
  mtd: 'columnspan rowspan',
  munder: 'accentunder',
  munderover: 'accent accentunder',
};

/** Elements without an `id`: the sanitiser may remove them, and a link to them would be broken. */
const WITHOUT_ID: ReadonlySet<string> = new Set(['iframe', 'img', 'source', 'track']);

type Attributes = ReadonlyMap<string, ReadonlySet<string>>;

function attributesByElement(plain: string, others: Readonly<Record<string, string>>, globals: string): Attributes {
  const elements = [...plain.split(' ').map((element) => [element, ''] as const), ...Object.entries(others)];
  return new Map(
    elements.map(([element, allowed]) => [
      element,
      new Set(`${allowed} ${WITHOUT_ID.has(element) ? '' : 'id'} ${globals}`.split(' ').filter(Boolean)),
    ]),
  );
}

/** The allowed attributes of each allowed HTML element. A body may hold these, `MATH_ATTRIBUTES` and nothing else. */
export const HTML_ATTRIBUTES = attributesByElement(PLAIN_HTML, HTML, 'lang dir title');
export const MATH_ATTRIBUTES = attributesByElement(PLAIN_MATH, MATH, 'dir displaystyle scriptlevel');

const LONGEST_SPAN = 100;
/** The most columns times rows of all such cells of a body. */
const MOST_SPANNED = 10_000;

/** The tag of a cell or column with attributes, in the sanitiser's form. */
const CELL = /<(?:td|th|col|colgroup|mtd)(?: [a-z-]+="[^"]*")+>/g;
const SPAN = / ((?:col|column|row)?span)="(\d+)"/g;

/** A body with limited spans of cells: fifty rows of nine cells over 999 columns and rows took Chromium half a minute. Old archives have any span. */
export function limitSpans(html: string): string {
  if (!html.includes('span="')) return html;
  let left = MOST_SPANNED;
  return html.replace(CELL, (tag) => {
    if (!tag.includes('span="')) return tag;
    let spanned = 1;
    const limited = tag.replace(SPAN, (_, name, written) => {
      // `rowspan=0` means all rows that follow.
      const span = Math.min(Number(written), LONGEST_SPAN);
      spanned *= span || LONGEST_SPAN;
      return ` ${name}="${span}"`;
    });
    left -= spanned;
    return left < 0 ? tag.replace(SPAN, '') : limited;
  });
}

/** A tag in the sanitiser's form. Its values may have `<` and `>`. */
export const PRINTED_TAG = /<\/?[a-z][a-z0-9]*(?: [a-z-]+(?:="[^"]*")?)*>/g;

/**
 * A body in the sanitiser's form, in which `<` and `>` stand for tags alone: in values of attributes, such as `alt="<img src="`, they are
 * escaped. So no function that changes a body, and no reader of an output feed, can take a value for a tag.
 */
export function withoutTagsInValues(html: string): string {
  if (!/="[^"<>]*[<>]/.test(html)) return html;
  return html.replace(PRINTED_TAG, (tag) =>
    tag.replace(/"[^"]*"/g, (value) => value.replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
  );
}
