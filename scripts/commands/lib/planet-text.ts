import { isMap, isNode, isScalar, isSeq, type Pair, parseDocument, type YAMLSeq } from 'yaml';
import { type FeedLines, feedLines } from './feed-formats.ts';

type Edited = { kind: 'text'; text: string; line: number } | { kind: 'refused'; why: string };

/** Adds feeds at the end of the list in a `planet.yaml`. Only adds lines. Refuses a list in brackets, with a sentence. */
export function withFeeds(text: string, feeds: readonly FeedLines[]): Edited {
  const place = placeIn(text);
  if (typeof place === 'string') return { kind: 'refused', why: place };
  const { at, end, indent, spaced, opening } = place;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text.slice(0, at);
  const lines = feeds.flatMap((feed) => [
    ...(spaced ? [''] : []),
    ...feedLines(feed).map((line) => `${indent}${line}`),
  ]);
  const added = [...opening, ...lines].map((line) => `${line}${eol}`).join('');
  const begun = before === '' || before.endsWith('\n') ? before : `${before}${eol}`;
  const line = begun.split('\n').length + opening.length + (spaced ? 1 : 0);
  return { kind: 'text', text: `${begun}${added}${text.slice(end)}`, line };
}

interface Place {
  /** The position of the new lines, and of the text after them. */
  at: number;
  end: number;
  /** The text before each "-". */
  indent: string;
  /** Whether empty lines separate the feeds. */
  spaced: boolean;
  /** Lines to add before the first feed. */
  opening: string[];
}

function placeIn(text: string): Place | string {
  const { contents } = parseDocument(text);
  const pair = isMap(contents) ? contents.items.find(({ key }) => isScalar(key) && key.value === 'feeds') : undefined;
  const fresh = { at: text.length, end: text.length, indent: '  ', spaced: false, opening: ['feeds:'] };
  if (pair === undefined) return fresh;
  if (isSeq(pair.value) && pair.value.items.length > 0) return placeAfter(text, pair.value);
  return placeInEmpty(text, pair);
}

/** After the last feed, and after the indented comments below it. */
function placeAfter(text: string, list: YAMLSeq): Place | string {
  if (list.flow) return 'its feeds are a list in brackets; write each feed on its own lines, beginning with "- "';
  const dash = list.range?.[0] ?? 0;
  const indent = text.slice(text.lastIndexOf('\n', dash - 1) + 1, dash);
  const [first, second] = list.items.map(rangeOf);
  const last = rangeOf(list.items.at(-1));
  const at = afterNotes(text, lineAfter(text, last.end), indent.length);
  const spaced =
    first !== undefined && second !== undefined && /\n[ \t]*\r?\n/.test(text.slice(first.end - 1, second.begin));
  return { at, end: at, indent, spaced, opening: [] };
}

/** For `feeds:` without items, or `feeds: []`, whose brackets are removed. */
function placeInEmpty(text: string, { key, value }: Pair): Place {
  const colon = text.indexOf(':', rangeOf(key).end) + 1;
  const brackets = isSeq(value) ? rangeOf(value) : { begin: colon, end: colon };
  const at = lineAfter(text, brackets.end);
  const note = text.slice(brackets.end, at).trim();
  if (!isSeq(value)) return { at, end: at, indent: '  ', spaced: false, opening: [] };
  const start = text.lastIndexOf('\n', brackets.begin) + 1;
  return { at: start, end: at, indent: '  ', spaced: false, opening: [`feeds:${note === '' ? '' : ` ${note}`}`] };
}

function rangeOf(node: unknown): { begin: number; end: number } {
  const [begin = 0, end = begin] = (isNode(node) && node.range) || [];
  return { begin, end };
}

/** The start of the next line; a value of several lines already ends there. */
function lineAfter(text: string, at: number): number {
  if (text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

function afterNotes(text: string, from: number, indent: number): number {
  const note = new RegExp(`[ \\t]{${indent + 1},}#[^\\n]*(?:\\n|$)`, 'y');
  let at = from;
  for (note.lastIndex = at; note.test(text); note.lastIndex = at) at = note.lastIndex;
  return at;
}
