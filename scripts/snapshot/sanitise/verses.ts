import { elementsAround, hasClass, nearText, type ParsedElement } from './parsed-html.ts';

/** Tables and trees drawn with signs, which only letters of one width show. */
const DRAWING = /[|+][-=]{2}|[-=]{2}[|+]|[\u2502-\u259f]/;

/**
 * A poem of WordPress (https://wordpress.org/documentation/article/verse-block/), Asciidoctor
 * (https://docs.asciidoctor.org/asciidoc/latest/blocks/verses/) or Substack: text in lines, and no code.
 */
export function isVerse(element: ParsedElement): boolean {
  if (element.tagName !== 'pre') return false;
  const [box] = elementsAround(element, 1);
  const isMarked = hasClass(element, 'wp-block-verse') || (box && hasClass(box, 'verseblock', 'preformatted-block'));
  return isMarked === true && !DRAWING.test(nearText(element));
}

/** Docutils indents lines of a poem by a block in a block (https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#line-blocks). */
export function indentOfLine(line: ParsedElement): string {
  const blocks = [...elementsAround(line, 6)].filter((each) => hasClass(each, 'line-block')).length;
  return '\u00a0'.repeat(4 * Math.max(0, blocks - 1));
}
