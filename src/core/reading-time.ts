import { remembered } from '../i18n/locale.ts';

/** Words a minute, and letters a minute in scripts that write no spaces between words. */
const WORDS = 230;
const LETTERS = 500;
/** What a picture, a film or a sum is worth: in words to read, and in lines of height. */
const PICTURE = { words: 25, lines: 12 };
/** Words, or such letters, on a line of the river; how long a word is that fills lines of its own, and what a picture has room for. */
const LINE = { words: 11, letters: 30, endless: 60, width: 640, height: 28 };
/** Lines past which the river folds a text: twice what is shown of a folded one. */
const LONG = 14;

const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/gu;

/** How long a text takes to read, in words: `4 min`; null for what is read at a glance. */
export function minutesText(html: string): string | null {
  const { words, letters, pictures } = partsOf(html);
  const minutes = (words + pictures * PICTURE.words) / WORDS + letters / LETTERS;
  if (minutes < 0.75) return null;
  const unit = { style: 'unit', unit: 'minute', unitDisplay: 'short' } as const;
  const format = remembered('minutes', (locale) => new Intl.NumberFormat(locale, unit));
  return format.format(Math.max(1, Math.round(minutes)));
}

/** Whether the river folds a text. A guess: how high it is, only a browser knows. */
export function isLong(html: string): boolean {
  const { words, letters, pictures, endless } = partsOf(html);
  const text = words / LINE.words + letters / LINE.letters + endless / LINE.endless + pictures * PICTURE.lines;
  const code = (html.match(/<pre[\s\S]*?<\/pre>/g) ?? []).join('').match(/\n/g)?.length ?? 0;
  const rows = html.match(/<(?:tr|li|p|h\d|br|hr|dt|dd|pre|blockquote)\b/g)?.length ?? 0;
  return text + code + rows / 2 + tall(html) > LONG;
}

/** Lines of the pictures that say to be higher than pictures are. */
function tall(html: string): number {
  const heights = [...html.matchAll(/ width="(\d+)" height="(\d+)"/g)].map(
    ([, width, height]) => (Number(height) * Math.min(1, LINE.width / Math.max(1, Number(width)))) / LINE.height,
  );
  return heights.filter((lines) => lines > 2 * PICTURE.lines).reduce((sum, lines) => sum + lines, 0);
}

interface PartsOfText {
  words: number;
  letters: number;
  pictures: number;
  /** Letters of words that are longer than a line. */
  endless: number;
}

/** An entry's page, its day's and the river ask about the same texts, one soon after the other. */
const known = new Map<string, PartsOfText>();
const KNOWN = 500;

function partsOf(html: string): PartsOfText {
  const before = known.get(html);
  if (before !== undefined) return before;
  if (known.size === KNOWN) known.clear();
  const parts = count(html);
  known.set(html, parts);
  return parts;
}

/** Scripts that write no spaces begin behind these characters. */
const FIRST_LETTERS = /^[\0-\u0dff]*$/;

function count(html: string): PartsOfText {
  const text = html.replace(/<[^>]*>/g, ' ');
  const isSpaced = FIRST_LETTERS.test(text);
  return {
    ...countWords(isSpaced ? text : text.replace(SPACELESS, ' ')),
    letters: isSpaced ? 0 : (text.match(SPACELESS)?.length ?? 0),
    pictures: html.match(/<(?:img|video|iframe|math)\b/g)?.length ?? 0,
  };
}

/** Letter by letter: to make a list of all words first took three times as long, a tenth of what an entry's page takes. */
function countWords(text: string): Pick<PartsOfText, 'words' | 'endless'> {
  let words = 0;
  let endless = 0;
  let length = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && !isSpace(text.charCodeAt(at))) {
      length++;
      continue;
    }
    if (length > 0) words++;
    if (length >= LINE.endless) endless += length;
    length = 0;
  }
  return { words, endless };
}

/** As `\s` has it. */
function isSpace(code: number): boolean {
  if (code < 0x1680) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
  return /\s/.test(String.fromCharCode(code));
}
