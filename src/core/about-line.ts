import { nameKey } from './name-lists.ts';
import { beginningOf } from './shown.ts';

/** Characters. */
const LONGEST_LINE = 140;

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * The description of a feed in one line: as many whole sentences as fit, else the beginning of the first. Null if it is empty or
 * only repeats one of the feed's names.
 */
export function aboutLine(description: string, names: readonly string[]): string | null {
  const text = description.trim();
  if (nameKey(text) === '' || names.some((name) => nameKey(name) === nameKey(text))) return null;
  let end = 0;
  for (const { index, segment } of SENTENCES.segment(text)) {
    const next = index + segment.trimEnd().length;
    if (next > LONGEST_LINE) break;
    end = next;
  }
  return end > 0 ? text.slice(0, end) : beginningOf(text, LONGEST_LINE);
}
