import { escapeHtml } from '../../../src/core/clean-text.ts';
import {
  attribute,
  childElements,
  hasClass,
  isBlank,
  nearNodes,
  nearText,
  type ParsedElement,
  type ParsedNode,
  parseInDiv,
} from './parsed-html.ts';

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
  const panels = panelsBehind(nodes, at);
  if (words.length === 0 || panels.length !== words.length || words.includes('')) return false;
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
  const near = new Set(nearNodes(list));
  const elements = [...near].filter((node) => 'tagName' in node);
  const named = elements.filter((each) => attribute(each, 'role') === 'tab');
  const tabs = named.length > 0 ? named : elements.filter(({ tagName }) => /^(?:button|label|li)$/.test(tagName));
  const words = tabs.map((tab) => nearText(tab).trim());
  const isAll = elements.every(({ childNodes }) => childNodes.every((node) => near.has(node)));
  const isOnly = nearText(list).replace(/\s+/g, '') === words.join('').replace(/\s+/g, '');
  return isAll && isOnly && !elements.some(leadsElsewhere) ? words : [];
}

/** Menus of a site have the same classes. A tab may link to its panel. */
function leadsElsewhere(element: ParsedElement): boolean {
  return element.tagName === 'a' && /^(?!javascript:)[^#]+$/i.test(attribute(element, 'href') ?? '');
}

/** The panels behind a list of tabs, or in the next element. */
function panelsBehind(nodes: readonly ParsedNode[], at: number): ParsedElement[] {
  const behind: ParsedElement[] = [];
  for (let next = at + 1; next < nodes.length; next += 1) {
    const node = nodes[next];
    if (!node || isBlank(node)) continue;
    if (!('tagName' in node)) break;
    const isPanel = attribute(node, 'role') === 'tabpanel';
    if (!isPanel) return behind.length > 0 ? behind : childElements(node);
    behind.push(node);
  }
  return behind;
}
