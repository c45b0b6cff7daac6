import { attribute, childElements, type ParsedElement } from './parsed-html.ts';

/**
 * Whether a table only lays out the page: one that says so, or of one column with another table in it or around it.
 * Nested in dozens, each would be a box and a stop of the keyboard: https://github.com/miniflux/v2/issues/1496,
 * https://github.com/feedbin/support/issues/141. One alone may be a picture with its words (Blogger).
 */
export function isLayoutTable(table: ParsedElement, isInLayout: boolean): boolean {
  const parts = childElements(table);
  const rows = parts.flatMap((part) => (part.tagName === 'tr' ? [part] : childElements(part)));
  const cells = rows.flatMap(childElements);
  if (parts.some(({ tagName }) => !/^(?:tbody|tr)$/.test(tagName)) || cells.some(({ tagName }) => tagName === 'th'))
    return false;
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
