/** A string, which may never end, or a comma before a bracket that closes. */
const STRING_OR_COMMA = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|,(?=\s*[\]}])/g;

/** JSON as a value, null where it is none; of JSON that ends in the middle what is whole. What follows its end is no part of it. */
export function readJson(text: string): { value: unknown; partial: boolean } {
  const value = parsed(text);
  if (value !== null) return { value, partial: false };
  const meant = text.replace(STRING_OR_COMMA, mended);
  const { end, closing } = wholeOf(meant);
  return { value: parsed(meant.slice(0, end) + closing), partial: closing !== '' };
}

/** What JSON writes after a backslash. */
const ESCAPES = /^(?:["\\/bfnrt]|u[\da-f]{4})$/i;

/** Line ends, tabs and backslashes within a string are taken for themselves, and a last comma for none. */
function mended(found: string): string {
  if (found === ',') return '';
  return found
    .replace(/\\(u[\da-f]{4}|[\s\S])/gi, (all, after: string) =>
      ESCAPES.test(after) ? all : after === "'" ? after : `\\\\${after}`,
    )
    .replace(/[\0-\x1f]/g, (control) => JSON.stringify(control).slice(1, -1));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Where an object's text ends; where it has no end, the end of the last of its members that is whole, or of the last
 * object that is whole in a list among them, as an entry is, and what closes the text there.
 */
function wholeOf(text: string): { end: number; closing: '' | '}' | ']}' } {
  const closers: string[] = [];
  let whole: { end: number; closing: '}' | ']}' } = { end: 0, closing: '}' };
  for (let at = 0; at < text.length; at++) {
    const mark = text[at];
    if (mark === '"') at = endOfString(text, at);
    else if (mark === '{') closers.push('}');
    else if (mark === '[') closers.push(']');
    else if (mark === ',' && closers.length === 1) whole = { end: at, closing: '}' };
    else if (mark === '}' || mark === ']') {
      if (closers.pop() !== mark) break;
      if (closers.length === 0) return { end: at + 1, closing: '' };
      if (mark === '}' && closers.length === 2 && closers[1] === ']') whole = { end: at + 1, closing: ']}' };
    }
  }
  return whole;
}

/** Where the closing quote is; the end of the text where there is none. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
