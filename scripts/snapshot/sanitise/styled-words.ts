import { elementsAround, type ParsedElement, styleOf } from './parsed-html.ts';

// Google Docs, Word and old editors of Blogger say by styles, which we do not keep, what elements say.

/** What the style of a `<span>` says, and the element for it; not in one that says it already. */
const SAYINGS: readonly { style: RegExp; name: string; within: RegExp }[] = [
  { style: /(?:^|;)\s*vertical-align\s*:\s*super/i, name: 'sup', within: /^sup$/ },
  { style: /(?:^|;)\s*vertical-align\s*:\s*sub(?!\w)/i, name: 'sub', within: /^sub$/ },
  { style: /(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*line-through/i, name: 's', within: /^(?:s|del|strike)$/ },
  { style: /(?:^|;)\s*font-weight\s*:\s*(?:bold|[6-9]00)/i, name: 'b', within: /^(?:b|strong|th|h[1-6])$/ },
  { style: /(?:^|;)\s*font-style\s*:\s*(?:italic|oblique)/i, name: 'i', within: /^(?:i|em|cite)$/ },
];

/** The style that takes an emphasis back: Google Docs lays a `<b>` that is not bold around a whole post. */
const NOT_BOLD = /(?:^|;)\s*font-weight\s*:\s*(?:normal|lighter|[1-4]00)/i;
const NOT_ITALIC = /(?:^|;)\s*font-style\s*:\s*normal/i;

const MONOSPACE = /(?:^|;)\s*font-family\s*:[^;]*(?:mono(?!type)|courier|consolas|menlo)/i;

/** The longest text that is code for its font. A longer one may be prose that somebody likes so. */
const MOST_LETTERS = 100;

export function isMonospace(element: ParsedElement): boolean {
  return MONOSPACE.test(styleOf(element));
}

/** The elements that say what the style of words in a line says, the outer first; none where the style says nothing more. */
export function namesByStyle(element: ParsedElement): string[] {
  const style = styleOf(element);
  if (isTakenBack(element, element.tagName)) return ['span'];
  if (element.tagName !== 'span' || style === '') return [];
  const [parent, outer] = elementsAround(element, 2);
  const holder = parent?.tagName === 'a' ? outer : parent;
  const around = holder && !isTakenBack(holder, holder.tagName) ? holder.tagName : '';
  if (MONOSPACE.test(style) && isFewWords(element) && around !== 'code') return ['code'];
  const isKept = ({ name }: { name: string }) =>
    !element.childNodes.some((node) => 'tagName' in node && isTakenBack(node, name));
  return SAYINGS.filter((each) => each.style.test(style) && !each.within.test(around) && isKept(each)).map(
    ({ name }) => name,
  );
}

/** Whether a style takes an emphasis back. Old editors of Blogger lay a bold span around a post, in it one that is not. */
function isTakenBack(element: ParsedElement, name: string): boolean {
  const style = styleOf(element);
  return (/^(?:b|strong)$/.test(name) && NOT_BOLD.test(style)) || (/^(?:i|em)$/.test(name) && NOT_ITALIC.test(style));
}

/** Whether an element is only a short text beside other words. */
function isFewWords({ childNodes, parentNode }: ParsedElement): boolean {
  const [only, ...more] = childNodes;
  const text = only && more.length === 0 && 'value' in only ? only.value : '';
  return text.trim() !== '' && text.length <= MOST_LETTERS && (parentNode?.childNodes.length ?? 0) > 1;
}
