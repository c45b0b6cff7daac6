import { VOID } from './body-check.ts';
import { DEEPEST } from './body-elements.ts';
import { escapeHtml } from './clean-text.ts';

/** How much of an entry the page of its day shows, in characters: where it is the only one, and where there are others. */
export const FIRST_LINES = 500;
export const THREE_SCREENS = 4_000;

/** What a line holds, and its size in pixels; how many of them a picture has that does not say how high it is. */
const LINE = { characters: 66, width: 560, height: 31 };
const PICTURE = 12;

/** A text may end after these. Not after a heading, a term or a caption: they belong to what stands beside them. */
const BLOCKS = set(
  'address article aside blockquote br dd details div dl figure footer header hr li ol p pre section table tr ul',
);
/** Nor within these. */
const WHOLE = set(
  'audio caption colgroup dt figcaption h1 h2 h3 h4 h5 h6 iframe math picture ruby summary thead tr video',
);
const CODE = set('code kbd samp');
const MEDIA = set('iframe img video');

/** A run of text, and the tag after it, or the end: as the sanitiser prints them, and nothing else. */
const TOKEN = /([^<]*)(?:<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>|$)/gy;
const LINK = /<a(?: [a-z-]+(?:="[^"]*")?)*>/g;
const WORD = /[^\s。，、！？]*[\s。，、！？]*/g;
const ENDS_WORD = /\S\s+$|[。，、！？]\s*$/;
/** Letters that are worth more than one: of scripts that write no spaces. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/gu;
/** Those begin behind these characters: most texts are seen to have none at a glance. */
const FIRST_LETTERS = /^[\0-\u0dff]*$/;

/**
 * The beginning of a safe body: about `most` characters of it, or of height that they would take, and a third more at the most,
 * but for what cannot be cut: a row of a table, a formula, a heading. It ends where a block, a row or a line of code does,
 * and between two words where no such end is near. Links within the text lead on to `page`, where all of it is. `cut` is
 * false, and the body whole, where that is short enough, or not written as the sanitiser writes.
 */
export function cutHtml(html: string, most: number, page: string): { html: string; cut: boolean } {
  const limit = (most * 4) / 3;
  const open: string[] = [];
  let beginning = { html: '', shown: -1 };
  for (const { end, shown, after } of stepsOf(html, limit, open)) {
    if (after === 'block' && shown >= most / 2 && beginning.shown < most)
      beginning = { html: html.slice(0, end) + closing(open), shown };
    if (after === 'word' && shown > limit && beginning.shown < 0)
      beginning = { html: `${html.slice(0, end).trimEnd()}…${closing(open)}`, shown };
    // For two lines more nobody should have to go to another page.
    if (beginning.shown >= 0 && shown > Math.max(limit, beginning.shown + 2 * LINE.characters))
      return { html: leadingTo(page, beginning.html), cut: true };
  }
  return { html, cut: false };
}

interface Step {
  /** Where it ends in the body. */
  end: number;
  /** How much there is until then, in characters. */
  shown: number;
  /** What it is the end of, where a text may end; null where it may not. */
  after: 'block' | 'word' | null;
}

/** A body tag by tag, and word by word where it nears the limit. `open` holds what is open at each step. */
function* stepsOf(html: string, limit: number, open: string[]): Generator<Step> {
  let shown = 0;
  /** How many elements are open that stay whole. */
  let whole = 0;
  for (const { index, 0: token, 1: text = '', 2: slash, 3: name, 4: attributes = '' } of html.matchAll(TOKEN)) {
    const isCode = open.includes('pre');
    let end = index;
    const isNearLimit = shown > limit - 3 * text.length;
    for (const piece of piecesOf(text, isCode, isNearLimit)) {
      end += piece.length;
      shown += lengthOf(piece, isCode);
      yield {
        end,
        shown,
        after: whole > 0 ? null : isCode ? afterLine(piece) : isNearLimit ? afterWord(piece, open) : null,
      };
    }
    if (name === undefined) return;
    end = index + token.length;
    if (slash === '/') {
      if (open.pop() !== name) return;
      if (WHOLE.has(name)) whole--;
    } else {
      shown += heightOf(name, attributes);
      if (WHOLE.has(name)) whole++;
      if (!VOID.has(name)) {
        if (open.push(name) > DEEPEST) return;
        continue;
      }
    }
    yield { end, shown, after: whole === 0 && BLOCKS.has(name) ? 'block' : null };
  }
}

function piecesOf(text: string, isCode: boolean, isNearLimit: boolean): readonly string[] {
  if (isCode) return text.split(/(?<=\n)/);
  return isNearLimit ? (text.match(WORD) ?? []) : [text];
}

function afterLine(piece: string): Step['after'] {
  return piece.endsWith('\n') ? 'block' : null;
}

function afterWord(piece: string, open: readonly string[]): Step['after'] {
  return ENDS_WORD.test(piece) && !open.some((name) => CODE.has(name)) ? 'word' : null;
}

function lengthOf(piece: string, isCode: boolean): number {
  const rest = isCode && piece.endsWith('\n') ? LINE.characters / 2 : 0;
  const wide = FIRST_LETTERS.test(piece) ? 0 : (piece.match(WIDE)?.length ?? 0);
  return piece.length + 1.5 * wide + rest;
}

/** How high an element is, in characters, beside the text in it. */
function heightOf(name: string, attributes: string): number {
  if (!MEDIA.has(name)) return BLOCKS.has(name) ? LINE.characters / 2 : 0;
  const [, width, height] = / width="(\d+)" height="(\d+)"/.exec(attributes) ?? [];
  if (width === undefined) return PICTURE * LINE.characters;
  const pixels = Number(height) * Math.min(1, LINE.width / Math.max(1, Number(width)));
  return (pixels / LINE.height) * LINE.characters;
}

function closing(open: readonly string[]): string {
  return open
    .map((name) => `</${name}>`)
    .toReversed()
    .join('');
}

function leadingTo(page: string, html: string): string {
  return html.replaceAll(LINK, (tag) => tag.replace(' href="#', ` href="${escapeHtml(page)}#`));
}

function set(names: string): ReadonlySet<string> {
  return new Set(names.split(' '));
}
