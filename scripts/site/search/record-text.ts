import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { NOTE_LINK, withoutNoteLinks } from '../../../src/core/clean-text.ts';
import type { SearchRecord } from './search-records.ts';

/** Elements that do not end a sentence. */
const INLINE = new Set(
  'a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);

const WORD = /[\p{L}\p{N}]/u;

/** Characters inside words: places for a hyphen, and word joiners. */
const INSIDE = /[\u00AD\u2060]/g;

/** The searched text of an entry in one line, and its categories. An entry without a word is found by one of its names. */
export function searchedText({ categories = [], ...record }: SearchRecord): string {
  return [mainText(record), ...categories.map((category) => ended(category))].join(' ').replaceAll(INSIDE, '').trim();
}

function mainText({ heading, html, names, meta }: SearchRecord): string {
  const text = [ended(heading), bodyText(html)].join(' ').trim();
  if (WORD.test(text) || WORD.test(meta.author ?? '')) return text;
  return `${names.find((name) => WORD.test(name)) ?? ''} ${text}`;
}

/** The text of a body. As in Pagefind's own indexer, the end of a block ends a sentence: excerpts read better. */
function bodyText(html: string): string {
  const parts: string[] = [];
  let line = '';
  // Behind the sentence: `東とう京きょう` would not be found by 東京.
  let readings = '';
  const endLine = () => {
    parts.push(ended(line + readings));
    [line, readings] = ['', ''];
  };
  const readNodes = (nodes: readonly DefaultTreeAdapterTypes.ChildNode[]) => {
    for (const node of nodes) {
      if ('value' in node) line += node.value;
      if (!('childNodes' in node) || node.tagName === 'rp') continue;
      if (node.tagName === 'rt') {
        const base = line;
        line = '';
        readNodes(node.childNodes);
        readings += ` ${line}`;
        line = base;
        continue;
      }
      if (isNoteLink(node, line)) {
        line += NOTE_LINK;
        continue;
      }
      const isBlock = !INLINE.has(node.tagName);
      if (isBlock) endLine();
      if (node.tagName === 'br') line += ' ';
      readNodes(node.childNodes);
      if (isBlock) endLine();
    }
  };
  readNodes(parseFragment(html).childNodes);
  endLine();
  return parts.filter(Boolean).join(' ');
}

/**
 * A link inside the post, in a sign, or in a number that is raised or in brackets: `word` with note 1 would be found as
 * `word1`. Other numbers are words: years, versions, `Figure 3`.
 */
function isNoteLink(link: DefaultTreeAdapterTypes.Element, before: string): boolean {
  const { tagName, attrs, childNodes, parentNode } = link;
  if (tagName !== 'a' || !attrs.some(({ name, value }) => name === 'href' && value.startsWith('#'))) return false;
  const text = (nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): string =>
    nodes.map((node) => ('value' in node ? node.value : 'childNodes' in node ? text(node.childNodes) : '')).join('');
  const words = text(childNodes);
  const isRaised = parentNode?.nodeName === 'sup' || childNodes[0]?.nodeName === 'sup';
  return !/\p{L}/u.test(words) && (isRaised || !/\p{N}/u.test(words) || /\[ ?$/.test(before));
}

/** A text in one line that ends with a sign, so that a sentence ends there. */
function ended(text: string): string {
  const line = withoutNoteLinks(text.replaceAll(/[\s\u200b]+/g, ' ')).trim();
  return /[\p{L}\p{M}\p{N}'")$*]$/u.test(line) ? `${line}.` : line;
}
