import { attribute, classesOf, everyElement, type ParsedElement } from './parsed-html.ts';

// Highlighters print the numbers of lines beside the code, where only their own style sheet keeps them apart from it.

/** By Pygments, Rouge, Chroma (Hugo), Hexo, GeSHi, Prism, highlight.js, Crayon, VuePress and Expressive Code. */
const NUMBERS =
  /(?:^|\s)(?:gutter|gl|rouge-gutter|lineno|linenos|linenodiv|line[-_]?numbers?(?:-rows|-wrapper)?|lnt|ln|lnlinks|crayon-nums|hljs-ln-numbers)(?:\s|$)/i;

/** Whether an element holds only the numbers of lines of code. The cell of Chroma has no class of its own. */
export function isLineNumbers(element: ParsedElement): boolean {
  if (isMarked(element)) return isNumbers(element);
  return element.tagName === 'td' && isNumbers(element) && everyElement([element]).some(isMarked);
}

/** Chroma marks the numbers by a style where it uses no classes. */
function isMarked(element: ParsedElement): boolean {
  if (NUMBERS.test(classesOf(element))) return true;
  return (
    element.tagName === 'span' && /user-select\s*:\s*none/i.test(attribute(element, 'style')?.slice(0, 1_000) ?? '')
  );
}

/** Elements are read to this depth only: nested ones would be read once for each level. */
const DEEPEST = 6;

function isNumbers(element: ParsedElement): boolean {
  let digits = false;
  const areNumbers = ({ childNodes }: ParsedElement, depth: number): boolean =>
    childNodes.every((node) => {
      if ('tagName' in node) return depth < DEEPEST && areNumbers(node, depth + 1);
      if (!('value' in node)) return true;
      digits ||= /\d/.test(node.value);
      return /^[\s\d]*$/.test(node.value);
    });
  return areNumbers(element, 0) && digits;
}

const PARTS: ReadonlySet<string> = new Set(['table', 'tbody', 'tr', 'td']);

/** Whether an element only puts code beside the numbers of its lines: a part of such a table, or code within code. */
export function isCodeLayout(element: ParsedElement): boolean {
  const cell = element.tagName === 'pre' ? element.parentNode : element;
  if (!cell || !('tagName' in cell) || !PARTS.has(cell.tagName)) return false;
  const table = nearest(cell, 'table');
  if (!table || !hasOneCode(table)) return false;
  return cell === element || nearest(table, 'pre') !== null;
}

/** The element itself or the nearest one around it with a name, not far away. */
function nearest(element: ParsedElement, name: string): ParsedElement | null {
  let box: ParsedElement['parentNode'] = element;
  for (let up = 0; up < 5 && box && 'tagName' in box; up += 1, box = box.parentNode)
    if (box.tagName === name) return box;
  return null;
}

const known = new WeakMap<ParsedElement, boolean>();

/** Whether a table has one row: the numbers of lines, and a cell with the code. */
function hasOneCode(table: ParsedElement): boolean {
  const found = known.get(table) ?? countsLines(table);
  known.set(table, found);
  return found;
}

function countsLines(table: ParsedElement): boolean {
  const rows = childrenOf(table).flatMap((part) => (part.tagName === 'tbody' ? childrenOf(part) : [part]));
  const cells = rows.length === 1 ? rows.flatMap(childrenOf) : [];
  const [numbers, code] = cells;
  if (!numbers || !code || cells.length !== 2) return false;
  return isLineNumbers(numbers) && codesIn(code, 0) === 1;
}

function codesIn(element: ParsedElement, depth: number): number {
  if (element.tagName === 'pre') return 1;
  return depth < DEEPEST ? childrenOf(element).reduce((sum, child) => sum + codesIn(child, depth + 1), 0) : 0;
}

function childrenOf({ childNodes }: ParsedElement): ParsedElement[] {
  return childNodes.filter((node): node is ParsedElement => 'tagName' in node);
}
