import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Comments, texts and addresses, which may contain brackets; then the brackets. */
const PART = /\/\*.*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|\burl\(\s*[^"'\s)][^)]*\)|\\.|[{}()[\]]/gs;
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/**
 * A sentence about the first bracket or comment in `theme.css` without its other end; null if there is none. The compiler forgives
 * some, and gives no line of this file: it joins all sheets before.
 */
export function themeMistake(folder: string): string | null {
  const path = join(folder, 'theme.css');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const open: { sign: string; index: number }[] = [];
  const at = (index: number, what: string) => {
    const lines = text.slice(0, index).split('\n');
    return `theme.css:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}: ${what}`;
  };
  for (const { 0: sign, index } of text.matchAll(PART)) {
    if (sign.startsWith('/*') && !/^\/\*.*\*\/$/s.test(sign)) return at(index, 'this comment has no end');
    if (sign in CLOSING) open.push({ sign, index });
    if (!Object.values(CLOSING).includes(sign)) continue;
    const last = open.pop();
    if (last === undefined) return at(index, `this "${sign}" closes nothing`);
    if (CLOSING[last.sign] !== sign) return at(last.index, `this "${last.sign}" is not closed`);
  }
  const [first] = open;
  return first === undefined ? null : at(first.index, `this "${first.sign}" is not closed`);
}
