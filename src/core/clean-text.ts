/**
 * Overrides, embeddings and isolates of direction: without an end, they reverse the text that follows; HTML has `dir`
 * and `<bdi>` (https://www.w3.org/International/questions/qa-bidi-unicode-controls). The marks U+200E, U+200F and
 * U+061C reverse nothing, and Persian, Arabic and Hebrew need them.
 */
const DIRECTION = String.raw`\u202A-\u202E\u2066-\u206F`;

/** Control characters except white space, lone surrogates, noncharacters, byte-order marks and interlinear annotations. */
const NOT_TEXT = String.raw`[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\uFEFF\uFFF9-\uFFFC]--[\t\n\v\f\r\u0085]`;

/** Invisible characters: only programs would read a text in them. */
const INVISIBLE = String.raw`\u{E0000}-\u{E00FF}\u{E01F0}-\u{E0FFF}`;
const UNWANTED = `[[${NOT_TEXT}][${DIRECTION}][${INVISIBLE}]]`;

/** The joiner that our output feeds put behind a sign (`inertText`): a planet that follows them would read other names and titles. */
const INERT = String.raw`(?<=[<&])[${UNWANTED}\u2060]+`;

/** Characters to remove. After a black flag, tags are kept: they make the flags of Scotland and Wales. */
const REMOVED = new RegExp(String.raw`(\u{1F3F4}[\u{E0020}-\u{E007F}]{1,16})|${INERT}|${UNWANTED}+`, 'gv');

/** More than eight marks on one letter cover the lines around it. Invisible marks count, or they would begin a new stack. */
const MARK = String.raw`[\p{M}\u061C\u200B-\u200F\u2060-\u2064]`;
const STACKED_MARKS = new RegExp(`(${MARK}{8})${MARK}+`, 'gv');

/** Finds any of these: most texts have none. */
const UNCLEAN = new RegExp(`${INERT}|${UNWANTED}|${MARK}{9}`, 'v');
const WHITE_SPACE = /[\s\u0085]+/gu;

/** Texts that are clean for certain: the fast path. */
const PLAIN = /^(?! )[ -~]*$/;
const PLAIN_LINES = /^[\t\n -~\u00A0-\u02FF]*$/;

/** Texts that show nothing: zero-width spaces, soft hyphens, fillers, the empty pattern of Braille. */
const BLANK = /^[\p{Default_Ignorable_Code_Point}\s\u2800]*$/u;

/** A plain text as one clean line, for titles, names and categories; empty if it shows nothing. It does not parse or escape HTML. */
export function cleanText(text: string): string {
  if (PLAIN.test(text) && !text.includes('  ')) return text.trimEnd();
  const line = withoutUnwanted(text).replace(WHITE_SPACE, ' ').trim();
  return BLANK.test(line) ? '' : line;
}

/** Letters next to which a joiner changes the word, as in Persian and Sinhala. */
const JOINING = String.raw`[[\p{L}\p{M}]--[\p{scx=Latn}\p{scx=Cyrl}\p{scx=Grek}\p{sc=Zinh}]]`;

const UNSEEN = new RegExp(
  String.raw`[\p{Default_Ignorable_Code_Point}--[\u200C\u200D]]|(?<!${JOINING})[\u200C\u200D]`,
  'gv',
);

/** A text for comparing: in Unicode's compatibility form, without soft hyphens and other characters that nobody sees. */
export function visibleForm(text: string): string {
  return text.normalize('NFKC').replace(UNSEEN, '');
}

/** Letters that have two codes, or another capital in Turkish, and those of other keyboards for them. */
const TWINS: Readonly<Record<string, string>> = {
  ...{ ș: 'ş', Ș: 'Ş', ț: 'ţ', Ț: 'Ţ' },
  ...{ İ: 'I', ı: 'i' },
  ...{ ی: 'ي', ى: 'ي', ک: 'ك' },
};
/** `İ` in lower case has a second dot. */
const TWIN = new RegExp(`[${Object.keys(TWINS).join('')}]|(?<=i)\u0307`, 'g');

/** The same, with the letters, quotation marks, apostrophes and hyphens of keyboards: much software writes others for them. */
export function typedForm(text: string): string {
  return visibleForm(text)
    .replace(TWIN, (letter) => TWINS[letter] ?? '')
    .replace(/[‘’‛ʻʼ`\u2032\u055A\u05F3]/g, "'")
    .replace(/[“”„‟«»\u05F4]|''/g, '"')
    .replace(/[‐-―−\u05BE]/g, '-');
}

/** A text for comparing: in one line and in lower case. */
export function loweredLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().toLowerCase();
}

/** A clean text with its lines. Carriage returns and NUL go as in an HTML parser: parsing again changes nothing. */
export function cleanLines(text: string): string {
  if (PLAIN_LINES.test(text)) return text;
  return withoutUnwanted(text.replace(/\r\n?/g, '\n').replace(/[\v\f\u0085]/g, ' '));
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A text of at most this many characters. A longer one is cut, not within a flag, a family or a letter with its marks, and ends with an ellipsis. */
export function cutTo(characters: number, text: string): string {
  if (text.length <= characters) return text;
  const all = [...text];
  if (all.length <= characters) return text;
  const { length } = all.slice(0, characters - 1).join('');
  // A stack of marks or emojis may be longer than all that is kept.
  return `${text.slice(0, GRAPHEMES.segment(text).containing(length)?.index || length)}…`;
}

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });
const WORDS = new Intl.Segmenter('en', { granularity: 'word' });

/** The whole sentences at the beginning of a text that fit; empty if not even the first does. */
export function sentencesOf(text: string, length: number): string {
  return text.slice(0, lastEnd(SENTENCES, text, length));
}

/** A longer text gets an ellipsis after a word, or after any character if less than half would be left. */
export function beginningOf(text: string, length: number): string {
  if (text.length <= length) return text;
  const words = lastEnd(WORDS, text, length);
  const beginning = text.slice(0, words < length / 2 ? lastEnd(GRAPHEMES, text, length) : words);
  return `${beginning.replace(/[\s\p{P}]+$/u, '') || beginning}…`;
}

function lastEnd(pieces: Intl.Segmenter, text: string, length: number): number {
  const segments = pieces.segment(text);
  const endOf = (piece: Intl.SegmentData | undefined) => (piece ? piece.index + piece.segment.trimEnd().length : 0);
  // To read all pieces before it took four times as long.
  const last = segments.containing(Math.min(length, text.length - 1));
  const end = endOf(last);
  return last === undefined || end <= length ? end : endOf(segments.containing(last.index - 1));
}

/** Stands for a link to a footnote or back from one, until the line is whole: a noncharacter, which no clean text has. */
export const NOTE_LINK = '\uFFFE';
const NOTE_LINKS = String.raw`(?:\uFFFE|\[ ?\uFFFE ?\]|\( ?\uFFFE ?\))+`;
const NOTE_LINKS_IN_LINE = new RegExp(` ?${NOTE_LINKS}(?=[ ,.;]|$)|${NOTE_LINKS}`, 'g');

/** A line without links of footnotes, and without the brackets around them that SPIP writes. */
export function withoutNoteLinks(line: string): string {
  return line.replace(NOTE_LINKS_IN_LINE, '');
}

function withoutUnwanted(text: string): string {
  if (!UNCLEAN.test(text)) return text;
  return text.replace(REMOVED, '$1').replace(STACKED_MARKS, '$1');
}

/** Plain text as HTML or XML, for a place between tags. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Plain text as HTML, also for the value of an attribute. */
export function escapeHtml(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}

/** Without characters that XML 1.0 forbids (https://www.w3.org/TR/xml/#charsets), or overrides of direction. */
export function xmlText(text: string): string {
  return text.toWellFormed().replace(NOT_XML, '');
}

const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u202A-\u202E\u2066-\u206F\uFDD0-\uFDEF\uFFFE\uFFFF]/g;

/** Whole escape sequences of terminals. `cleanLines` removes single control characters. */
const ESCAPES =
  /\u001B(?:\[[0-?]*[ -/]*[@-~]|[\]P^_X][^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)?|[ -/]*[0-~])|\u009B[0-?]*[ -/]*[@-~]/g;

/**
 * A text without commands to a terminal or a workflow's runner: `::name::` at the start of a line, `##[name]`,
 * `##vso[name]`. https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function printable(text: string): string {
  return cleanLines(text.replace(ESCAPES, ''))
    .replace(/^([^\S\n]*):(?=:)/gm, '$1: ')
    .replace(/#(?=#[\w.-]*\[)/g, '# ');
}

/** Unchanged if it is not valid. */
export function percentDecoded(text: string): string {
  // Nearly all of 60,000 addresses: to decode them took three times as long as to look.
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
