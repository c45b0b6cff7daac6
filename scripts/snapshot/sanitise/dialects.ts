import { isOfPicture, lazySet, lazySource } from './lazy.ts';
import { attribute, type ParsedElement } from './parsed-html.ts';
import { BOOLEANS } from './schema.ts';

/** What other people's software writes where HTML has, or once had, another way to say it. Read before the schema forgets it. */

/** Elements out of use, or that would be landmarks of a page of their own, by the one that says the same. */
export const RENAMED: ReadonlyMap<string, string> = new Map([
  ['acronym', 'abbr'],
  ['center', 'div'],
  ['dialog', 'div'],
  ['dir', 'ul'],
  ['fieldset', 'div'],
  ['form', 'div'],
  ['hgroup', 'div'],
  ['legend', 'div'],
  ['listing', 'pre'],
  ['main', 'div'],
  ['marquee', 'div'],
  ['menu', 'ul'],
  ['nav', 'div'],
  ['plaintext', 'pre'],
  ['search', 'div'],
  ['strike', 's'],
  ['textarea', 'pre'],
  ['tt', 'code'],
  ['xmp', 'pre'],
]);

/** Shown by its own page's style sheet only where something else is hidden: here both would show. */
const DOUBLES = /(?:^|\s)(?:katex-html|MathJax_Preview|MJX_Assistive_MathML|headerlink)(?:\s|$)/;

export function isDouble(element: ParsedElement): boolean {
  const classes = attribute(element, 'class');
  return classes !== undefined && DOUBLES.test(classes);
}

/** The box of a task list, as a character: `null` where the element is no such box. */
export function taskBox(element: ParsedElement): string | null {
  if (element.tagName !== 'input' || attribute(element, 'type')?.toLowerCase() !== 'checkbox') return null;
  return attribute(element, 'checked') === undefined ? '☐ ' : '☑ ';
}

const LANGUAGE_CLASSES: readonly RegExp[] = [
  /(?:^|\s)(?:language|lang)-([a-z0-9+#._-]{1,40})(?=\s|$)/i,
  /(?:^|\s)highlight-(?:source-|text-)?([a-z0-9+#._-]{1,40})(?=\s|$)/i,
  /(?:^|\s)brush:\s?([a-z0-9+#._-]{1,40})(?=[\s;]|$)/i,
  /(?:^|\s)sourceCode\s+([a-z0-9+#._-]{1,40})(?=\s|$)/,
];

function languageIn(classes: string): string | undefined {
  // Past any that a highlighter writes there is nothing to find.
  const head = classes.slice(0, 500);
  for (const pattern of LANGUAGE_CLASSES) {
    const found = pattern.exec(head)?.[1];
    if (found) return found;
  }
  return undefined;
}

/** Sphinx and GitHub name the language on the box around `<pre>`, one or two elements up. */
function languageAround(pre: ParsedElement): string | undefined {
  let box = pre.parentNode;
  for (let up = 0; up < 2 && box && 'tagName' in box && box.tagName === 'div'; up += 1) {
    const found = languageIn(attribute(box, 'class') ?? '');
    if (found) return found;
    box = box.parentNode;
  }
  return undefined;
}

function codeClass(element: ParsedElement): string | undefined {
  const own = languageIn(attribute(element, 'class') ?? '');
  const language = own ?? (element.tagName === 'pre' ? languageAround(element) : undefined);
  return language && `language-${language}`;
}

function styled(element: ParsedElement, pattern: RegExp): string | undefined {
  return pattern.exec(attribute(element, 'style')?.slice(0, 1_000) ?? '')?.[1];
}

function pixels(name: 'width' | 'height') {
  const style = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*(\\d{1,5})(?:\\.\\d+)?px`, 'i');
  return (element: ParsedElement): string | undefined =>
    /^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/i.exec(attribute(element, name)?.slice(0, 40) ?? '')?.[1] ??
    styled(element, style);
}

function alignment(element: ParsedElement): string | undefined {
  return styled(element, /(?:^|;)\s*text-align\s*:\s*(left|right|center|justify)/i) ?? attribute(element, 'align');
}

type Reading = (element: ParsedElement) => string | undefined;

const code: Record<string, Reading> = { class: codeClass };
const cell: Record<string, Reading> = { align: alignment };
const box: Record<string, Reading> = { width: pixels('width'), height: pixels('height') };
const image: Record<string, Reading> = { src: lazySource, srcset: lazySet, ...box };

/** By element and attribute, how to read a value that may be written in more than one way. */
const READINGS: ReadonlyMap<string, Readonly<Record<string, Reading>>> = new Map([
  ['a', { id: (element) => attribute(element, 'id') ?? attribute(element, 'name') }],
  ['code', code],
  ['pre', code],
  ['col', cell],
  ['td', cell],
  ['th', cell],
  ['tr', cell],
  ['img', image],
  ['source', { ...image, src: (element) => (isOfPicture(element) ? undefined : lazySource(element)) }],
  ['iframe', { src: lazySource, ...box }],
  ['video', { src: lazySource, ...box }],
  ['audio', { src: lazySource }],
]);

/** An element's attributes as the schema knows them, of those that it allows. */
export function attributesOf(
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
    if (allowed.has(key)) found[key] = BOOLEANS.has(key) ? true : value;
    else if (key === 'xml:lang') found['lang'] ??= value;
  }
  return found;
}
