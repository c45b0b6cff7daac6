import { decoded } from './escaped.ts';
import { areBalanced, tagsIn } from './tags.ts';

const ANY_TAG = /<\/?\w/g;
/** Tags that nobody shows to a reader of plain text in this form, or so often. */
const LINES = /<br ?\/>|<br>[\s\S]*<br>|^\s*<p(?:\s[^<>]*)?>/i;
const CLOSE_TAG = /<\/\w+>/;
const REFERENCE = /&(?:#x?)?\w+;/;
/** Nobody means these to be read as markup in text of no declared type. */
const UNTOLD = new Set(
  'applet base embed frame frameset head html link math meta noframes object param script slot style svg template title'.split(
    ' ',
  ),
);

/**
 * Whether text of no declared type is HTML, after Python's feedparser: it must hold an end tag, a line's end or a character
 * reference, and no tag or reference that HTML does not know. A false yes would eat text, so that doubt means no.
 */
export function looksLikeHtml(text: string): boolean {
  if (!/[<&]/.test(text) || !(CLOSE_TAG.test(text) || REFERENCE.test(text) || LINES.test(text))) return false;
  const tags = tagsIn(text);
  if (tags.length !== (text.match(ANY_TAG)?.length ?? 0) || tags.some(({ name }) => UNTOLD.has(name))) return false;
  return areBalanced(tags) && (text.match(/&\w+;/g) ?? []).every((reference) => decoded(reference) !== reference);
}
