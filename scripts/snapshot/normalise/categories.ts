import { cleanText } from '../../../src/lib/clean-text.ts';
import { elements, hasMarkup, named, textOf, type XmlElement } from '../parse/xml.ts';
import { plainTitle } from './texts.ts';

const CATEGORY = new Set(['category']);

/** How each element names categories. */
const READERS: ReadonlyMap<string, (element: XmlElement) => string[]> = new Map([
  ['category', termAndLabel],
  ['dc:subject', termAndLabel],
  ['media:category', termAndLabel],
  ['itunes:category', nestedTerms],
  ['itunes:keywords', listed],
  ['media:keywords', listed],
  ['keywords', wrapped],
  ['tags', wrapped],
  ['categories', wrapped],
]);

/** What an entry is about, each once, in document order. */
export function categoriesOf(entry: XmlElement): string[] {
  const found = new Set<string>();
  for (const child of elements(entry)) {
    const within = child.name === 'media:group' ? elements(child) : [child];
    for (const element of within) {
      for (const words of READERS.get(element.name)?.(element) ?? []) found.add(plainTitle(words));
    }
  }
  found.delete('');
  return [...found];
}

function termAndLabel(element: XmlElement): string[] {
  const within = named(element, CATEGORY);
  if (within.length > 0) return within.flatMap(termAndLabel);
  const text = textOf(element);
  const term = element.attributes['term']?.trim() || text || element.attributes['text']?.trim() || '';
  const label = element.attributes['label']?.trim() ?? '';
  return sameWords(term, label) ? [term] : [term, label];
}

/** Whether a label is but its term written more nicely: `Blog posts` for `blog-posts`. */
function sameWords(term: string, label: string): boolean {
  const plain = (text: string): string =>
    cleanText(text)
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ');
  return label === '' || plain(term) === plain(label);
}

function nestedTerms(element: XmlElement): string[] {
  const own = element.attributes['text']?.trim() || textOf(element);
  return [own, ...elements(element).flatMap((child) => (child.name === element.name ? nestedTerms(child) : []))];
}

/** `<categories><category>…</category></categories>`, `<tags><tag>…</tag></tags>`; else words between commas. */
function wrapped(element: XmlElement): string[] {
  return hasMarkup(element) ? elements(element).flatMap(termAndLabel) : listed(element);
}

function listed(element: XmlElement): string[] {
  return textOf(element).split(',');
}
