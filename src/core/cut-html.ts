import { perLanguage } from '../i18n/locale.ts';
import { DEEPEST_BODY, VOID } from './body-check.ts';
import { escapeHtml } from './clean-text.ts';
import { PRINTED_TAG } from './html-schema.ts';
import { UNSPACED } from './search-words.ts';
import { wordSet } from './text.ts';

/** The length of an entry on the page of its day, in characters: if it is the only entry, and if there are others. */
export const FIRST_LINES = 500;
export const THREE_SCREENS = 4_000;

/** Lines. The river folds a longer text: a little more than twice the height of a folded one, so that a picture of usual height is not cut. */
const LONG = 15;

/** A line of text: its characters and its size in pixels. `PICTURE` is the height, in lines, of a picture without a size. */
const LINE = { characters: 66, width: 560, height: 31 };
const PICTURE = 12;

/** Whether the river folds a body. An estimate: only a browser knows its height. */
export function isLong(html: string): boolean {
  const most = LONG * LINE.characters;
  return stepsOf(html, [], most).some(({ shown }) => shown > most);
}

/** The text may be cut after these elements, but not after a heading, a term or a caption: those belong to the next element. */
const BLOCKS = wordSet(
  'address article aside blockquote br dd details div dl figure footer header hr li ol p pre section table tr ul',
);
/** The text is never cut inside these elements. */
const WHOLE = wordSet(
  'audio caption colgroup dt figcaption h1 h2 h3 h4 h5 h6 iframe math picture ruby summary thead tr video',
);
const CODE = wordSet('code kbd samp');
const MEDIA = wordSet('iframe img video');

/** A text and the tag after it, or the end, in the sanitiser's form only. */
const TOKEN = /([^<]*)(?:<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>|$)/gy;
const LINK = /<a(?: [a-z-]+(?:="[^"]*")?)*>/g;
const CODE_LINE = /[^\n]*\n?/g;
const WORD = /[^\s。，、！？]*[\s。，、！？]*/g;
const ENDS_WORD = /\S\s+$|[。，、！？]\s*$/;

/**
 * The beginning of a safe body: about `most` characters, or pictures of the same height, and at most a third more,
 * unless an element cannot be cut (a row, a formula). It ends after a block, a row or a line of code, else between
 * words. Links to anchors lead to `page`, which has the whole text. `cut` is false, and the body whole, if it is short
 * enough or not in the sanitiser's form.
 */
export function cutHtml(html: string, most: number, page: string): { html: string; cut: boolean } {
  const limit = (most * 4) / 3;
  const open: string[] = [];
  let beginning = { html: '', shown: -1 };
  for (const { end, shown, after } of stepsOf(html, open, limit)) {
    if (after === 'block' && shown >= most / 2 && beginning.shown < most)
      beginning = { html: html.slice(0, end) + endTags(open), shown };
    if (after === 'word' && shown > limit && beginning.shown < 0)
      beginning = { html: `${html.slice(0, end).trimEnd()}…${endTags(open)}`, shown };
    // Two more lines are not worth another page.
    if (beginning.shown >= 0 && shown > Math.max(limit, beginning.shown + 2 * LINE.characters))
      return { html: linkedTo(page, beginning.html), cut: true };
  }
  return { html, cut: false };
}

interface Step {
  /** An index in the body. */
  end: number;
  /** The length of the text so far, in characters. */
  shown: number;
  /** The end of a block or word; null if the text must not be cut here. */
  after: 'block' | 'word' | null;
}

/**
 * Steps through a body tag by tag, in code line by line, and behind `limit` word by word: with all words, the page of a day
 * took a quarter longer. `open` lists the open elements at each step.
 */
function* stepsOf(html: string, open: string[], limit: number): Generator<Step> {
  let shown = 0;
  let uncuttable = 0;
  for (const { index, 0: token, 1: text = '', 2: slash, 3: name, 4: attributes = '' } of html.matchAll(TOKEN)) {
    const isCode = open.includes('pre');
    let end = index;
    const length = isCode ? Number.POSITIVE_INFINITY : shownLength(text, false);
    const isWithin = shown + length <= limit;
    if (isWithin) shown += length;
    for (const [piece] of isWithin ? [] : text.matchAll(isCode ? CODE_LINE : WORD)) {
      end += piece.length;
      shown += shownLength(piece, isCode);
      const isLine = isCode && piece.endsWith('\n');
      const isWord = !isCode && shown > limit && ENDS_WORD.test(piece) && !open.some((name) => CODE.has(name));
      yield { end, shown, after: uncuttable > 0 ? null : isLine ? 'block' : isWord ? 'word' : null };
    }
    if (name === undefined) return;
    end = index + token.length;
    if (slash === '/') {
      if (open.pop() !== name) return;
      if (WHOLE.has(name)) uncuttable--;
    } else {
      shown += shownHeight(name, attributes);
      if (WHOLE.has(name)) uncuttable++;
      if (!VOID.has(name)) {
        if (open.push(name) > DEEPEST_BODY) return;
        continue;
      }
    }
    yield { end, shown, after: uncuttable === 0 && BLOCKS.has(name) ? 'block' : null };
  }
}

function shownLength(piece: string, isCode: boolean): number {
  const lineEnd = isCode && piece.endsWith('\n') ? LINE.characters / 2 : 0;
  // Letters of scripts without spaces count more than others.
  const { length } = isCode ? piece : piece.replace(BLANKS, ' ');
  return length + 1.5 * spacelessLetters(piece) + lineEnd;
}

/** The height of an element without its text, in characters. */
function shownHeight(name: string, attributes: string): number {
  if (!MEDIA.has(name)) return BLOCKS.has(name) ? LINE.characters / 2 : 0;
  const [, width, height] = / width="(\d+)" height="(\d+)"/.exec(attributes) ?? [];
  if (width === undefined) return PICTURE * LINE.characters;
  const pixels = Number(height) * Math.min(1, LINE.width / Math.max(1, Number(width)));
  return (pixels / LINE.height) * LINE.characters;
}

function endTags(open: readonly string[]): string {
  return open
    .map((name) => `</${name}>`)
    .toReversed()
    .join('');
}

function linkedTo(page: string, html: string): string {
  return html.replaceAll(LINK, (tag) => tag.replace(' href="#', ` href="${escapeHtml(page)}#`));
}

/** Characters a minute, and letters a minute in scripts that write no spaces between words. */
const CHARACTERS = 1300;
const LETTERS = 500;
/** Minutes for a picture, video or formula. */
const PICTURE_MINUTES = 0.11;

const SPACELESS = new RegExp(`[${UNSPACED}]`, 'gu');

/** Blanks that are shown as one. */
const BLANKS = /\s{2,}/g;

/** The reading time of a body: `4 min`; null if it is less than 45 seconds. */
export function minutesText(html: string): string | null {
  const text = html.replace(PRINTED_TAG, '').replace(BLANKS, ' ');
  const letters = spacelessLetters(text);
  const pictures = html.match(/<(?:img|video|iframe|math)\b/g)?.length ?? 0;
  const minutes = (text.length - letters) / CHARACTERS + letters / LETTERS + pictures * PICTURE_MINUTES;
  if (minutes < 0.75) return null;
  const unit = { style: 'unit', unit: 'minute', unitDisplay: 'short' } as const;
  const format = perLanguage('minutes', (locale) => new Intl.NumberFormat(locale, unit));
  // The number and its unit stay on one line.
  return format.format(Math.max(1, Math.round(minutes))).replace(' ', '\u00a0');
}

/** The number of letters of scripts that write no spaces between words. */
function spacelessLetters(text: string): number {
  return text.match(SPACELESS)?.length ?? 0;
}
