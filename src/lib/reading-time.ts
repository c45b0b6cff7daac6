/** Words a minute, and letters a minute in scripts that write no spaces between words. */
const WORDS = 230;
const LETTERS = 500;
/** What a picture, a film or a sum is worth: in words to read, and in lines of height. */
const PICTURE = { words: 25, lines: 12 };
/** Words, or such letters, on a line of the river; how long a word is that fills lines of its own, and what a picture has room for. */
const LINE = { words: 11, letters: 30, endless: 60, width: 640, height: 28 };
/** Lines past which the river folds a text: some two screens of a desk. */
const LONG = 50;

const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/gu;

/** How long a text takes to read, in words: `4 min`; null for what is read at a glance. */
export function minutesText(html: string): string | null {
  const { words, letters, pictures } = partsOf(html);
  const minutes = (words + pictures * PICTURE.words) / WORDS + letters / LETTERS;
  return minutes < 0.75 ? null : `${Math.max(1, Math.round(minutes))} min`;
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

/** A page asks up to three times in a row about the same text. */
let last: { html: string; parts: PartsOfText } | undefined;

function partsOf(html: string): PartsOfText {
  if (last?.html !== html) last = { html, parts: count(html) };
  return last.parts;
}

function count(html: string): PartsOfText {
  const text = html.replace(/<[^>]*>/g, ' ');
  const spaced = text.replace(SPACELESS, ' ');
  const words = spaced.match(/\S+/g) ?? [];
  return {
    words: words.length,
    letters: text.match(SPACELESS)?.length ?? 0,
    endless: words.reduce((sum, { length }) => sum + (length >= LINE.endless ? length : 0), 0),
    pictures: html.match(/<(?:img|video|iframe|math)\b/g)?.length ?? 0,
  };
}
