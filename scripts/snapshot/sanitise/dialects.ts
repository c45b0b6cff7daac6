import { codeTable } from './code-lines.ts';
import { formulaMarks, isSecondFormula } from './formulas.ts';
import { lazyPoster, lazySet, lazySource } from './lazy.ts';
import { nameInLayout } from './newsletters.ts';
import {
  attribute,
  classesOf,
  elementsAround,
  hasClass,
  type ParsedElement,
  type ParsedNode,
  styleOf,
} from './parsed-html.ts';
import { BOX } from './pixels.ts';
import { APART, BOOLEANS, rowsByName } from './schema.ts';
import { isMonospace, namesByStyle } from './styled-words.ts';

// The HTML of other software, translated into current HTML before the schema removes it.

/** Obsolete elements, and elements that would be landmarks of our page, by their replacement. */
const RENAMED: ReadonlyMap<string, string> = new Map(
  rowsByName({
    acronym: 'abbr',
    'center dialog fieldset form hgroup legend main marquee nav search': 'div',
    'dir menu': 'ul',
    'listing plaintext textarea xmp': 'pre',
    strike: 's',
    tt: 'code',
  }),
);

/**
 * The name under which an element is kept, and names to add within it. Code may be a table, or a `<div>` pasted from an
 * editor. `isLaidOut`: as `isLayoutTable` says of the table around it, or of itself.
 */
export function renamed(element: ParsedElement, around: Lines, isLaidOut: boolean): [string, ...string[]] {
  if (element.tagName === 'div' && styleOf(element).get('white-space') === 'pre' && isMonospace(element))
    return ['pre'];
  if (element.tagName === 'table' && codeTable(element)?.lines === 'rows') return ['pre'];
  const inLayout = isLaidOut ? nameInLayout(element) : undefined;
  if (inLayout !== undefined) return [inLayout];
  if (isSidenote(element)) return ['small'];
  if (element.tagName === 'd-code') return [attribute(element, 'block') === undefined ? 'code' : 'pre'];
  // In code styles are colours of its words.
  const [name = RENAMED.get(element.tagName) ?? element.tagName, ...inner] =
    around === 'pre' ? [] : namesByStyle(element);
  return [name, ...inner];
}

/** A note that Tufte CSS (https://edwardtufte.github.io/tufte-css/) or Distill (https://distill.pub/guide/) shows beside the text. */
function isSidenote(element: ParsedElement): boolean {
  const { tagName } = element;
  return tagName === 'd-footnote' || (tagName === 'span' && hasClass(element, 'sidenote', 'marginnote'));
}

/** What is written before and behind an element, whose place or box shows on the blog that it stands apart. */
export function marksAround(element: ParsedElement, after: ParsedNode | undefined): [before: string, behind: string] {
  if (isSidenote(element)) return [' (', ') '];
  const marks = formulaMarks(element);
  if (marks !== undefined) return marks;
  // Labels of tabs, with or without the button of each: https://github.com/sunpy/ablog/issues/19
  if (element.tagName === 'label' && (after?.nodeName === 'label' || after?.nodeName === 'input')) return ['', ' '];
  // Author and publisher in a bookmark of Ghost.
  const isBox = element.tagName === 'span' && hasClass(element, 'kg-bookmark-author', 'kg-bookmark-publisher');
  return isBox || APART.has(element.tagName) ? [' ', ' '] : ['', ''];
}

/** How the line ends of text are shown: as spaces, as lines by a style that we do not keep, or as lines of `<pre>`. */
export type Lines = 'spaces' | 'styled' | 'pre';

/** `name` is the one under which the element is kept. */
export function linesIn(element: ParsedElement, name: string, around: Lines): Lines {
  if (around === 'pre' || name === 'pre') return 'pre';
  const value = element.tagName === 'table' ? 'normal' : styleOf(element).get('white-space');
  if (value === undefined) return around;
  return /^(?:pre|pre-wrap|pre-line|break-spaces)(?![\w-])/.test(value) ? 'styled' : 'spaces';
}

/** Classes that their page's style hides, or shows instead of others, and controls of scripts: here they would show. */
const DOUBLES = (
  'MJX_Assistive_MathML headerlink highlight__panel margin-toggle kg-bookmark-icon kg-audio-player kg-audio-hide ' +
  'kg-video-overlay kg-video-player-container twoslash-popup-container cnblogs_code_toolbar cnblogs_code_collapse ' +
  'code_img_closed code_img_opened'
).split(' ');

const DRUPAL_FIELDS = ['field--name-title', 'field--name-uid', 'field--name-created'];

/** `after` is the node after the element. */
export function isDouble(element: ParsedElement, after: ParsedNode | undefined): boolean {
  const { tagName } = element;
  // WordPress writes a link to the post before the frame: https://developer.wordpress.org/reference/functions/get_post_embed_html/
  if (tagName === 'iframe' && hasClass(element, 'wp-embedded-content')) return true;
  // VitePress writes the language over the code: https://github.com/westonruter/syntax-highlighting-code-block/pull/716
  if (tagName === 'span' && after?.nodeName === 'pre' && hasClass(element, 'lang') && languageAround(element, 1))
    return true;
  // A hint for the writer before each poem of Substack.
  if (tagName === 'label' && hasClass(element, 'hide-text')) return true;
  // Drupal prints title, account and date around the text in its feeds: https://github.com/uiowa/uiowa/issues/6985
  if (tagName === 'span' && hasClass(element, ...DRUPAL_FIELDS)) return [...elementsAround(element, 1)].length === 0;
  return hasClass(element, ...DOUBLES) || isSecondFormula(element, after);
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
function languageAround(element: ParsedElement, levels: number): string | undefined {
  const boxes = elementsAround(element, levels).filter(({ tagName }) => tagName === 'div');
  return boxes.map(languageIn).find(Boolean);
}

function codeClass(element: ParsedElement): string | undefined {
  const language = languageIn(element) ?? (element.tagName === 'pre' ? languageAround(element, 2) : undefined);
  return language && `language-${language}`;
}

function alignment(element: ParsedElement): string | undefined {
  return (
    /^(?:left|right|center|justify)/.exec(styleOf(element).get('text-align') ?? '')?.[0] ?? attribute(element, 'align')
  );
}

/** The numbering of a list, by which texts refer to its items: from its style, or from a class of docutils. */
function numbering(list: ParsedElement): string | undefined {
  const written = styleOf(list).get('list-style-type') ?? styleOf(list).get('list-style') ?? classesOf(list);
  const [, rank, kind] = /(?:^|\s)(lower|upper)-?(alpha|latin|roman)(?=\s|$)/.exec(written.toLowerCase()) ?? [];
  if (rank === undefined) return attribute(list, 'type');
  const first = kind === 'roman' ? 'i' : 'a';
  return rank === 'upper' ? first.toUpperCase() : first;
}

type Reading = (element: ParsedElement) => string | undefined;

/** By element and attribute, readers for values that feeds write in more than one way. */
const READINGS: ReadonlyMap<string, Readonly<Record<string, Reading>>> = new Map(
  rowsByName<Readonly<Record<string, Reading>>>({
    a: { id: (element) => attribute(element, 'id') ?? attribute(element, 'name') },
    'code pre': { class: codeClass },
    'col td th tr': { align: alignment },
    'img source': { src: lazySource, srcset: lazySet, ...BOX },
    'iframe video': { src: lazySource, ...BOX },
    audio: { src: lazySource },
    ol: { type: numbering },
  }),
);

export function readAttributes(
  element: ParsedElement,
  name: string,
  allowed: ReadonlySet<string>,
): Record<string, string | true> {
  const readings = READINGS.get(name) ?? {};
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
  return found;
}
