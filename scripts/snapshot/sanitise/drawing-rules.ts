import { DEEPEST_SVG, LONGEST_DRAWING, SVG_ATTRIBUTES } from '../../../src/core/svg-schema.ts';
import { attribute, classesOf, elementsAround, hasClass, type ParsedElement, textWithin } from './parsed-html.ts';

/** A part of a selector: `path`, `#a`, `g.b.c`. An empty tag is any. */
interface Compound {
  tag: string;
  ids: readonly string[];
  classes: readonly string[];
}

interface Rule {
  /** The element that is styled, then those around it. */
  selector: readonly [Compound, ...Compound[]];
  /** A later rule of the same weight counts more. */
  weight: number;
  declarations: string;
}

/** Of D2 with its fonts, which no rule needs. All drawings of a feed together must take no minutes. */
const LONGEST_CSS = 300_000;
const MOST_TESTS = 20_000;

/**
 * Writes the rules of a drawing's own `<style>` into its elements, before their own `style`: a picture of our schema has
 * no rules, and without them boxes are black and lines are missing. Returns whether any element changed.
 * https://github.com/mermaid-js/mermaid/issues/2688, https://github.com/emilbjorklund/svg-weirdness/issues/37
 */
export function applyStyleRules(svg: ParsedElement, elements: readonly ParsedElement[]): boolean {
  const isSheet = (each: ParsedElement) => each.tagName === 'style' && attribute(each, 'media') === undefined;
  const sheets = elements.filter(isSheet).map(({ childNodes }) => textWithin(childNodes));
  const rules = Map.groupBy(rulesIn(sheets.join('\n').slice(0, LONGEST_CSS)), ({ selector }) => keyOf(selector[0]));
  if (rules.size === 0) return false;
  let tests = 0;
  let added = 0;
  const styles: [ParsedElement, string][] = [];
  for (const element of [svg, ...elements]) {
    const classes = new Set(classesOf(element).split(/\s+/));
    const keys = ['', element.tagName, ...[...classes].map((name) => `.${name}`), `#${attribute(element, 'id')}`];
    const near = keys.map((key) => rules.get(key) ?? []);
    tests += near.reduce((sum, { length }) => sum + length, 0);
    if (tests > MOST_TESTS) return false;
    const found = near.flat().filter(({ selector }) => isSelected(element, selector));
    added += found.reduce((sum, { declarations }) => sum + declarations.length, 0);
    if (added > LONGEST_DRAWING) return false;
    const inOrder = found.sort((a, b) => a.weight - b.weight);
    styles.push([element, inOrder.map(({ declarations }) => `${declarations};`).join('')]);
  }
  for (const [element, style] of styles) {
    const own = element.attrs.find(({ name }) => name === 'style');
    if (own) own.value = style + own.value;
    else if (style !== '') element.attrs.push({ name: 'style', value: style });
  }
  return added > 0;
}

/** The rules without `@` and those for light pages: those for dark pages, prints and animations do not count. */
function rulesIn(css: string): Rule[] {
  const blocks: [selectors: string, text: string][] = [];
  /** What an animation changes: its first value may be a hidden shape or a line of no length. */
  const animated = new Set<string>();
  // Each part ends where a comment ended.
  const parts = css.split('*/').map((part) => part.split('/*', 1)[0]);
  const opened: string[] = [];
  let text = '';
  for (const [token] of parts.join(' ').matchAll(/[{}]|[^{}]+/g)) {
    if (token === '{') opened.push(text.slice(text.lastIndexOf(';') + 1).trim());
    else if (token === '}') {
      const selectors = opened.pop() ?? '';
      if (opened[0] === undefined || /^@media ?\(prefers-color-scheme: ?light\)$/.test(opened[0]))
        blocks.push([selectors, text]);
      else if (/^@(?:-\w{1,9}-)?keyframes\s/.test(opened[0]))
        for (const each of text.split(';')) animated.add(propertyIn(each));
    }
    text = /[{}]/.test(token) ? '' : token;
  }
  const rules: Rule[] = [];
  for (const [selectors, written] of blocks) {
    const kept = written.split(';').filter((each) => isKept(propertyIn(each)) && !animated.has(propertyIn(each)));
    const declarations = kept.map((each) => each.trim()).join(';');
    // Commas within brackets end no selector.
    for (const selector of declarations === '' || selectors.includes('(') ? [] : selectors.split(',').map(selectorOf))
      if (selector) rules.push({ selector, weight: weightOf(selector) + rules.length, declarations });
  }
  return rules;
}

function propertyIn(declaration: string): string {
  return declaration.split(':', 1)[0]?.trim() ?? '';
}

/** A property that a drawing may have. Its size is read from its attributes, and a style has other transformations than they. */
function isKept(property: string): boolean {
  return SVG_ATTRIBUTES.has(property) && !/^(?:id|href|width|height|transform)$/.test(property);
}

/** Null for what a picture does not know, such as `:hover`. */
function selectorOf(text: string): Rule['selector'] | null {
  // What all elements have is inherited, but for little. In Matplotlib's plots it would be half of the drawing.
  const parts = text
    .trim()
    .replace(/^\*$/, 'svg')
    .split(/[\s>]+/)
    .reverse()
    .map((part) => {
      const [, tag, names = ''] = /^(\*|[a-z][a-z0-9]*)?((?:[.#][\w-]+)*)$/i.exec(part) ?? [];
      const named = (sign: string) => (names.match(/[.#][\w-]+/g) ?? []).filter((each) => each.startsWith(sign));
      const compound = { tag: tag === '*' ? '' : (tag ?? ''), ids: named('#'), classes: named('.') };
      return tag === undefined && names === '' ? null : compound;
    });
  const [last, ...around] = parts;
  return last && around.every((each) => each !== null) ? [last, ...around] : null;
}

function weightOf(selector: Rule['selector']): number {
  const weights = selector.map(({ tag, ids, classes }) => ids.length * 1e4 + classes.length * 1e2 + Number(tag !== ''));
  return weights.reduce((sum, weight) => sum + weight) * LONGEST_CSS;
}

/** What every element of a selector's last part has: rules are found by it. */
function keyOf({ tag, ids, classes }: Compound): string {
  return ids[0] ?? classes[0] ?? tag;
}

function isSelected(element: ParsedElement, [last, ...around]: Rule['selector']): boolean {
  if (!isOf(element, last)) return false;
  let left = 0;
  for (const box of elementsAround(element, DEEPEST_SVG)) {
    const next = around[left];
    if (next === undefined) break;
    if (isOf(box, next)) left += 1;
  }
  return left === around.length;
}

function isOf(element: ParsedElement, { tag, ids, classes }: Compound): boolean {
  if (tag !== '' && tag !== element.tagName) return false;
  return (
    ids.every((id) => `#${attribute(element, 'id')}` === id) &&
    classes.every((name) => hasClass(element, name.slice(1)))
  );
}
