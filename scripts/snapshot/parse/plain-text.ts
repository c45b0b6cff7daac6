import { type ParsedNode, parseInDiv } from '../sanitise/parsed-html.ts';

const UNSEEN = new Set(['script', 'style', 'template', 'noscript']);
/** The most characters that are read: a hostile title may be as long as a feed. */
const LONGEST = 100_000;

/** The visible text of HTML, with its white space. */
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

const HALF = /&(?:amp;)?#(?:5[5-7]\d{3}|x0*d[89a-f][\da-f]{2});?/i;
const PAIR =
  /&(?:amp;)?#(?:(5[5-7]\d{3})|x0*(d[89ab][\da-f]{2}));?&(?:amp;)?#(?:(5[5-7]\d{3})|x0*(d[c-f][\da-f]{2}));?/gi;
const LONE = /&#(?:(5[5-7]\d{3})|x0*(d[89a-f][\da-f]{2}));?/gi;

/** The text with one character instead of two references to its halves (`&#55357;&#56841;`). No specification allows them. */
export function joinedHalves(text: string): string {
  if (!HALF.test(text)) return text;
  return text.replace(PAIR, (written: string, high?: string, hexHigh?: string, low?: string, hexLow?: string) => {
    const pair = String.fromCharCode(code(high, hexHigh), code(low, hexLow));
    return isHigh(pair) && isLow(pair.slice(1)) ? pair : written;
  });
}

/** HTML without lone surrogates, as characters or as references. */
export function wholeCharacters(html: string): string {
  const joined = HALF.test(html)
    ? joinedHalves(html).replace(LONE, (written: string, decimal?: string, hex?: string) => {
        const half = String.fromCharCode(code(decimal, hex));
        return isHigh(half) || isLow(half) ? '' : written;
      })
    : html;
  return joined.isWellFormed() ? joined : joined.replace(/\p{Cs}/gu, '');
}

function code(decimal: string | undefined, hex: string | undefined): number {
  return decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
}

function isHigh(text: string): boolean {
  return /^[\ud800-\udbff]/.test(text);
}

function isLow(text: string): boolean {
  return /^[\udc00-\udfff]/.test(text);
}
