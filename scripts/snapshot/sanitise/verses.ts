import { elementsAround, hasClass, type ParsedElement } from './parsed-html.ts';

/**
 * A poem of WordPress (https://wordpress.org/documentation/article/verse-block/), Asciidoctor
 * (https://docs.asciidoctor.org/asciidoc/latest/blocks/verses/) or Substack: text in lines, and no code.
 */
export function isVerse(element: ParsedElement): boolean {
  if (element.tagName !== 'pre') return false;
  const [box] = elementsAround(element, 1);
  return (
    hasClass(element, 'wp-block-verse') || (box !== undefined && hasClass(box, 'verseblock', 'preformatted-block'))
  );
}

/** Docutils indents lines of a poem by a block in a block (https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#line-blocks). */
export function indentOfLine(line: ParsedElement): string {
  const blocks = [...elementsAround(line, 6)].filter((each) => hasClass(each, 'line-block')).length;
  return '\u00a0'.repeat(4 * Math.max(0, blocks - 1));
}
