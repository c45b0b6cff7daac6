import { attribute, childElements, elementsAround, type ParsedElement, styleOf } from './parsed-html.ts';

// Lists and tables that only lay out the page.

/**
 * Whether a table only lays out the page: one that says so, or of one column with another table in it or around it.
 * Nested in dozens, each would be a box and a stop of the keyboard: https://github.com/miniflux/v2/issues/1496,
 * https://github.com/feedbin/support/issues/141. One alone may be a picture with its words (Blogger).
 */
export function isLayoutTable(table: ParsedElement, isInLayout: boolean): boolean {
  const parts = childElements(table);
  const rows = parts.flatMap(childElements);
  const cells = rows.flatMap(childElements);
  // The parser puts each row into a `<tbody>`.
  if (parts.some(({ tagName }) => tagName !== 'tbody') || cells.some(({ tagName }) => tagName === 'th')) return false;
  const isSaid = /^(?:presentation|none)$/.test(attribute(table, 'role') ?? '');
  return isSaid || (rows.every((row) => childElements(row).length < 2) && (isInLayout || cells.some(holdsTable)));
}

function holdsTable(cell: ParsedElement): boolean {
  const within = childElements(cell);
  return [...within, ...within.flatMap(childElements)].some(({ tagName }) => tagName === 'table');
}

/** The name of such a table, and of its parts, as the page has them: boxes under each other. */
export function nameInLayout({ tagName }: ParsedElement): string | undefined {
  if (tagName === 'table' || tagName === 'td') return 'div';
  // No element: its children take its place.
  return tagName === 'tbody' || tagName === 'tr' ? 'row' : undefined;
}

const known = new WeakMap<ParsedElement, boolean>();

/**
 * Whether a list shows no bullets or numbers, by its own style or by that of all its points: LaTeXML writes its own into
 * them. A point alone may only hold another list, as in TinyMCE.
 */
export function isUnmarked(list: ParsedElement): boolean {
  if (!isList(list)) return false;
  const found = known.get(list) ?? (hasNoMarkers(list) && !isLevel(list));
  known.set(list, found);
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
