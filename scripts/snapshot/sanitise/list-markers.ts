import { childElements, elementsAround, type ParsedElement, styleOf } from './parsed-html.ts';

const known = new WeakMap<ParsedElement, boolean>();

/**
 * Whether a list shows no bullets or numbers, by its own style or by that of all its points: LaTeXML writes its own into
 * them. A point alone may only hold another list, as in TinyMCE.
 */
export function isUnmarked(list: ParsedElement): boolean {
  if (!isList(list)) return false;
  const found = known.get(list) ?? (hasNoMarkers(list) && !isLevel(list));
  known.set(list, found);
  return found;
}

function hasNoMarkers(list: ParsedElement): boolean {
  const points = childElements(list);
  if (hasNoMarker(list)) return points.every((point) => hasNoMarker(point) || markerOf(point) === undefined);
  return points.length > 0 && points.every(hasNoMarker);
}

/** Whether a list is within another without markers: here only its bullets show that it is one level deeper. */
function isLevel(list: ParsedElement): boolean {
  return list.tagName === 'ul' && elementsAround(list, 2).some((each) => isList(each) && hasNoMarker(each));
}

function isList({ tagName }: ParsedElement): boolean {
  return tagName === 'ol' || tagName === 'ul';
}

function hasNoMarker(element: ParsedElement): boolean {
  return /^none/.test(markerOf(element) ?? '');
}

export function markerOf(element: ParsedElement): string | undefined {
  return styleOf(element).get('list-style-type') ?? styleOf(element).get('list-style');
}
