import { attribute, type ParsedElement, styleOf } from './parsed-html.ts';

// What newsletters write for programs of mail, and feeds carry on.

/**
 * Whether a table only lays out the page: one that says so, or of one column with another table in it or around it.
 * Nested in dozens, each would be a box and a stop of the keyboard: https://github.com/miniflux/v2/issues/1496,
 * https://github.com/feedbin/support/issues/141. One alone may be a picture with its words (Blogger).
 */
export function isLayoutTable(table: ParsedElement, isInLayout: boolean): boolean {
  const parts = elementsIn(table);
  const rows = parts.flatMap((part) => (part.tagName === 'tr' ? [part] : elementsIn(part)));
  const cells = rows.flatMap(elementsIn);
  if (parts.some(({ tagName }) => !/^(?:tbody|tr)$/.test(tagName)) || cells.some(({ tagName }) => tagName === 'th'))
    return false;
  const isSaid = /^(?:presentation|none)$/.test(attribute(table, 'role') ?? '');
  return isSaid || (rows.every((row) => elementsIn(row).length < 2) && (isInLayout || cells.some(holdsTable)));
}

function holdsTable(cell: ParsedElement): boolean {
  const within = elementsIn(cell);
  return [...within, ...within.flatMap(elementsIn)].some(({ tagName }) => tagName === 'table');
}

function elementsIn({ childNodes }: ParsedElement): ParsedElement[] {
  return childNodes.filter((node): node is ParsedElement => 'tagName' in node);
}

/** The name of such a table, and of its parts, as the page has them: boxes under each other. */
export function nameInLayout({ tagName }: ParsedElement): string | undefined {
  if (tagName === 'table' || tagName === 'td') return 'div';
  // No element: its children take its place.
  return tagName === 'tbody' || tagName === 'tr' ? 'row' : undefined;
}

/** Whether words are only for the list of an inbox (https://www.goodemailcode.com/email-code/preheader.html). No tab or spoiler has these styles. */
export function isPreheader(element: ParsedElement): boolean {
  const style = styleOf(element);
  if (!style.get('display')?.startsWith('none')) return false;
  const isFlat = style.get('max-height')?.startsWith('0') && style.get('overflow') === 'hidden';
  return isFlat === true || style.get('mso-hide')?.startsWith('all') === true;
}
