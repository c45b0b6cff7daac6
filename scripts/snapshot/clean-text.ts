// Marks, switches and embeddings of direction: one left open turns round everything after it on the page.
const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

// C0 and C1 without white space; lone surrogates; what Unicode or XML gives no meaning to in running text.
const NOT_TEXT = /[[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\uFEFF\uFFF9-\uFFFC]--[\t\n\v\f\r\u0085]]/gv;

// Five marks on one letter is more than any script stacks. Joiners count too, or they would begin a new stack.
const STACKED_MARKS = /([\p{M}\u200B-\u200D\u2060]{5})[\p{M}\u200B-\u200D\u2060]+/gu;

const WHITE_SPACE = /[\s\u0085]+/gu;

// Most text, seen to be clean at a glance.
const PLAIN = /^[\t\n -~]*$/;

/** Text for a title, a name, a category: one line, safe in any place that escapes text. It does not read HTML. */
export function cleanText(text: string): string {
  return text
    .replace(BIDI_CONTROLS, '')
    .replace(NOT_TEXT, '')
    .replace(STACKED_MARKS, '$1')
    .replace(WHITE_SPACE, ' ')
    .trim();
}

/**
 * Running text, its lines kept. A parser reads a carriage return as a line feed and drops or replaces a NUL, so that
 * neither may be left to be read again.
 */
export function cleanLines(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\v\f\u0085]/g, ' ')
    .replace(NOT_TEXT, '');
}
