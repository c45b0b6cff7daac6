import { percentDecoded } from '../../../src/core/clean-text.ts';
import {
  attribute,
  elementsAround,
  everyElement,
  type ParsedElement,
  type ParsedNode,
  textWithin,
} from './parsed-html.ts';

/** Signs with which a heading links to itself, for readers who want its address. */
const SIGN = /^(?:#*|[¶§∞⚓🔗])$/u;

/** Whether a link leads to the heading in which or behind which it stands. `before` are the two nodes before it. */
export function isLinkToHeading(element: ParsedElement, before: readonly ParsedNode[]): boolean {
  if (element.tagName !== 'a' || !attribute(element, 'href')?.includes('#')) return false;
  if (attribute(element, 'id') !== undefined || attribute(element, 'name') !== undefined) return false;
  const leads = isSignOfHeading(element) || isBehindHeading(element, before);
  return leads && !everyElement([element]).some(({ tagName }) => /^(?:img|picture|math)$/.test(tagName));
}

/**
 * With words for screen readers beside an icon, as Starlight writes it: https://github.com/HiDeoo/starlight-blog/pull/169.
 * Words that do not repeat the heading say something of their own.
 */
function isBehindHeading(element: ParsedElement, before: readonly ParsedNode[]): boolean {
  const heading = before.findLast((node) => !('value' in node) || node.value.trim() !== '');
  if (!heading || !('tagName' in heading) || !/^h[1-6]$/.test(heading.tagName)) return false;
  if (`#${attribute(heading, 'id')}` !== percentDecoded(attribute(element, 'href') ?? '')) return false;
  const words = lettersIn(element);
  return SIGN.test(words) || words.includes(lettersIn(heading));
}

function isSignOfHeading(element: ParsedElement): boolean {
  const [around, outer] = elementsAround(element, 2);
  const heading = around?.tagName === 'span' ? outer : around;
  return heading !== undefined && /^h[1-6]$/.test(heading.tagName) && SIGN.test(lettersIn(element));
}

function lettersIn({ childNodes }: ParsedElement): string {
  return textWithin(childNodes).replace(/\s|\p{Cf}|\p{Mn}/gu, '');
}
