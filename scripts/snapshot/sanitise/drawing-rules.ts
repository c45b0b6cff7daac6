import { DEEPEST_SVG, LONGEST_DRAWING, SVG_ATTRIBUTES } from '../../../src/core/svg-schema.ts';
import { attribute, classesOf, elementsAround, type ParsedElement, textWithin } from './parsed-html.ts';

/** The parts of a compound of a selector: `g`, `.b`, `#a`, or `*`. */
type Compound = readonly string[];

interface Rule {
  /** The element that is styled, then those around it. */
  selector: readonly [Compound, ...Compound[]];
  declarations: string;
}

/** In letters. D2 writes more, with fonts that no rule needs. All drawings of a feed together must not take minutes. */
const LONGEST_CSS = 300_000;
/** The most comparisons of a part of a selector with an element. Each rule is compared with all elements, and with those around some. */
const MOST_TESTS = 1_000_000;

/**
 * Writes the rules of a drawing's own `<style>` into its elements, before their own `style`: a picture of our schema has
 * no rules, and without them boxes are black and lines are missing. Returns whether any element changed.
 * https://github.com/mermaid-js/mermaid/issues/2688, https://github.com/emilbjorklund/svg-weirdness/issues/37
 */
export function applyStyleRules(svg: ParsedElement, elements: readonly ParsedElement[]): boolean {
  const isSheet = (each: ParsedElement) => each.tagName === 'style' && attribute(each, 'media') === undefined;
  const sheets = elements.filter(isSheet).map(({ childNodes }) => textWithin(childNodes));
  const all = [svg, ...elements];
  // Mermaid and D2 write the rules of all that they can draw.
  const drawn = new Set(all.flatMap((each) => [...partsOf(each)]));
  const rules = rulesIn(sheets.join('\n').slice(0, LONGEST_CSS)).filter(({ selector: [last] }) =>
    last.every((part) => drawn.has(part)),
  );
  const styles = new Map<ParsedElement, string>();
  let added = 0;
  let tests = 0;
  const isOf = (each: ParsedElement, compound: Compound): boolean => {
    tests += compound.length;
    return compound.every((part) => partsOf(each).has(part));
  };
  for (const element of all) {
    const found = rules.filter(({ selector }) => tests <= MOST_TESTS && isSelected(element, selector, isOf));
    if (tests > MOST_TESTS) return false;
    const style = found.map(({ declarations }) => `${declarations};`).join('');
    added += style.length;
    if (added > LONGEST_DRAWING) return false;
    if (style !== '') styles.set(element, style);
  }
  for (const [element, style] of styles) {
    const own = element.attrs.find(({ name }) => name === 'style');
    if (own) own.value = style + own.value;
    else element.attrs.push({ name: 'style', value: style });
  }
  return styles.size > 0;
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
  // The size of a drawing is read from its attributes, and CSS writes transformations in another form.
  const isKept = (property: string) =>
    SVG_ATTRIBUTES.has(property) && !/^(?:id|href|width|height|transform)$/.test(property) && !animated.has(property);
  const rules = blocks.flatMap(([selectors, written]) => {
    const kept = written.split(';').filter((each) => isKept(propertyIn(each)));
    const declarations = kept.map((each) => each.trim()).join(';');
    // Commas within brackets end no selector.
    const read = declarations === '' || selectors.includes('(') ? [] : selectors.split(',').map(selectorOf);
    return read.flatMap((selector) => (selector === null ? [] : { selector, declarations }));
  });
  // Of two with one weight, the later one counts more.
  return rules.sort((a, b) => weightOf(a) - weightOf(b));
}

function propertyIn(declaration: string): string {
  return declaration.split(':', 1)[0]?.trim() ?? '';
}

/** Null for what a picture does not know, such as `:hover`. */
function selectorOf(text: string): Rule['selector'] | null {
  // What all elements have is inherited, but for little. In Matplotlib's plots it would be half of the drawing.
  const written = text.trim().replace(/^\*$/, 'svg');
  if (!/^(?:(?:[a-z][a-z0-9]*|\*|[.#][\w-]+)(?:[.#][\w-]+)*(?:\s*>\s*|\s+|$))+$/i.test(written)) return null;
  const parts = written.split(/[\s>]+/).map((part) => part.split(/(?=[.#])/));
  const [last, ...around] = parts.reverse();
  return last ? [last, ...around] : null;
}

function weightOf({ selector }: Rule): number {
  const weightOfPart = (part: string) =>
    part.startsWith('#') ? 1e4 : part.startsWith('.') ? 1e2 : Number(part !== '*');
  return selector.flat().reduce((sum, part) => sum + weightOfPart(part), 0);
}

function isSelected(
  element: ParsedElement,
  [last, ...around]: Rule['selector'],
  isOf: (element: ParsedElement, compound: Compound) => boolean,
): boolean {
  if (!isOf(element, last)) return false;
  let left = 0;
  for (const box of elementsAround(element, DEEPEST_SVG)) {
    const next = around[left];
    if (next === undefined) break;
    if (isOf(box, next)) left += 1;
  }
  return left === around.length;
}

/** Of elements of drawings, and around them. Classes may be many: to split them for each rule took minutes. */
const partsByElement = new WeakMap<ParsedElement, ReadonlySet<string>>();

/** The parts of selectors that select an element. */
function partsOf(element: ParsedElement): ReadonlySet<string> {
  const id = () => `#${attribute(element, 'id') ?? ''}`;
  const classes = () => classesOf(element).split(/\s+/);
  const found =
    partsByElement.get(element) ?? new Set(['*', element.tagName, id(), ...classes().map((name) => `.${name}`)]);
  partsByElement.set(element, found);
  return found;
}
