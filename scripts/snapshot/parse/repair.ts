import { escapeText } from '../../../src/core/clean-text.ts';
import { plainText } from '../sanitise/parsed-html.ts';
import { firstUnfinished, impliedEnds, isComplete, isEntry, isRestart, RepairState } from './nesting.ts';
import { indexAfter } from './prolog.ts';

/** Parts of markup. Those that are read at a position are sticky, so that a repair takes linear time. */
const NAME = /[A-Za-z_][\w.:-]*/y;
const ATTRIBUTE = /[\s/]*([^\s=<>/"'&]+)(?:\s*=\s*(?:"([^"<]*)"|'([^'<]*)'|([^\s<>"']+)))?/y;
const TAIL = /[\s/"'&=]*>/y;
const BRACKET = /\s*>/y;
const REFERENCE = /&(#\d{1,7}|#x[\da-f]{1,6}|[a-z][\w.-]{0,40});/iy;
const REFERENCE_OR_SIGN = new RegExp(`${REFERENCE.source}|&`, 'gi');
const MARK = /[<&]/g;
/** Characters, more than a link, an id or a date has with markup in it. */
const LONGEST_LEAF = 2000;
const XML_ENTITIES = new Set(['lt', 'gt', 'amp', 'quot', 'apos']);

/**
 * Escapes a lone `&` or `<`, fills in HTML's entities, quotes attributes, and closes open tags with their parent. `partial`: the
 * document ends in the middle; then only entries with their own end tag are in the text.
 */
export function repair(text: string) {
  const state = new RepairState();
  let at = 0;
  // Text after the outermost element is no part of the feed.
  while (at < text.length && (state.names.length > 0 || state.out.length === 0)) {
    const next = matchAt(MARK, text, at)?.index ?? text.length;
    if (next > at) state.add(text.slice(at, next));
    if (next === text.length) break;
    at = text[next] === '&' ? reference(text, next, state) : markup(text, next, state);
  }
  const partial = state.names.length > 0 && !isComplete(state);
  if (partial) dropUnfinished(state);
  while (state.names.length > 0) state.out.push(`</${state.names.pop()}>`);
  return { text: state.out.join(''), partial };
}

function dropUnfinished(state: RepairState): void {
  const first = firstUnfinished(state);
  if (first !== -1) {
    state.out.length = state.starts[first] ?? 0;
    state.names.length = first;
  }
  for (const [from, to] of state.unended) state.out.fill('', from, Math.min(to, state.out.length));
}

// Each of the following reads the markup at a position, and returns the position after it.

function reference(text: string, at: number, state: RepairState): number {
  const found = matchAt(REFERENCE, text, at);
  state.add(found ? entity(found[1] ?? '') : '&amp;');
  return at + (found ? found[0].length : 1);
}

/** The entity as XML: known to XML, or filled in; an unknown one becomes text. */
function entity(name: string): string {
  if (XML_ENTITIES.has(name)) return `&${name};`;
  const value = plainText(`&${name};`);
  return value === '\ufffd' ? '' : escapeText(value);
}

function markup(text: string, at: number, state: RepairState): number {
  if (text.startsWith('<![CDATA[', at)) return cdata(text, at, state);
  if (text.startsWith('<!--', at)) return markupEnd(text, '-->', at + 4, state);
  if (text.startsWith('<?', at)) return markupEnd(text, '?>', at + 2, state);
  if (/^<![A-Za-z]/.test(text.slice(at, at + 3))) return markupEnd(text, '>', at + 2, state);
  return text[at + 1] === '/' ? endTag(text, at, state) : startTag(text, at, state);
}

/** The position after `end`. Markup without an end stops at once, to keep the rest of the feed, unless the end of the feed is missing too. */
function markupEnd(text: string, end: string, at: number, state: RepairState): number {
  return indexAfter(text, end, at, state.endless) ?? (rootEndsAfter(text, at, state) ? at : text.length);
}

function cdata(text: string, at: number, state: RepairState): number {
  const end = markupEnd(text, ']]>', at + 9, state);
  if (text.startsWith(']]>', end - 3)) state.add(text.slice(at, end));
  return end;
}

/** Whether the end tag of the outermost element is after `at`. True before that element begins. */
function rootEndsAfter(text: string, at: number, state: RepairState): boolean {
  const [root] = state.names;
  if (root === undefined) return true;
  state.rootEnd ??= text.lastIndexOf(`</${root}`);
  return state.rootEnd >= at;
}

function endTag(text: string, at: number, state: RepairState): number {
  const name = matchAt(NAME, text, at + 2)?.[0];
  if (name === undefined) return literal(at, state);
  const lower = name.toLowerCase();
  const end = at + 2 + name.length;
  // `</title` without its bracket: the text after it does not belong to it.
  const bracket = matchAt(BRACKET, text, end)?.[0] ?? '';
  if (state.counts.get(lower)) {
    while (state.names.length > 0) if (close(state, bracket === '' ? '' : lower) === lower) break;
  }
  return end + bracket.length;
}

function startTag(text: string, at: number, state: RepairState): number {
  const name = matchAt(NAME, text, at + 1)?.[0];
  if (name === undefined) return literal(at, state);
  const { attributes, end, closed } = attributesAt(text, at + 1 + name.length);
  // The feed ends inside this tag.
  if (end === null && text.indexOf('<', at + 1) === -1) return text.length;
  if (end === null) return literal(at, state);
  const lower = name.toLowerCase();
  if (isRestart(lower, state)) return text.length;
  const rest = text.slice(at, at + LONGEST_LEAF);
  for (let count = impliedEnds(lower, state, rest); count > 0; count--) close(state, '');
  state.starts.push(state.out.length);
  state.out.push(`<${name}${attributes}>`);
  state.names.push(name);
  state.counts.set(lower, (state.counts.get(lower) ?? 0) + 1);
  if (closed) close(state, lower);
  return end;
}

/** @param ends the name, in lower case, in the end tag at this place; empty without an end tag */
function close(state: RepairState, ends: string): string {
  const name = state.names.pop() ?? '';
  const start = state.starts.pop() ?? 0;
  const lower = name.toLowerCase();
  state.counts.set(lower, (state.counts.get(lower) ?? 1) - 1);
  const length = state.out.push(`</${name}>`);
  if (lower === 'channel' && ends === lower) state.channelEnd = length;
  if (isEntry(lower)) {
    state.entryEnd = length;
    if (ends !== lower) state.unended.push([start, length]);
  }
  return lower;
}

function literal(at: number, state: RepairState): number {
  state.add('&lt;');
  return at + 1;
}

/** The attributes of a tag, and its end; `end` is null if it is no tag. */
function attributesAt(text: string, from: number): { attributes: string; end: number | null; closed: boolean } {
  if (text[from] === '>') return { attributes: '', end: from + 1, closed: false };
  const seen = new Map<string, string>();
  let at = from;
  for (let found = matchAt(ATTRIBUTE, text, at); found; found = matchAt(ATTRIBUTE, text, at)) {
    const [all, name = '', double, single, bare] = found;
    if (/^[A-Za-z_][\w.:-]*$/.test(name) && !seen.has(name)) seen.set(name, double ?? single ?? bare ?? '');
    at += all.length;
  }
  const tail = matchAt(TAIL, text, at)?.[0];
  if (tail === undefined) return { attributes: '', end: null, closed: false };
  const attributes = [...seen].map(([name, value]) => ` ${name}="${attributeValue(value)}"`).join('');
  return { attributes, end: at + tail.length, closed: tail.includes('/') || text[at - 1] === '/' };
}

function attributeValue(value: string): string {
  const withEntities = value.replace(REFERENCE_OR_SIGN, (_, name?: string) =>
    name === undefined ? '&amp;' : entity(name),
  );
  return withEntities.replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
