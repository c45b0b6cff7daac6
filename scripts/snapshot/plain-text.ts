import { wholeCharacters } from './characters.ts';
import { type ParsedNode, parseInDiv } from './sanitise/parse.ts';

const UNSEEN = new Set(['script', 'style', 'template', 'noscript']);
/** Nobody reads a title longer than this, and a hostile one may be a whole feed long. */
const LONGEST = 100_000;

/** What a reader sees of HTML, without markup; white space as it comes. */
export function plainText(html: string): string {
  if (!/[<&]/.test(html)) return html;
  const pieces: string[] = [];
  const waiting: ParsedNode[] = parseInDiv(wholeCharacters(html.slice(0, LONGEST))).toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if ('value' in node) pieces.push(node.value);
    else if ('childNodes' in node && !UNSEEN.has(node.nodeName)) {
      for (let index = node.childNodes.length - 1; index >= 0; index--) {
        const child = node.childNodes[index];
        if (child) waiting.push(child);
      }
    }
  }
  return pieces.join('');
}
