import { escapeText } from '../../../src/core/clean-text.ts';
import { plainText } from '../sanitise/parsed-html.ts';
import { closers, firstUnfinished, isComplete, isEntry, isRestart, OpenElements } from './nesting.ts';

/** Parts of markup. All but the last are sticky, so that a repair takes linear time. */
const NAME = /[A-Za-z_][\w.:-]*/y;
const ATTRIBUTE = /[\s/]*([^\s=<>/"'&]+)(?:\s*=\s*(?:"([^"<]*)"|'([^'<]*)'|([^\s<>"']+)))?/y;
const BRACKET = /\s*>/y;
const REFERENCE = /&(#\d{1,7}|#x[\da-f]{1,6}|[a-z][\w.-]{0,40});/iy;
const MARK = /[<&]/g;
/** Characters, more than a link, an id or a date has with markup in it. */
const LONGEST_LEAF = 2000;
const XML_ENTITIES = new Set(['lt', 'gt', 'amp', 'quot', 'apos']);

/**
 * Escapes a lone `&` or `<`, fills in HTML's entities, quotes attributes, and closes open tags with their parent. `partial`: the
 * document ends in the middle; then only entries with their own end tag are in the text.
 */
export function repair(text: string) {
  const out: string[] = [];
  const open = new OpenElements();
  let at = 0;
  // Text after the outermost element is no part of the feed.
  while (at < text.length && (open.names.length > 0 || out.length === 0)) {
    const next = matchAt(MARK, text, at)?.index ?? text.length;
    if (next > at && open.names.length > 0) out.push(text.slice(at, next));
    if (next === text.length) break;
    at = text[next] === '&' ? reference(text, next, out, open) : markup(text, next, out, open);
  }
  const partial = open.names.length > 0 && !isComplete(open);
  if (partial) dropUnfinished(out, open);
  while (open.names.length > 0) out.push(`</${open.names.pop()}>`);
  return { text: out.join(''), partial };
}

function dropUnfinished(out: string[], open: OpenElements): void {
  const first = firstUnfinished(open);
  if (first !== -1) {
    out.length = open.starts[first] ?? 0;
    open.names.length = first;
  }
  for (const [from, to] of open.unended) out.fill('', from, Math.min(to, out.length));
}

function reference(text: string, at: number, out: string[], open: OpenElements): number {
  const found = matchAt(REFERENCE, text, at);
  if (open.names.length > 0) out.push(found ? entity(found[1] ?? '') : '&amp;');
  return at + (found ? found[0].length : 1);
}

/** The entity as XML: known to XML, or filled in; an unknown one becomes text. */
function entity(name: string): string {
  if (XML_ENTITIES.has(name)) return `&${name};`;
  const value = plainText(`&${name};`);
  return value === '\ufffd' ? '' : escapeText(value);
}

function markup(text: string, at: number, out: string[], open: OpenElements): number {
  if (text.startsWith('<![CDATA[', at)) return cdata(text, at, out, open);
  if (text.startsWith('<!--', at)) return indexAfter(text, '-->', at + 4, open);
  if (text.startsWith('<?', at)) return indexAfter(text, '?>', at + 2, open);
  if (/^<![A-Za-z]/.test(text.slice(at, at + 3))) return indexAfter(text, '>', at + 2, open);
  if (text[at + 1] === '/') return endTag(text, at, out, open);
  return startTag(text, at, out, open);
}

/** The position after `end`. Markup without an end stops at once, to keep the rest of the feed, unless the end of the feed is missing too. */
function indexAfter(text: string, end: string, at: number, open: OpenElements): number {
  const found = open.endless.has(end) ? -1 : text.indexOf(end, at);
  if (found !== -1) return found + end.length;
  open.endless.add(end);
  return rootEndsAfter(text, at, open) ? at : text.length;
}

function cdata(text: string, at: number, out: string[], open: OpenElements): number {
  const end = indexAfter(text, ']]>', at + 9, open);
  if (open.names.length > 0 && text.startsWith(']]>', end - 3)) out.push(text.slice(at, end));
  return end;
}

/** Whether the end tag of the outermost element is after `at`. True before that element begins. */
function rootEndsAfter(text: string, at: number, open: OpenElements): boolean {
  const [root] = open.names;
  if (root === undefined) return true;
  open.rootEnd ??= text.lastIndexOf(`</${root}`);
  return open.rootEnd >= at;
}

function endTag(text: string, at: number, out: string[], open: OpenElements): number {
  const name = matchAt(NAME, text, at + 2)?.[0];
  if (name === undefined) return literal(at, out, open);
  const lower = name.toLowerCase();
  const end = at + 2 + name.length;
  // `</title` without its bracket: the text after it does not belong to it.
  const bracket = matchAt(BRACKET, text, end)?.[0] ?? '';
  if (open.counts.get(lower)) {
    while (open.names.length > 0) if (close(out, open, bracket === '' ? '' : lower) === lower) break;
  }
  return end + bracket.length;
}

function startTag(text: string, at: number, out: string[], open: OpenElements): number {
  const name = matchAt(NAME, text, at + 1)?.[0];
  if (name === undefined) return literal(at, out, open);
  const { attributes, end, closed } = attributesAt(text, at + 1 + name.length);
  // The feed ends inside this tag.
  if (end === null && text.indexOf('<', at + 1) === -1) return text.length;
  if (end === null) return literal(at, out, open);
  const lower = name.toLowerCase();
  if (isRestart(lower, open)) return text.length;
  const rest = text.slice(at, at + LONGEST_LEAF);
  for (let count = closers(lower, open, rest); count > 0; count--) close(out, open, '');
  open.starts.push(out.length);
  out.push(`<${name}${attributes}>`);
  open.names.push(name);
  open.counts.set(lower, (open.counts.get(lower) ?? 0) + 1);
  if (closed) close(out, open, lower);
  return end;
}

/** @param ends the name, in lower case, in the end tag at this place; empty without an end tag */
function close(out: string[], open: OpenElements, ends: string): string {
  const name = open.names.pop() ?? '';
  const start = open.starts.pop() ?? 0;
  const lower = name.toLowerCase();
  open.counts.set(lower, (open.counts.get(lower) ?? 1) - 1);
  out.push(`</${name}>`);
  if (lower === 'channel' && ends === lower) open.channelEnd = out.length;
  if (isEntry(lower)) {
    open.entryEnd = out.length;
    if (ends !== lower) open.unended.push([start, out.length]);
  }
  return lower;
}

function literal(at: number, out: string[], open: OpenElements): number {
  if (open.names.length > 0) out.push('&lt;');
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
  const end = /[\s/"'&=]*>/y;
  end.lastIndex = at;
  const tail = end.exec(text)?.[0];
  if (tail === undefined) return { attributes: '', end: null, closed: false };
  const attributes = [...seen].map(([name, value]) => ` ${name}="${attributeValue(value)}"`).join('');
  return { attributes, end: at + tail.length, closed: tail.includes('/') || text[at - 1] === '/' };
}

function attributeValue(value: string): string {
  const withEntities = value.replace(/&(?:(#\d{1,7}|#x[\da-f]{1,6}|[a-z][\w.-]{0,40});)?/gi, (_, name?: string) =>
    name === undefined ? '&amp;' : entity(name),
  );
  return withEntities.replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
