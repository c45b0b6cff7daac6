const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });
const WORDS = new Intl.Segmenter('en', { granularity: 'word' });
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The whole sentences at the beginning of a text that fit; empty if not even the first does. */
export function sentencesOf(text: string, length: number): string {
  return text.slice(0, lastEnd(SENTENCES, text, length));
}

/** A longer text gets an ellipsis after a word; if its first word is longer, after any character. */
export function beginningOf(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = lastEnd(WORDS, text, length) || lastEnd(GRAPHEMES, text, length);
  return `${text.slice(0, end).replace(/[\s\p{P}]+$/u, '')}…`;
}

function lastEnd(pieces: Intl.Segmenter, text: string, length: number): number {
  let last = 0;
  for (const { index, segment } of pieces.segment(text)) {
    const end = index + segment.trimEnd().length;
    if (end > length) break;
    last = end;
  }
  return last;
}
