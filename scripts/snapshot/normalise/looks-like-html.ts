import { plainText } from '../plain-text.ts';

/** Tags that a writer may have meant as markup; any other between `<` and `>` is something that they write about. */
const TAGS = new Set(
  (
    'a abbr acronym address area article aside audio b big blockquote br button canvas caption center cite code col colgroup ' +
    'command datagrid datalist dd del details dfn dialog dir div dl dt em event-source fieldset figcaption figure font footer ' +
    'form h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd keygen label legend li m map mark menu meter multicol nav nextid ' +
    'noscript ol optgroup option output p picture pre progress q s samp section select small sound source spacer span ' +
    'strike strong style sub summary sup table tbody td textarea tfoot th thead time tr tt u ul var video wbr'
  ).split(' '),
);
const CLOSE_TAG = /<\/\w+>/;
const REFERENCE = /&#?\w+;/;

/**
 * Whether text of no declared type is HTML, after Python's feedparser: it must hold an end tag or a character reference,
 * and no tag or reference that HTML does not know. A false yes would eat text, so that doubt means no.
 */
export function looksLikeHtml(text: string): boolean {
  if (!/[<&]/.test(text) || !(CLOSE_TAG.test(text) || REFERENCE.test(text))) return false;
  for (const [, tag = ''] of text.matchAll(/<\/?(\w+)/g)) if (!TAGS.has(tag.toLowerCase())) return false;
  for (const [reference] of text.matchAll(/&\w+;/g)) if (plainText(reference) === reference) return false;
  return true;
}
