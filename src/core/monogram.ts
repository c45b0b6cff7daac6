import { letterOf } from './first-letter.ts';
import { nameKey } from './name-lists.ts';

/** How many colours there are for those who have no picture: `.tone-0` and the others of `src/styles/avatar.css`. */
export const TONES = 12;

/** What stands in for the picture of someone: the first letter of the name, and a colour that is always the same for it. */
export function monogramOf(name: string): { letter: string; tone: number } {
  return { letter: letterOf(name.normalize('NFC')).toUpperCase(), tone: spread(nameKey(name)) % TONES };
}

/** FNV-1a: alike names have different ones. http://www.isthe.com/chongo/tech/comp/fnv/ */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (const sign of text) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  // The lowest bits say too little.
  return (hash ^ (hash >>> 15)) >>> 0;
}
