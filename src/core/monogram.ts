import { letterOf } from './first-letter.ts';
import { nameKey } from './name-lists.ts';

/** The number of colours for avatars without a picture: `.tone-0` to `.tone-11` in `src/styles/avatar.css`. */
export const TONES = 12;

/** The avatar of a person or feed without a picture: the first letter of the name, and a colour that depends only on the name. */
export function monogramOf(name: string): { letter: string; tone: number } {
  return { letter: letterOf(name.normalize('NFC')).toUpperCase(), tone: hashOf(nameKey(name)) % TONES };
}

/** The hash FNV-1a: similar names have different hashes. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  // The lowest bits alone are badly distributed.
  return (hash ^ (hash >>> 15)) >>> 0;
}
