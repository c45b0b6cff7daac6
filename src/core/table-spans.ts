const LONGEST_SPAN = 100;
/** The most columns times rows of all such cells of a body. */
const MOST_SPANNED = 10_000;

/** The tag of a cell or column with attributes, in the sanitiser's form. */
const CELL = /<(?:td|th|col|colgroup|mtd)(?: [a-z-]+="[^"]*")+>/g;
const SPAN = / ((?:col|column|row)?span)="(\d+)"/g;

/** Fifty rows of nine cells, each over 999 columns and rows, took Chromium half a minute. Old archives have any span. */
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
