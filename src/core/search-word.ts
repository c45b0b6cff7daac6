import { type DisplayedEntry, isNote, type Reading } from './shown.ts';
import { hostOf } from './web-address.ts';

/** What Pagefind makes an index of: a page without one is in no index. */
const WORD = /[\p{L}\p{N}]/u;

/**
 * Attributes for the heading of an entry that says not one word, such as a picture titled `…`: the name of its feed, or where
 * that has no word the host of its link, is what it is found by. None for any other entry.
 */
export function searchWord(shown: DisplayedEntry, reading: Reading): Record<string, string> {
  const { title, authors, entry, feed } = shown;
  const texts = [isNote(shown) ? '' : title, ...authors.map(({ name }) => name), textOf(reading)];
  if (texts.some((text) => WORD.test(text))) return {};
  const names = [feed.title, entry.url === null ? '' : hostOf(entry.url), feed.id];
  return { 'data-word': names.find((name) => WORD.test(name)) ?? feed.id, 'data-pagefind-index-attrs': 'data-word' };
}

function textOf(reading: Reading): string {
  switch (reading.kind) {
    case 'whole':
      return reading.html.replace(/<[^>]*>|&#?\w+;/g, ' ');
    case 'excerpt':
      return reading.text;
    case 'title':
      return '';
    default:
      return reading satisfies never;
  }
}
