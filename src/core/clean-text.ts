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

/** Plain text as HTML, for outputs whose text is read as HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/**
 * Without what XML 1.0 cannot hold, not even escaped: control characters, halves of surrogate pairs, noncharacters. And
 * without what turns round the direction of what follows, which no reader undoes at the end of an item (clean-text.ts).
 */
export function xmlText(text: string): string {
  return PLAIN_XML.test(text) ? text : text.toWellFormed().replace(NOT_XML, '');
}

const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u202A-\u202E\u2066-\u206F\uFDD0-\uFDEF\uFFFE\uFFFF]/g;

// Most text, seen to be well-formed at a glance.
const PLAIN_XML = /^[\t\n\r -~\u00A0-\u2029\u202F-\u2065\u2070-\uCFFF]*$/;

/** What a terminal obeys, whole; a lone control character goes with all others. */
const ESCAPES =
  /\u001B(?:\[[0-?]*[ -/]*[@-~]|[\]P^_X][^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)?|[ -/]*[0-~])|\u009B[0-?]*[ -/]*[@-~]/g;

/**
 * Text that no machine takes for a command when it is printed: not the terminal, and not the runner of a workflow, which
 * obeys `::name::` where a line begins with it and `##[name]` and `##vso[name]` anywhere.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function printable(text: string): string {
  return cleanLines(text.replace(ESCAPES, ''))
    .replace(/^([^\S\n]*):(?=:)/gm, '$1: ')
    .replace(/#(?=#[\w.-]*\[)/g, '# ');
}

/** What queries call that which opens a feed to one reader alone: GitLab's `feed_token`, Redmine's `key`, Amazon's `X-Amz-Signature`. */
const SECRET = /(?:token|key|secret|passw(?:or)?d|auth|signature|credential)s?$|^(?:sig|pass|pwd?)$/i;

/** A feed's address as it may be published. The path of a file in the operator's folder stays as it is. */
export function withoutSecrets(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  const secrets = [...url.searchParams.keys()].filter((name) => SECRET.test(name));
  if (secrets.length === 0 && url.username === '' && url.password === '') return address;
  url.username = '';
  url.password = '';
  for (const name of secrets) url.searchParams.delete(name);
  return url.href;
}
