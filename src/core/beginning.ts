const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });
const WORDS = new Intl.Segmenter('en', { granularity: 'word' });
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

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
  let last = 0;
  for (const { index, segment } of pieces.segment(text)) {
    const end = index + segment.trimEnd().length;
    if (end > length) break;
    last = end;
  }
  return last;
}
