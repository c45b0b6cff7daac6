import { beginningOf, NOTE_LINK, sentencesOf, withoutNoteLinks } from '../../../src/core/clean-text.ts';
import { wordSet } from '../../../src/core/text.ts';
import { decoded } from '../normalise/escaped.ts';

/** Elements whose words mean little without their layout. */
const SKIPPED = wordSet('pre table figure figcaption annotation audio video iframe h4 h5 h6 rt rp');

/** Elements that do not separate words; every other element does. */
const INLINE = wordSet(
  'a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr',
);

/** The first sentences; ends with one in the limit's second half, else after a word. Reads what `sanitise` prints. */
export function excerpt(safeHtml: string, limit = 300): string {
  const text = visibleText(safeHtml, limit, SKIPPED) || visibleText(safeHtml, limit, new Set());
  if (text.length <= limit) return text;
  const sentences = sentencesOf(text, limit);
  // One character for the ellipsis.
  return sentences.length >= limit / 2 ? sentences : beginningOf(text, limit - 1);
}

/** A tag with its slash, name and attributes; a text; or a tag without an end, with all that follows it. */
const PIECES = /<(\/?)([a-z][a-z0-9]*(?![a-z0-9]))?([^">]*(?:"[^"]*"[^">]*)*)>|[^<]+|<[\s\S]*/g;

/** A little more text than the limit, so that the cut sees the next words. */
function visibleText(html: string, limit: number, skipped: ReadonlySet<string>): string {
  const enough = limit * 2 + 100;
  let text = '';
  // The element that is being skipped, and its depth in elements of its own name.
  let [outer, depth] = ['', 0];
  for (const [piece, slash, name = '', attributes = ''] of html.matchAll(PIECES)) {
    if (text.length >= enough) break;
    if (slash === undefined) {
      // Decoded references are never longer: a slice of a few times the size is enough.
      if (depth === 0 && !piece.startsWith('<')) text += decoded(piece.slice(0, enough * 8));
    } else if (depth > 0) {
      if (name === outer) depth += slash === '' ? 1 : -1;
    } else {
      if (!INLINE.has(name)) text += ' ';
      // A link inside the post leads to a footnote, or back from one.
      const isJump = name === 'a' && attributes.includes(' href="#');
      if (slash !== '' || !(isJump || skipped.has(name))) continue;
      if (isJump) text += NOTE_LINK;
      [outer, depth] = [name, 1];
    }
  }
  return withoutNoteLinks(text.replace(/\s+/g, ' ')).trim();
}
