import { attribute, classesOf, type ParsedElement, type ParsedNode } from './parsed-html.ts';

// Elements whose meaning is a few characters: a page makes boxes, pictures and formulas of them.

/**
 * The characters that an element stands for; null where it stands for none.
 * @param before the node before it
 */
export function charactersOf(element: ParsedElement, before: ParsedNode | undefined): string | null {
  if (element.tagName === 'input') return taskBox(element);
  if (element.tagName === 'img') return emoji(element);
  return element.tagName === 'script' && !isRendered(before) ? formula(element) : null;
}

/** The checkbox of a task list. */
function taskBox(input: ParsedElement): string | null {
  if (attribute(input, 'type')?.toLowerCase() !== 'checkbox') return null;
  return attribute(input, 'checked') === undefined ? '☐ ' : '☑ ';
}

const EMOJI = /^(?=.*[^\0-\x7f])[\p{Extended_Pictographic}\p{Emoji_Component}]{1,20}$/u;

/**
 * The emoji that a picture draws. WordPress writes one into every feed, and only its style makes it as small as a letter:
 * https://developer.wordpress.org/reference/functions/wp_staticize_emoji/
 */
function emoji(img: ParsedElement): string | null {
  const alt = attribute(img, 'alt')?.trim() ?? '';
  const classes = classesOf(img);
  if (/(?:^|\s)wp-smiley(?:\s|$)/.test(classes) && /^\S{1,12}$/.test(alt)) return alt;
  const isDrawn = /emoji|smiley/i.test(classes) || /\/emoji/i.test(attribute(img, 'src')?.slice(0, 500) ?? '');
  return isDrawn && EMOJI.test(alt) ? alt : null;
}

/** The comments of TeX with which kramdown hides a formula from readers of XML. */
const HIDING = /^\s*%\s*(?:<!\[CDATA\[\s*)?\n|\s*%(?:\]\]>)?\s*$/g;

/**
 * A formula that MathJax 2 reads from a script, as most posts write formulas now: `\(…\)` or `\[…\]`.
 * https://docs.mathjax.org/en/v2.7-latest/advanced/model.html
 */
function formula(script: ParsedElement): string | null {
  const type = attribute(script, 'type')?.trim() ?? '';
  const [text] = script.childNodes;
  if (!/^math\/tex\b/i.test(type) || !text || !('value' in text)) return null;
  const tex = text.value.replace(HIDING, '').trim();
  return /mode\s*=\s*display/i.test(type) ? `\\[${tex}\\]` : `\\(${tex}\\)`;
}

/** Whether the node before a script is its formula as MathJax renders it. */
function isRendered(before: ParsedNode | undefined): boolean {
  return before !== undefined && 'tagName' in before && /(?:^|\s)MathJax(?!_Preview)/.test(classesOf(before));
}
