import { mapByName } from '../../../src/core/text.ts';
import { codeTable, namesOfLine } from './code-lines.ts';
import { isUnmarked, markerOf, NAMES_IN_LAYOUT } from './layout-elements.ts';
import {
  attribute,
  childElements,
  classesOf,
  elementsAround,
  hasClass,
  isBlank,
  nearText,
  onlyText,
  type ParsedElement,
  type ParsedNode,
  styleOf,
} from './parsed-html.ts';
import { BOX, lazyPoster, lazySet, lazySource } from './picture-attributes.ts';
import { APART, ATTRIBUTES, BOOLEANS } from './schema.ts';
import {
  ENDS_LINE,
  indentOfLine,
  isForScreenReaders,
  isMonospace,
  isVerse,
  type Lines,
  namesByStyle,
} from './styled-text.ts';

// The HTML of other software, translated into current HTML before the schema removes it.

/** Obsolete elements, and elements that would be landmarks of our page, by their replacement. */
const RENAMED = mapByName({
  acronym: 'abbr',
  'center dialog fieldset form hgroup legend main marquee nav search': 'div',
  'dir menu': 'ul',
  'listing plaintext textarea xmp': 'pre',
  strike: 's',
  tt: 'code',
});

/**
 * The name under which an element is kept, and names to add within it. Code may be a table, or a `<div>` pasted from an
 * editor. `isLaidOut`: as `isLayoutTable` says of the table around it, or of itself.
 */
export function renamed(element: ParsedElement, around: Lines, isLaidOut: boolean): [string, ...string[]] {
  if (element.tagName === 'div' && styleOf(element).get('white-space') === 'pre' && isMonospace(element))
    return ['pre'];
  if (element.tagName === 'table' && codeTable(element)?.lines === 'rows') return ['pre'];
  // A diagram in words: https://mermaid.js.org/config/usage.html
  if (element.tagName === 'div' && hasClass(element, 'mermaid') && onlyText(element) !== '') return ['pre'];
  if (isVerse(element)) return ['p'];
  if (isUnmarked(element) || (element.tagName === 'li' && elementsAround(element, 1).some(isUnmarked))) return ['div'];
  const inLayout = isLaidOut ? NAMES_IN_LAYOUT.get(element.tagName) : undefined;
  if (inLayout !== undefined) return [inLayout];
  if (isSidenote(element)) return ['small'];
  // https://docs.asciidoctor.org/asciidoc/latest/text/text-span-built-in-roles/
  if (element.tagName === 'span' && hasClass(element, 'line-through')) return ['s'];
  // Docutils writes one around all notes at the foot, and one around each: two lines would stand beside it.
  if (isCallout(element)) return [elementsAround(element, 1).some(isCallout) ? 'div' : 'aside'];
  if (isTitle(element)) return [element.tagName, 'b'];
  if (element.tagName === 'd-code') return [attribute(element, 'block') === undefined ? 'code' : 'pre'];
  // In code styles are colours of its words.
  const [name = RENAMED.get(element.tagName) ?? element.tagName, ...inner] =
    around === 'pre' ? namesOfLine(element) : namesByStyle(element);
  return [name, ...inner];
}

const SIDENOTES = ['sidenote', 'marginnote', 'modern-footnotes-footnote__note', 'footnote_tooltip'];

/** A note that Tufte CSS (https://edwardtufte.github.io/tufte-css/), Distill or Modern Footnotes (WordPress) show beside the text. */
function isSidenote(element: ParsedElement): boolean {
  return element.tagName === 'd-footnote' || (element.tagName === 'span' && hasClass(element, ...SIDENOTES));
}

/** Classes of the boxes of notes and warnings of Docusaurus, MkDocs, Sphinx, VitePress, VuePress, GitHub, Quarto, Ghost, Asciidoctor, Bootstrap and Hexo. Hashnode has an attribute. */
const CALLOUT =
  /(?:^|\s)(?:(?:theme-)?admonition|custom-block|(?:custom|hint)-container|(?:markdown-)?alert|callout|kg-callout-card|sidebarblock|note (?:note-)?(?:default|primary|success|info|warning|danger))(?:\s|$)/;
const TITLE =
  /(?:^|\s)(?:admonition-?|custom-(?:block|container)-|hint-container-|markdown-alert-|callout-|starlight-aside__)(?:title|heading)/i;

/** Whether an element is the box of a note or a warning. Here a line shows where it begins and ends. */
function isCallout(element: ParsedElement): boolean {
  if (element.tagName !== 'div') return element.tagName === 'aside';
  return CALLOUT.test(classesOf(element)) || attribute(element, 'data-node-type') === 'callout';
}

/** Older versions of Docusaurus have a heading in it, Obsidian a box with the title. */
function isTitle(element: ParsedElement): boolean {
  if (!/^(?:div|p)$/.test(element.tagName) || !TITLE.test(classesOf(element))) return false;
  return !childElements(element).some(({ tagName }) => ENDS_LINE.has(tagName));
}

/** What is written before and behind an element, whose place or box shows on the blog that it stands apart. */
export function marksAround(element: ParsedElement, after: ParsedNode | undefined): [before: string, behind: string] {
  if (isSidenote(element)) return [' (', ') '];
  const marks = formulaMarks(element);
  if (marks !== undefined) return marks;
  if (hasClass(element, 'line')) return [indentOfLine(element), ''];
  // Labels of tabs, with or without the button of each: https://github.com/sunpy/ablog/issues/19
  if (element.tagName === 'label' && (after?.nodeName === 'label' || after?.nodeName === 'input')) return ['', ' '];
  if (after && isApart(element, after)) return ['', nearText(element).endsWith(' ') ? '' : ' '];
  // Author and publisher in a bookmark of Ghost.
  const isBox = element.tagName === 'span' && hasClass(element, 'kg-bookmark-author', 'kg-bookmark-publisher');
  return isBox || isForScreenReaders(element) || APART.has(element.tagName) ? [' ', ' '] : ['', ''];
}

/** Title and link of code, author and source of a quotation, in Hexo; who is quoted, at the beginning, in phpBB. */
function isApart(element: ParsedElement, after: ParsedNode): boolean {
  const [box, outer] = elementsAround(element, 2).map(({ tagName }) => tagName);
  if ('tagName' in after && /^(?:a|cite)$/.test(after.tagName))
    return (box === 'figcaption' || box === 'footer') && /^\s*[\p{L}\p{N}]/u.test(nearText(after));
  const isQuoted = box === 'blockquote' || (box === 'div' && outer === 'blockquote');
  const [first, second] = element.parentNode?.childNodes ?? [];
  const isFirst = element === first || (element === second && first !== undefined && isBlank(first));
  return element.tagName === 'cite' && isQuoted && isFirst && 'value' in after && /^[\p{L}\p{N}]/u.test(after.value);
}

/**
 * The marks of TeX around a formula, where only the element says that it is one: pandoc writes those for KaTeX
 * (https://pandoc.org/MANUAL.html#option--katex), Distill its own (https://distill.pub/guide/). Without them it is
 * words of the sentence.
 */
function formulaMarks(element: ParsedElement): [before: string, behind: string] | undefined {
  const isPandoc = element.tagName === 'span' && hasClass(element, 'math') && hasClass(element, 'inline', 'display');
  const text = isPandoc || element.tagName === 'd-math' ? onlyText(element) : '';
  if (text.trim() === '' || /^\s*(?:\\[([]|\$|\\begin\b)/.test(text)) return undefined;
  const isBlock = hasClass(element, 'display') || attribute(element, 'block') !== undefined;
  return isBlock ? ['\\[', '\\]'] : ['\\(', '\\)'];
}

const LANGUAGE_CLASSES: readonly RegExp[] = [
  /(?:^|\s)(?:language|lang)-([a-z0-9+#._-]{1,40})(?=\s|$)/i,
  /(?:^|\s)highlight-(?:source-|text-)?([a-z0-9+#._-]{1,40})(?=\s|$)/i,
  /(?:^|\s)brush:\s?([a-z0-9+#._-]{1,40})(?=[\s;]|$)/i,
  /(?:^|\s)sourceCode\s+([a-z0-9+#._-]{1,40})(?=\s|$)/,
];

function languageIn(element: ParsedElement): string | undefined {
  const classes = classesOf(element);
  return LANGUAGE_CLASSES.map((pattern) => pattern.exec(classes)?.[1]).find(Boolean);
}

/** Sphinx and GitHub write the language in the class of a `<div>` around `<pre>`, one or two elements up. */
export function languageAround(element: ParsedElement, levels: number): string | undefined {
  const boxes = elementsAround(element, levels).filter(({ tagName }) => tagName === 'div');
  return boxes.map(languageIn).find(Boolean);
}

function codeClass(element: ParsedElement): string | undefined {
  const language = languageIn(element) ?? (element.tagName === 'pre' ? languageAround(element, 2) : undefined);
  return language && `language-${language}`;
}

/** From the style, the attribute, or a class of Org, Asciidoctor or Bootstrap. */
function alignment(element: ParsedElement): string | undefined {
  const byClass = /(?:^|\s)(?:org|halign|text)-(left|right|center)(?=\s|$)/.exec(classesOf(element))?.[1];
  const byStyle = /^(?:left|right|center|justify)/.exec(styleOf(element).get('text-align') ?? '')?.[0];
  return byStyle ?? attribute(element, 'align') ?? byClass;
}

/** The numbering of a list, by which texts refer to its items: from its style, or from a class of docutils. */
function numbering(list: ParsedElement): string | undefined {
  const written = markerOf(list) ?? classesOf(list);
  const [, rank, kind] = /(?:^|\s)(lower|upper)-?(alpha|latin|roman)(?=\s|$)/.exec(written.toLowerCase()) ?? [];
  if (rank === undefined) return attribute(list, 'type');
  const first = kind === 'roman' ? 'i' : 'a';
  return rank === 'upper' ? first.toUpperCase() : first;
}

type Reading = (element: ParsedElement) => string | undefined;

/** By element and attribute, readers for values that feeds write in more than one way. */
const READINGS = mapByName<Readonly<Record<string, Reading>>>({
  a: { id: (element) => attribute(element, 'id') ?? attribute(element, 'name') },
  'code pre': { class: codeClass },
  'col td th tr': { align: alignment },
  'img source': { src: lazySource, srcset: lazySet, ...BOX },
  'iframe video': { src: lazySource, ...BOX },
  audio: { src: lazySource },
  ol: { type: numbering },
});

/** The attributes with which an element is kept under a name. */
export function readAttributes(element: ParsedElement, name: string): Record<string, string | true> {
  const [readings, allowed] = [READINGS.get(name) ?? {}, ATTRIBUTES.get(name) ?? new Set()];
  const found: Record<string, string | true> = {};
  for (const [key, read] of Object.entries(readings)) {
    const value = read(element);
    if (value !== undefined) found[key] = value;
  }
  for (const { name: key, prefix, value } of element.attrs) {
    if (prefix || Object.hasOwn(readings, key)) continue;
    if (allowed.has(key)) found[key] = BOOLEANS.has(key) || (key === 'poster' ? lazyPoster(element) : value);
    else if (key === 'xml:lang') found['lang'] ??= value;
  }
  // Word and editors of Blogger write the direction of a paragraph as a style. It says nothing of words in a line.
  const direction = ENDS_LINE.has(element.tagName) ? styleOf(element).get('direction') : undefined;
  if (direction !== undefined && allowed.has('dir')) found['dir'] ??= direction;
  return found;
}
