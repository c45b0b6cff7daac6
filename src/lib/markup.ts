/** Plain text as HTML, for outputs whose text is read as HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/**
 * Without what XML 1.0 cannot hold, not even escaped: control characters, halves of surrogate pairs, noncharacters. And
 * without what turns round the direction of what follows, which no reader undoes at the end of an item (clean-text.ts).
 */
export function xmlText(text: string): string {
  return PLAIN.test(text) ? text : text.toWellFormed().replace(NOT_XML, '');
}

const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u202A-\u202E\u2066-\u206F\uFDD0-\uFDEF\uFFFE\uFFFF]/g;

// Most text, seen to be well-formed at a glance.
const PLAIN = /^[\t\n\r -~\u00A0-\u2029\u202F-\u2065\u2070-\uCFFF]*$/;
