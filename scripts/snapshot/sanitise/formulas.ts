import { attribute, classesOf, hasClass, type ParsedElement, type ParsedNode } from './parsed-html.ts';

/** KaTeX's layout of a formula after its MathML, and MathJax's preview before the formula. Either may also be alone. */
export function isSecondFormula(element: ParsedElement, after: ParsedNode | undefined): boolean {
  if (hasClass(element, 'katex-html'))
    return element.parentNode?.childNodes.find((node) => 'tagName' in node) !== element;
  if (!hasClass(element, 'MathJax_Preview') || !after || !('tagName' in after)) return false;
  return after.tagName === 'script' || /MathJax(?!_P)/.test(classesOf(after));
}

/**
 * The marks of TeX around a formula, where only the element says that it is one: pandoc writes those for KaTeX
 * (https://pandoc.org/MANUAL.html#option--katex), Distill its own (https://distill.pub/guide/). Without them it is
 * words of the sentence.
 */
export function formulaMarks(element: ParsedElement): [before: string, behind: string] | undefined {
  const isPandoc = element.tagName === 'span' && hasClass(element, 'math') && hasClass(element, 'inline', 'display');
  const [text, ...more] = element.childNodes;
  if (!(isPandoc || element.tagName === 'd-math') || more.length > 0 || !text || !('value' in text)) return undefined;
  if (text.value.trim() === '' || /^\s*(?:\\[([]|\$|\\begin\b)/.test(text.value)) return undefined;
  const isBlock = hasClass(element, 'display') || attribute(element, 'block') !== undefined;
  return isBlock ? ['\\[', '\\]'] : ['\\(', '\\)'];
}
