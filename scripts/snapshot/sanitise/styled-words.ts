import { elementsAround, hasClass, onlyText, type ParsedElement, type ParsedNode, styleOf } from './parsed-html.ts';

// What styles say of words, which we do not keep: Google Docs, Word and old editors of Blogger write no elements.

/** What the style of a `<span>` says, and the element for it; not in one that says it already. */
const SAYINGS: readonly { property: string; value: RegExp; name: string; within: RegExp }[] = [
  { property: 'vertical-align', value: /^super/, name: 'sup', within: /^sup$/ },
  { property: 'vertical-align', value: /^sub\b/, name: 'sub', within: /^sub$/ },
  { property: 'text-decoration', value: /line-through/, name: 's', within: /^(?:s|del|strike)$/ },
  { property: 'text-decoration-line', value: /line-through/, name: 's', within: /^(?:s|del|strike)$/ },
  { property: 'font-weight', value: /^(?:bold|[6-9]00)/, name: 'b', within: /^(?:b|strong|th|h[1-6])$/ },
  { property: 'font-style', value: /^(?:italic|oblique)/, name: 'i', within: /^(?:i|em|cite)$/ },
];

/** The longest text that is code for its font. A longer one may be prose that somebody likes so. */
const MOST_LETTERS = 100;

export function isMonospace(element: ParsedElement): boolean {
  return /mono(?!type)|courier|consolas|menlo/.test(styleOf(element).get('font-family') ?? '');
}

/** The elements that say what the style of words in a line says, the outer first; none where the style says nothing more. */
export function namesByStyle(element: ParsedElement): string[] {
  if (isTakenBack(element, element.tagName)) return ['span'];
  const style = styleOf(element);
  if (element.tagName !== 'span' || style.size === 0) return [];
  const [parent, outer] = elementsAround(element, 2);
  const holder = parent?.tagName === 'a' ? outer : parent;
  const around = holder && !isTakenBack(holder, holder.tagName) ? holder.tagName : '';
  if (isMonospace(element) && isFewWords(element) && around !== 'code') return ['code'];
  const isKept = (name: string) => !element.childNodes.some((node) => 'tagName' in node && isTakenBack(node, name));
  const said = SAYINGS.flatMap(({ property, value, name, within }) =>
    value.test(style.get(property) ?? '') && !within.test(around) && isKept(name) ? [name] : [],
  );
  return [...new Set(said)];
}

/** Whether a style takes an emphasis back: Google Docs lays a `<b>` that is not bold around a post, Blogger a bold span. */
function isTakenBack(element: ParsedElement, name: string): boolean {
  if (/^(?:b|strong)$/.test(name)) return /^(?:normal|lighter|[1-4]00)/.test(styleOf(element).get('font-weight') ?? '');
  return /^(?:i|em)$/.test(name) && styleOf(element).get('font-style')?.startsWith('normal') === true;
}

/** Whether an element is only a short text beside other words. */
function isFewWords(element: ParsedElement): boolean {
  const text = onlyText(element);
  return text.trim() !== '' && text.length <= MOST_LETTERS && (element.parentNode?.childNodes.length ?? 0) > 1;
}

/** Classes of words for screen readers only, in Bootstrap, Tailwind, HTML5 Boilerplate and Quarto. */
const OF_SCREEN_READERS = ['sr-only', 'visually-hidden', 'visuallyhidden', 'screen-reader-only'];

export function isForScreenReaders(node: ParsedNode): boolean {
  return 'tagName' in node && node.tagName === 'span' && hasClass(node, ...OF_SCREEN_READERS);
}
