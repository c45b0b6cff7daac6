import { firstText, type XmlElement } from '../parse/xml.ts';

const LANGUAGE = new Set(['language', 'dc:language']);

/** An element's language by its own word or by `xml:lang`, where it is written as a language is. */
export function languageOf(element: XmlElement): string | null {
  return languageTag(firstText(element, LANGUAGE) ?? element.scope.language);
}

export function languageTag(written: string | null): string | null {
  const tag = written?.trim().replaceAll('_', '-') ?? '';
  return /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(tag) ? tag : null;
}
