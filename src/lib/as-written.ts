import type { DefaultTreeAdapterMap } from 'parse5';

type Element = DefaultTreeAdapterMap['element'];

/** The elements that have no end tag. */
export const VOID: ReadonlySet<string> = new Set('br col hr img source track wbr'.split(' '));

/**
 * Whether an element holds what its source shows, each part where it is written, and ends where its own tag stands. A
 * parser forgets, moves and closes without a word, and what it forgets within a text it need not forget within a page:
 * `</main>` ends the page's own, and a tag that never ends takes the page up to its next quotation mark.
 */
export function isAsWritten({ tagName, childNodes, sourceCodeLocation }: Element, source: string): boolean {
  const { startTag, endTag } = sourceCodeLocation ?? {};
  // Without one nobody wrote it.
  if (!startTag) return false;
  if (!endTag) return childNodes.length === 0 && VOID.has(tagName);
  let end = startTag.endOffset;
  for (const { nodeName, sourceCodeLocation: place } of childNodes) {
    if (!place || !follows(place.startOffset, end, source)) return false;
    end = place.endOffset;
    // A forgotten tag between two runs of text makes one of them, and is in it.
    if (nodeName === '#text' && source.slice(place.startOffset, end).includes('<')) return false;
  }
  return follows(endTag.startOffset, end, source) && endTag.endOffset - endTag.startOffset === `</${tagName}>`.length;
}

/** The first line break in a `<pre>` is no part of it. */
function follows(start: number, end: number, source: string): boolean {
  return start === end || (start === end + 1 && source[end] === '\n');
}
