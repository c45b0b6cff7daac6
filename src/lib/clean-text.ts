/**
 * Overrides, embeddings and isolates of direction: one left open turns round what follows it. HTML has `dir` and `<bdi>` for
 * them (https://www.w3.org/International/questions/qa-bidi-unicode-controls). The marks U+200E, U+200F and U+061C turn nothing
 * round, and Persian, Arabic and Hebrew need them.
 */
const TURNS = String.raw`\u202A-\u202E\u2066-\u206F`;

/** C0 and C1 without white space; lone surrogates; what Unicode or XML gives no meaning to in running text. */
const NOT_TEXT = String.raw`[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\uFEFF\uFFF9-\uFFFC]--[\t\n\v\f\r\u0085]`;

/** Letters that nobody sees: what they say would be read by machines alone. */
const UNSEEN = String.raw`\u{E0000}-\u{E00FF}\u{E01F0}-\u{E0FFF}`;

const UNWANTED = `[[${NOT_TEXT}][${TURNS}][${UNSEEN}]]`;

/** Goes without a trace. After a black flag, tags say which flag it is: of Scotland, of Wales. */
const GOES = new RegExp(String.raw`(\u{1F3F4}[\u{E0020}-\u{E007F}]{1,16})|${UNWANTED}+`, 'gv');

/** More on one letter than any script stacks hides the lines around it. What is not seen counts too, or it would begin a new stack. */
const MARK = String.raw`[\p{M}\u061C\u200B-\u200F\u2060-\u2064]`;
const STACKED_MARKS = new RegExp(`(${MARK}{8})${MARK}+`, 'gv');

/** Most text holds none of it, and one look is enough. */
const UNCLEAN = new RegExp(`${UNWANTED}|${MARK}{9}`, 'v');

const WHITE_SPACE = /[\s\u0085]+/gu;

/** Text of few letters is seen to be clean at a glance. */
const PLAIN = /^(?! )[ -~]*$/;
const PLAIN_LINES = /^[\t\n -~\u00A0-\u02FF]*$/;

/** Text for a title, a name, a category: one line, safe in any place that escapes text. It does not read HTML. */
export function cleanText(text: string): string {
  if (PLAIN.test(text) && !text.includes('  ')) return text.trimEnd();
  return seen(text).replace(WHITE_SPACE, ' ').trim();
}

/**
 * Running text, its lines kept. A parser reads a carriage return as a line feed and drops or replaces a NUL, so that
 * neither may be left to be read again.
 */
export function cleanLines(text: string): string {
  if (PLAIN_LINES.test(text)) return text;
  return seen(text.replace(/\r\n?/g, '\n').replace(/[\v\f\u0085]/g, ' '));
}

/** As many letters of a text as there is room for; an ellipsis tells that there were more. */
export function cutTo(letters: number, text: string): string {
  if (text.length <= letters) return text;
  const all = [...text];
  return all.length <= letters ? text : `${all.slice(0, letters - 1).join('')}…`;
}

function seen(text: string): string {
  if (!UNCLEAN.test(text)) return text;
  return text.replace(GOES, '$1').replace(STACKED_MARKS, '$1');
}
