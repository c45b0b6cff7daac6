import { nameKey } from './name-lists.ts';
import { beginningOf } from './shown.ts';

/** Characters of the line. */
const LONG = 140;

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * What a feed says that it is about, in one line: as many whole sentences as fit, else the beginning of the first. Null where it
 * says nothing, or only its name.
 */
export function aboutLine(description: string, names: readonly string[]): string | null {
  const text = description.trim();
  if (nameKey(text) === '' || names.some((name) => nameKey(name) === nameKey(text))) return null;
  let end = 0;
  for (const { index, segment } of SENTENCES.segment(text)) {
    const next = index + segment.trimEnd().length;
    if (next > LONG) break;
    end = next;
  }
  return end > 0 ? text.slice(0, end) : beginningOf(text, LONG);
}
