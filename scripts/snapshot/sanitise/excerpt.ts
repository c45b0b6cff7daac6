import { parseFragment } from 'parse5';

/** Elements whose words mean little without their layout. */
const SKIPPED: ReadonlySet<string> = new Set(
  'pre table figure figcaption annotation audio video iframe h4 h5 h6 rt rp'.split(' '),
);

/** Elements that do not separate words; every other element does. */
const INLINE: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo cite code del dfn em i ins kbd mark q ruby s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);

/**
 * The first sentences of a post as plain text. Where a sentence ends in the second half of the limit, the excerpt ends there,
 * else after a word, with an ellipsis. Reads the output of `sanitise`, and only the part that it needs.
 */
export function excerpt(safeHtml: string, limit = 300): string {
  const text = words(safeHtml, limit, SKIPPED) || words(safeHtml, limit, new Set());
  return text.length <= limit ? text : shortened(text, limit);
}

/** A little more text than the limit, so that the cut sees the next words. */
function words(html: string, limit: number, skipped: ReadonlySet<string>): string {
  const enough = limit * 2 + 100;
  let text = '';
  for (let at = 0; at < html.length && text.length < enough; ) {
    const open = html.indexOf('<', at);
    const end = open === -1 ? html.length : open;
    // Decoded references are never longer: a slice of a few times the size is enough.
    text += plain(html.slice(at, Math.min(end, at + enough * 8)));
    if (open === -1) break;
    const tag = tagAt(html, open);
    at = isSkipped(tag, skipped) ? afterElement(html, tag) : tag.end;
    if (!INLINE.has(tag.name)) text += ' ';
  }
  return text.replace(/\s+/g, ' ').trim();
}

function plain(escaped: string): string {
  if (!escaped.includes('&')) return escaped;
  const node = parseFragment(escaped).childNodes[0];
  return node && 'value' in node ? node.value : '';
}

interface Tag {
  name: string;
  closing: boolean;
  /** Whether it is a link inside the post: to a footnote, or back from one. */
  jump: boolean;
  end: number;
}

function tagAt(html: string, open: number): Tag {
  const end = endOfTag(html, open);
  const [, slash = '', name = ''] = /^<(\/?)([a-z][a-z0-9]*)/.exec(html.slice(open, open + 40)) ?? [];
  return { name, closing: slash !== '', jump: name === 'a' && / href="#/.test(html.slice(open, end)), end };
}

/** The position after the first `>` outside quotes. */
function endOfTag(html: string, open: number): number {
  const mark = /[">]/g;
  mark.lastIndex = open;
  for (let found = mark.exec(html); found; found = mark.exec(html)) {
    if (found[0] === '>') return mark.lastIndex;
    const quote = html.indexOf('"', mark.lastIndex);
    if (quote === -1) break;
    mark.lastIndex = quote + 1;
  }
  return html.length;
}

function isSkipped({ name, closing, jump }: Tag, skipped: ReadonlySet<string>): boolean {
  return !closing && (skipped.has(name) || jump);
}

function afterElement(html: string, tag: Tag): number {
  let depth = 1;
  let at = tag.end;
  while (depth > 0) {
    const open = html.indexOf('<', at);
    if (open === -1) return html.length;
    const next = tagAt(html, open);
    if (next.name === tag.name) depth += next.closing ? -1 : 1;
    at = next.end;
  }
  return at;
}

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });
const WORDS = new Intl.Segmenter('en', { granularity: 'word' });
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

function shortened(text: string, limit: number): string {
  const sentences = lastEnd(SENTENCES, text, limit);
  if (sentences >= limit / 2) return text.slice(0, sentences).trimEnd();
  // One character for the ellipsis.
  const room = limit - 1;
  const cut = lastEnd(WORDS, text, room) || lastEnd(GRAPHEMES, text, room);
  return `${text.slice(0, cut).replace(/[\s\p{P}]+$/u, '')}…`;
}

/** The end of the last piece that fits completely. */
function lastEnd(pieces: Intl.Segmenter, text: string, limit: number): number {
  let last = 0;
  for (const { index, segment } of pieces.segment(text)) {
    const end = index + segment.trimEnd().length;
    if (end > limit) break;
    last = end;
  }
  return last;
}
