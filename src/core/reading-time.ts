import { perLanguage } from '../i18n/locale.ts';

/** Words a minute, and letters a minute in scripts that write no spaces between words. */
const WORDS = 230;
const LETTERS = 500;
/** A picture, video or formula counts as this many words of reading time and lines of height. */
const PICTURE = { words: 25, lines: 12 };
/** A line of the river: its words, or letters of scripts without spaces; the letters of a word longer than a line; its pixels. */
const LINE = { words: 11, letters: 30, endless: 60, width: 640, height: 28 };
/** Lines. The river folds a longer text: twice the height of a folded one. */
const LONG = 14;

/** Letters of scripts that write no spaces between words. */
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;

/** The reading time of a body: `4 min`; null if it is less than 45 seconds. */
export function minutesText(html: string): string | null {
  const { words, letters, pictures } = cachedParts(html);
  const minutes = (words + pictures * PICTURE.words) / WORDS + letters / LETTERS;
  if (minutes < 0.75) return null;
  const unit = { style: 'unit', unit: 'minute', unitDisplay: 'short' } as const;
  const format = perLanguage('minutes', (locale) => new Intl.NumberFormat(locale, unit));
  // The number and its unit stay on one line.
  return format.format(Math.max(1, Math.round(minutes))).replace(' ', '\u00a0');
}

/** Whether the river folds a body. An estimate: only a browser knows its height. */
export function isLong(html: string): boolean {
  const { words, letters, pictures, endless } = cachedParts(html);
  const text = words / LINE.words + letters / LINE.letters + endless / LINE.endless + pictures * PICTURE.lines;
  // Values of attributes may hold any number of `<pre` without an end.
  const blocks = html.split('</pre>').slice(0, -1);
  const code = blocks.flatMap((part) => part.split('<pre').slice(1).join('').match(/\n/g) ?? []).length;
  const rows = html.match(/<(?:tr|li|p|h\d|br|hr|dt|dd|pre|blockquote)\b/g)?.length ?? 0;
  return text + code + rows / 2 + linesOfTallPictures(html) > LONG;
}

/** The lines of pictures that are more than twice as high as the usual one. */
function linesOfTallPictures(html: string): number {
  const heights = [...html.matchAll(/ width="(\d+)" height="(\d+)"/g)].map(
    ([, width, height]) => (Number(height) * Math.min(1, LINE.width / Math.max(1, Number(width)))) / LINE.height,
  );
  return heights.filter((lines) => lines > 2 * PICTURE.lines).reduce((sum, lines) => sum + lines, 0);
}

interface PartsOfText {
  words: number;
  letters: number;
  pictures: number;
  /** Letters in words that are longer than a line. */
  endless: number;
}

/** Results by text: an entry's page, its day and the river ask for the same text soon after each other. Emptied when full. */
const cache = new Map<string, PartsOfText>();
const CACHE_SIZE = 500;

function cachedParts(html: string): PartsOfText {
  const known = cache.get(html);
  if (known !== undefined) return known;
  if (cache.size === CACHE_SIZE) cache.clear();
  const parts = countParts(html);
  cache.set(html, parts);
  return parts;
}

/** The number of letters of scripts that write no spaces between words. */
export function spacelessLetters(text: string): number {
  return SPACED.test(text) ? 0 : [...text].filter((letter) => SPACELESS.test(letter)).length;
}

/** Texts that certainly have no letters of `SPACELESS`: the fast path. */
const SPACED = /^[\0-\u0dff]*$/;
const FIRST_SPACELESS = 0x0e00;

/** Reads letter by letter: regular expressions took five times as long, a tenth of the time for an entry's page. */
function countParts(html: string): PartsOfText {
  const parts = { words: 0, letters: 0, pictures: 0, endless: 0 };
  let length = 0;
  const endWord = () => {
    if (length > 0) parts.words++;
    if (length >= LINE.endless) parts.endless += length;
    length = 0;
  };
  for (let at = 0; at < html.length; at++) {
    const code = html.charCodeAt(at);
    if (code === LESS_THAN) {
      endWord();
      const end = html.indexOf('>', at);
      PICTURES.lastIndex = at;
      if (PICTURES.test(html)) parts.pictures++;
      if (end >= 0) at = end;
    } else if (isSpace(code)) endWord();
    else if (code >= FIRST_SPACELESS && SPACELESS.test(String.fromCodePoint(html.codePointAt(at) ?? 0))) {
      endWord();
      parts.letters++;
      if (code >= 0xd800 && code < 0xdc00) at++;
    } else length++;
  }
  endWord();
  return parts;
}

const LESS_THAN = 0x3c;
const PICTURES = /<(?:img|video|iframe|math)\b/y;

function isSpace(code: number): boolean {
  if (code < 0x1680) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
  return /\s/.test(String.fromCharCode(code));
}
