import {
  attribute,
  childElements,
  classesOf,
  elementsAround,
  hasClass,
  isShallow,
  nearNodes,
  nearText,
  onlyText,
  type ParsedElement,
  type ParsedNode,
  styleOf,
} from './parsed-html.ts';

// Highlighters print the numbers of lines beside the code, where only their own style sheet keeps them apart from it.

/** By Pygments, Rouge, Chroma (Hugo), Hexo, GeSHi, Prism, highlight.js, Crayon, VuePress, Expressive Code, Org and Giallo (Zola). */
const NUMBERS =
  /(?:^|\s)(?:gutter|gl|rouge-gutter|lineno|linenos|linenodiv|line[-_]?numbers?(?:-rows|-wrapper)?|lnt|ln|lnlinks|blob-num|crayon-nums|hljs-ln-numbers|linenr|giallo-ln)(?:\s|$)/i;

export function isLineNumbers(element: ParsedElement): boolean {
  if (element.tagName === 'td')
    return isNumbersCell(element) && ((isNumbers(element) && !isFirstInCode(element)) || codeTable(element) !== null);
  // Prism marks the code itself, which may be a number.
  const holdsCode = () => isCode(element) || nearNodes(element).some(isCode);
  return isMarked(element) && isNumbers(element) && isShallow(element) && !holdsCode();
}

function isCode({ nodeName }: ParsedNode): boolean {
  return nodeName === 'pre' || nodeName === 'code';
}

/** The cell of Chroma has no class of its own; those of Nikola and GitHub have the number in an attribute. */
function isNumbersCell(cell: ParsedElement): boolean {
  if (isMarked(cell)) return hasNoWords(cell);
  const holdsMark = () => nearNodes(cell).some((node) => 'tagName' in node && isMarked(node));
  return isNumbers(cell) && (holdsMark() || isFirstInCode(cell));
}

/** Older versions of Zola write a table without classes: https://github.com/getzola/zola/issues/1898 */
function isFirstInCode(cell: ParsedElement): boolean {
  const [row, ...around] = elementsAround(cell, 5);
  return row?.childNodes.find((node) => 'tagName' in node) === cell && around.some(isCode);
}

/** Chroma marks the numbers by a style where it uses no classes, and cnblogs by a colour. */
function isMarked(element: ParsedElement): boolean {
  if (NUMBERS.test(classesOf(element))) return true;
  if (element.tagName !== 'span') return false;
  return styleOf(element).get('user-select') === 'none' || isNumberOfCnblogs(element);
}

const COLOUR = /^(?:#008080|rgba?\(0, ?128, ?128\b)/;

/** In code that begins with the first number. */
function isNumberOfCnblogs(span: ParsedElement): boolean {
  if (!COLOUR.test(styleOf(span).get('color') ?? '')) return false;
  const [pre, box] = elementsAround(span, 2);
  const [first] = pre?.childNodes ?? [];
  const begins = first && 'tagName' in first && /^\s{0,9}1$/.test(onlyText(first));
  return begins === true && box !== undefined && hasClass(box, 'cnblogs_code');
}

function isNumbers(element: ParsedElement): boolean {
  return hasNoWords(element) && /\d/.test(nearText(element));
}

function hasNoWords(element: ParsedElement): boolean {
  return nearNodes(element).every((node) => !('value' in node) || /^[\s\d]*(?::\s*)?$/.test(node.value));
}

const PARTS: ReadonlySet<string> = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th']);

/** Whether an element only puts code beside the numbers of its lines: a part of such a table, or code within code. */
export function isCodeLayout(element: ParsedElement): boolean {
  const isPre = element.tagName === 'pre';
  const [cell = null] = isPre ? elementsAround(element, 1) : [element];
  const found = cell && codeTable(cell);
  if (found === null) return false;
  const isNested = closest(found.table, 'pre') !== null;
  return isPre ? isNested : isNested || found.lines === 'column' || element !== found.table;
}

/**
 * The line end that a line of code lacks: a row of a table, or a line of Giallo (https://github.com/getzola/zola/issues/2758)
 * or one that Gatsby highlights (https://www.gatsbyjs.com/plugins/gatsby-remark-prismjs/), which only a style ends.
 * `after` is the node after the element.
 */
export function endOfLine(element: ParsedElement, after: ParsedNode | undefined): string {
  const isLine =
    after !== undefined &&
    (hasClass(element, 'gatsby-highlight-code-line') || (hasClass(element, 'giallo-l') && 'tagName' in after));
  if (!isLine && (element.tagName !== 'tr' || codeTable(element)?.lines !== 'rows')) return '';
  return nearText(element).endsWith('\n') ? '' : '\n';
}

/** The element for a line that its author marked, by classes of Shiki, Expressive Code, Chroma, Pygments, Hexo, Gatsby, Docusaurus and others. */
const LINE_MARKS: readonly (readonly [name: string, classes: RegExp])[] = [
  ['del', /(?:^|\s)(?:diff remove|highlight del)(?:\s|$)/],
  ['ins', /(?:^|\s)(?:diff add|highlight ins)(?:\s|$)/],
  [
    'mark',
    /(?:^|\s)(?:(?:line|ec-line) (?:hl|highlight mark|highlighted|marked)|hll|(?:gatsby-highlight-code|theme-code-block-highlighted|code-line (?:line-number )?highlight)-line)(?:\s|$)/,
  ],
];

/** The elements for a line of code that its author marked; none for any other. A `<div>` ends its line. */
export function namesOfLine(line: ParsedElement): string[] {
  if (line.tagName !== 'span' && line.tagName !== 'div') return [];
  const isMark = attribute(line, 'data-highlighted-line') !== undefined;
  const classes = classesOf(line);
  // Most are of one word in its colour, with a class of one or two letters: to test these took code 6 % longer.
  const byClass = () => (classes.length < 3 ? undefined : LINE_MARKS.find(([, form]) => form.test(classes))?.[0]);
  const name = isMark ? 'mark' : byClass();
  if (name === undefined) return [];
  return line.tagName === 'div' ? ['div', name] : [name];
}

/** A table with numbers and code: in one row with a column of lines, or in a row for each line. Null for any other element. */
export function codeTable(part: ParsedElement): { table: ParsedElement; lines: 'column' | 'rows' } | null {
  const table = PARTS.has(part.tagName) ? closest(part, 'table') : null;
  if (table === null) return null;
  const found = layouts.get(table) ?? lineLayout(table);
  layouts.set(table, found);
  return found === 'none' ? null : { table, lines: found };
}

/** The element itself or the nearest one around it with a name, not far away. */
function closest(element: ParsedElement, name: string): ParsedElement | null {
  return [element, ...elementsAround(element, 4)].find(({ tagName }) => tagName === name) ?? null;
}

const layouts = new WeakMap<ParsedElement, 'column' | 'rows' | 'none'>();

function lineLayout(table: ParsedElement): 'column' | 'rows' | 'none' {
  // GeSHi writes words above and below the code: http://qbnz.com/highlighter/geshi-doc.html
  const parts = childElements(table).filter(({ tagName }) => tagName !== 'thead' && tagName !== 'tfoot');
  const rows = parts.flatMap((part) => (part.tagName === 'tbody' ? childElements(part) : [part]));
  let codes = 0;
  let marked = rows.length > 0;
  for (const [index, row] of rows.entries()) {
    const [numbers, code, ...more] = childElements(row);
    if (!numbers || !code || more.length > 0 || !isNumbersCell(numbers)) return 'none';
    codes += nearNodes(code).reduce((sum, { nodeName }) => sum + Number(nodeName === 'pre'), 0);
    marked &&=
      /(?:^|[\s-])code(?:\s|$)/.test(classesOf(code)) ||
      (isFirstInCode(numbers) && Number(nearText(numbers)) === index + 1);
  }
  if (codes === 0) return marked ? 'rows' : 'none';
  return codes === 1 && rows.length === 1 ? 'column' : 'none';
}
