import { cleanText, escapeText } from '../../../src/core/clean-text.ts';
import { DEEPEST_SVG, isSvgValue } from '../../../src/core/svg-schema.ts';
import { attribute, elementsAround, nearNodes, nearText, type ParsedElement, styleOf } from './parsed-html.ts';

/** The name of a drawing: as it says itself, else its words. */
export function drawingName(svg: ParsedElement, elements: readonly ParsedElement[]): string {
  const textsIn = (name: string) => elements.filter(({ tagName }) => tagName === name).map((each) => nearText(each));
  const [title = ''] = textsIn('title');
  const shown = () => elements.map((each) => (each.tagName === 'text' ? nearText(each) : labelText(each)));
  const name = attribute(svg, 'aria-label') || title || textsIn('desc').join(' ') || shown().join(' ');
  return cleanText(name.slice(0, 1_000)).slice(0, 200);
}

/** In Mermaid's diagrams, 24 pixels for letters of 16. */
const LINE_HEIGHT = 24;

/**
 * HTML in a drawing as text in the middle of its box, in as many lines as it has: our drawings hold no HTML, and boxes
 * would be empty. https://github.com/mermaid-js/mermaid/issues/2688
 */
export function printedLabel(element: ParsedElement): string {
  const text = labelText(element);
  if (text === '') return '';
  const [x = 0, y = 0, width = 0, height = 0] = ['x', 'y', 'width', 'height'].map((name) => pixels(element, name));
  const lines = inLines(text, Math.max(1, Math.round(height / LINE_HEIGHT)));
  const top = y + height / 2 - ((lines.length - 1) * LINE_HEIGHT) / 2;
  const middle = x + width / 2;
  const spans = lines.map(
    (line, index) => `<tspan x="${middle}" y="${top + index * LINE_HEIGHT}">${escapeText(line)}</tspan>`,
  );
  // No line of a shape is around HTML.
  return `<text fill="${labelColour(element)}" stroke="none" text-anchor="middle" dominant-baseline="central">${spans.join('')}</text>`;
}

/** The words of a box of HTML with a size; none in a `<switch>`, which has other words for those that read no HTML. */
function labelText(element: ParsedElement): string {
  if (element.tagName !== 'foreignObject' || element.parentNode?.nodeName === 'switch') return '';
  if (!pixels(element, 'width') || !pixels(element, 'height')) return '';
  let text = '';
  for (const node of nearNodes(element)) {
    if ('value' in node && !/^(?:style|script)$/.test(node.parentNode?.nodeName ?? '')) text += node.value;
    else if (/^(?:br|p|div|li)$/.test(node.nodeName)) text += ' ';
  }
  return cleanText(text.slice(0, 1_000));
}

/** The colour of the first letter, as the closest element around it says. */
function labelColour(element: ParsedElement): string {
  const letters = nearNodes(element).find((node) => 'value' in node && node.value.trim() !== '');
  const boxes = letters ? elementsAround(letters, DEEPEST_SVG) : [];
  const colours = [...boxes].map((box) => styleOf(box).get('color'));
  return colours.find((colour) => colour !== undefined && isSvgValue('fill', colour)) ?? 'currentColor';
}

function pixels(element: ParsedElement, name: string): number | undefined {
  const [, number] =
    /^(-?\d{1,5}(?:\.\d{1,3})?)\d{0,20}(?:px)?$/.exec(attribute(element, name)?.slice(0, 30) ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
}

/** Words in lines of about the same length. */
function inLines(text: string, count: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + word.length / 2 < text.length / count)
      lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}
