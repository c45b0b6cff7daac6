import { escapeHtml } from '../../../src/core/clean-text.ts';
import { mapByName } from '../../../src/core/text.ts';
import {
  attribute,
  childElements,
  elementsAround,
  hasClass,
  isBlank,
  isShallow,
  nearNodes,
  nearText,
  type ParsedElement,
  type ParsedNode,
  parseInDiv,
  styleOf,
} from './parsed-html.ts';

// Lists and tables that only lay out the page.

/**
 * Whether a table only lays out the page: one that declares it, or of one column with another table in it or around it.
 * Nested in dozens, each would be a box and a stop of the keyboard: https://github.com/miniflux/v2/issues/1496,
 * https://github.com/feedbin/support/issues/141. One alone may be a picture with its words (Blogger).
 */
export function isLayoutTable(table: ParsedElement, isInLayout: boolean): boolean {
  const parts = childElements(table);
  const rows = parts.flatMap(childElements);
  const cells = rows.flatMap(childElements);
  // The parser puts each row into a `<tbody>`.
  if (parts.some(({ tagName }) => tagName !== 'tbody') || cells.some(({ tagName }) => tagName === 'th')) return false;
  const isDeclared = /^(?:presentation|none)$/.test(attribute(table, 'role') ?? '');
  return isDeclared || (rows.every((row) => childElements(row).length < 2) && (isInLayout || cells.some(holdsTable)));
}

function holdsTable(cell: ParsedElement): boolean {
  const within = childElements(cell);
  return [...within, ...within.flatMap(childElements)].some(({ tagName }) => tagName === 'table');
}

/** The names of such a table, and of its parts, as the page has them: boxes under each other. A row is no element: its children take its place. */
export const NAMES_IN_LAYOUT = mapByName({ 'table td': 'div', 'tbody tr': 'row' });

const levels = new WeakMap<ParsedElement, boolean>();

/**
 * Whether a list shows no bullets or numbers, by its own style or by that of all its points: LaTeXML writes its own into
 * them. A point alone may only hold another list, as in TinyMCE.
 */
export function isUnmarked(list: ParsedElement): boolean {
  if (!isList(list)) return false;
  const found = levels.get(list) ?? (hasNoMarkers(list) && !isLevel(list));
  levels.set(list, found);
  return found;
}

function hasNoMarkers(list: ParsedElement): boolean {
  const points = childElements(list);
  if (hasNoMarker(list)) return points.every((point) => hasNoMarker(point) || markerOf(point) === undefined);
  return points.length > 0 && points.every(hasNoMarker);
}

/** Whether a list is within another without markers: here only its bullets show that it is one level deeper. */
function isLevel(list: ParsedElement): boolean {
  return list.tagName === 'ul' && elementsAround(list, 2).some((each) => isList(each) && hasNoMarker(each));
}

function isList({ tagName }: ParsedElement): boolean {
  return tagName === 'ol' || tagName === 'ul';
}

function hasNoMarker(element: ParsedElement): boolean {
  return /^none/.test(markerOf(element) ?? '');
}

export function markerOf(element: ParsedElement): string | undefined {
  return styleOf(element).get('list-style-type') ?? styleOf(element).get('list-style');
}

// Tabs show one panel at a time, below the labels of all. A page without their script shows all panels, one below the other.

/** Of panels whose list of tabs was left out (`moveLabels`). */
const labels = new WeakMap<ParsedElement, string>();

/** The children of an element; of a panel with its label before them. Components that were not rendered have it as an attribute. */
export function withLabel(element: ParsedElement): ParsedNode[] {
  const isComponent = element.tagName === 'tabitem' || element.tagName === 'plugintabstab';
  const label = isComponent ? attribute(element, 'label') : labels.get(element);
  return label ? [...parseInDiv(`<p><b>${escapeHtml(label)}</b></p>`), ...element.childNodes] : element.childNodes;
}

/**
 * Moves the labels of tabs (https://www.w3.org/WAI/ARIA/apg/patterns/tabs/) to their panels, where `withLabel` writes them. False if
 * the element at this place is no list of them; else it is to be left out.
 */
export function moveLabels(element: ParsedElement, nodes: readonly ParsedNode[], at: number): boolean {
  const [only, ...more] = element.childNodes;
  // Starlight has a box around them, which scrolls.
  const list = !isTabList(element) && only && 'tagName' in only && more.length === 0 ? only : element;
  if (!isTabList(list)) return false;
  const words = wordsOfTabs(list);
  if (words.length === 0 || words.includes('')) return false;
  const panels = panelsBehind(nodes, at, words.length);
  if (panels.length !== words.length) return false;
  if (!panels.every(({ tagName }) => /^(?:article|div|section)$/.test(tagName))) return false;
  for (const [index, panel] of panels.entries()) labels.set(panel, words[index] ?? '');
  return true;
}

/** By its role, or by a class of MkDocs, VitePress, or Bootstrap. */
function isTabList(element: ParsedElement): boolean {
  if (element.attrs.length === 0) return false;
  return attribute(element, 'role') === 'tablist' || hasClass(element, 'tabbed-labels', 'tabs', 'nav-tabs');
}

/** The words of each tab; none where the list holds anything else, as a box around tabs and panels does. */
function wordsOfTabs(list: ParsedElement): string[] {
  const elements = [...nearNodes(list)].filter((node) => 'tagName' in node);
  const named = elements.filter((each) => attribute(each, 'role') === 'tab');
  const tabs = named.length > 0 ? named : elements.filter(({ tagName }) => /^(?:button|label|li)$/.test(tagName));
  const words = tabs.map((tab) => nearText(tab).trim());
  const isOnly = nearText(list).replace(/\s+/g, '') === words.join('').replace(/\s+/g, '');
  // Menus of a site have the same classes. A tab may link to its panel.
  const leadsElsewhere = elements.some(
    (each) => each.tagName === 'a' && /^(?!javascript:)[^#]+$/i.test(attribute(each, 'href') ?? ''),
  );
  return isShallow(list) && isOnly && !leadsElsewhere ? words : [];
}

/** The panels behind a list of tabs, or in the next element. If they are more than there are tabs, only one more. */
function panelsBehind(nodes: readonly ParsedNode[], at: number, tabs: number): ParsedElement[] {
  const behind: ParsedElement[] = [];
  for (let next = at + 1; next < nodes.length && behind.length <= tabs; next += 1) {
    const node = nodes[next];
    if (!node || isBlank(node)) continue;
    if (!('tagName' in node)) break;
    const isPanel = attribute(node, 'role') === 'tabpanel';
    if (!isPanel) return behind.length > 0 ? behind : childElements(node);
    behind.push(node);
  }
  return behind;
}
