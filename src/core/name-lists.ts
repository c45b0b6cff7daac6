import { loweredLine, typedForm } from './clean-text.ts';
import type { AuthorConfig } from './planet.ts';
import { wordSet } from './text.ts';
import { EMAIL } from './web-address.ts';

/** `by` is the kind of separator before it. */
type Piece = { by: 'nothing' | 'end' | 'comma' | 'and' | 'other and' | 'ampersand'; mark: string; text: string };

/** Words for which older versions stored `and`. */
const STORED_AS_AND = '(?:und|et|og|och|ja|és|ve|и)';
const AND_IN_KEY = new RegExp(` ${STORED_AS_AND}(?= )`, 'g');
/** Words for "and" between two names, in lower case. Not those of one Latin letter, which are in names: `José Ortega y Gasset`. */
const AND = String.raw`(?!und\s+zu[mr]?\s|et\s+al)(?:and|AND|${STORED_AS_AND})`;
/** The same; a capital follows where a script has them: `made agus wirawan` is one. */
const OTHER_AND = String.raw`(?:și|şi|və|và|eta|dan|agus|kaj|і|та|και|և|եւ)(?=\s+[\p{Lu}\p{P}\uFFFE\uFFFF])|და|और|आणि|ও|மற்றும்|మరియు|اور|እና|และ|和|与|與|及`;

/** Text in brackets or quotes, which is never split; separators; and single characters. */
const TOKENS = new RegExp(
  [
    String.raw`(\([^()]*\)|\[[^[\]]*\]|<[^<>]*>|"[^"]*"|“[^”]*”)`,
    String.raw`(\s*[;；؛]\s*(?:and\s+)?|\s+\/\s+|\s*[、，]\s*)`,
    String.raw`(\s*,?\s+${AND}\s+)`,
    String.raw`(\s*,?\s+(?:${OTHER_AND})\s+)`,
    String.raw`(\s*,?\s+[&＆]\s+)`,
    String.raw`(\s*[,،፣၊]\s*)`,
    '([^])',
  ].join('|'),
  'gu',
);
const KINDS = ['end', 'and', 'other and', 'ampersand', 'comma'] as const;

function namePieces(text: string): Piece[] {
  const pieces: Piece[] = [{ by: 'nothing', mark: '', text: '' }];
  for (const [all, , ...marks] of text.matchAll(TOKENS)) {
    const kind = KINDS.find((_, index) => marks[index] !== undefined);
    const last = pieces.at(-1);
    if (kind !== undefined) pieces.push({ by: kind, mark: all, text: '' });
    else if (last) last.text += all;
  }
  return pieces.map((piece) => ({ ...piece, text: piece.text.trim() }));
}

/** Degrees and other words that follow a name and a comma. */
const SUFFIXES = wordSet(
  'phd dphil md dds dvm mba ma ba msc bsc mphil llb llm jd esq rn cpa pe jr sr junior senior dr prof ii iii iv 2nd 3rd ' +
    'inc ltd llc llp gmbh co corp sa ag plc pmp mph frs obe mbe cbe kc qc sj op osb ret etal',
);

/** Words of companies, groups and professions: such a part is no second person. */
const ORGANISATION =
  /(?<!\p{L})(?:the|co|company|corp|inc|ltd|llc|gmbh|ag|kg|oy|ab|sons|söhne|brothers|bros|associates|partners?|group|team|staff|editors?|editorial|department|dept|ministry|office|bureau|institute?|university|universität|université|college|school|foundation|association|society|museum|council|committee|community|project|news|magazine|journal|times|blog|podcast|radio|press|media|studios?|labs?|laboratory|research|science|technology|services?|solutions|center|centre|friends|family|others|contributors|writer|author|reporter|correspondent|director|manager|engineer|developer|designer|professor|founder|ceo|cto|cfo|chief|head|president|bộ|institutul|universitatea|kementerian|universitas|інститут|університет|академія|وزارة|وزارت|جامعة|كلية|قسم|معهد|مركز|مؤسسة|شركة|دانشگاه)(?!\p{L})/iu;

const PARTICLES = /^(?:d[aeiou]s?|del|della|der|den|van|von|zu|zur|af|av|al|el|la|le|les|ten|ter|bin|ibn|ben|mac|st)$/u;

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => /\p{L}|\uFFFF|\uFFFE/u.test(word));
}

function isSuffix(text: string, whole: string): boolean {
  const plain = text.toLowerCase().replace(/[\s.()-]/g, '');
  if (SUFFIXES.has(plain) || words(text).every((word) => SUFFIXES.has(word.toLowerCase().replace(/[.()]/g, ''))))
    return true;
  // Initials: `Smith, J. R.`; letters after a name: `Ann Smith, FRCS`.
  return /^(?:\p{Lu}\.[\s-]?){1,4}$/u.test(text) || (/^\p{Lu}{2,5}$/u.test(text) && /\p{Ll}/u.test(whole));
}

/** Whether a text may be a name: few words, and the first one with a capital letter if the script has those. */
function looksLikeName(text: string): boolean {
  const [first = '', ...more] = words(text);
  if (first === '' || more.length > 5) return false;
  return more.length === 0 || !/^\p{Ll}/u.test(first) || PARTICLES.test(first) || text.includes('\uFFFF');
}

/**
 * Splits a list of names: `Ann, Bob, and Cid`, `Ann A / Bob B`, `Ann & Bob Lee`. A text that may be one name stays
 * whole: `Smith, John`, `Ann Smith, PhD`, `Müller & Söhne`, `Ann Smith, Example University`.
 */
export function splitNames(text: string): string[] {
  const chunks = grouped(namePieces(text), ({ by }) => by === 'end');
  return chunks.flatMap(namesOfChunk).flatMap(splitAtSlash);
}

function grouped(pieces: readonly Piece[], begins: (piece: Piece) => boolean): Piece[][] {
  const groups: Piece[][] = [];
  for (const piece of pieces)
    if (begins(piece) || groups.length === 0) groups.push([piece]);
    else groups.at(-1)?.push(piece);
  return groups;
}

/** Whether a name is that of several persons. */
export function isJoint(name: string): boolean {
  return splitNames(name).length > 1;
}

function namesOfChunk(pieces: Piece[]): string[] {
  const parts = withoutRepeats(pieces.filter(({ text }) => text !== ''));
  if (parts.length === 0) return [];
  const marked = parts.filter(({ text }) => EMAIL.test(text));
  // Each address is one person; `Smith, John <…>, Lee, Ann <…>` has two.
  if (marked.length > 1) {
    const alternate =
      parts.length === marked.length * 2 && parts.every(({ text }, at) => EMAIL.test(text) === (at % 2 === 1));
    return alternate ? marked.map((piece) => `${parts[parts.indexOf(piece) - 1]?.text}, ${piece.text}`) : texts(parts);
  }
  // An address begins a new person: `One, b@x.example (Two)`.
  if (parts.some(({ text }) => /^\uFFFF\d+\uFFFF/u.test(text))) return texts(parts);
  const whole = joined(parts);
  const items = rejoined(parts, whole);
  if (items.length < 2 || !items.every(({ text }) => looksLikeName(text))) return [whole];
  const isListed = ({ by }: Piece): boolean => by.endsWith('and');
  if (!items.some(isListed)) return items.length > 2 || items.every(isFull) ? texts(items) : [whole];
  // A comma after the last `and` is part of a name: `Smith, John and Lee, Ann`.
  if (items.at(-1)?.by !== 'comma' || items.every(isFull)) return texts(items);
  return grouped(items, isListed).map(joined);
}

/** `Ann, ANN` is one person. */
function withoutRepeats(pieces: readonly Piece[]): Piece[] {
  const seen = new Set<string>();
  return pieces.filter(({ text }) => {
    const { size } = seen;
    return seen.add(nameKey(text)).size > size;
  });
}

/** Whether a text is a complete name, so that the part after a comma is another one: `Ann Lee`, `@ann`, `김철수`, an address. */
function isFull({ text }: Piece): boolean {
  const isWhole = /^[@\uFFFE]|^[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]{2,}$/u.test(text);
  return isWhole || (words(text).length > 1 && !/^\p{Ll}/u.test(text));
}

function rejoined(pieces: readonly Piece[], whole: string): Piece[] {
  const items: Piece[] = [];
  const isList = pieces.some(({ by, text }) => by === 'comma' && !isSuffix(text, whole));
  for (const piece of pieces) {
    const before = items.at(-1);
    if (before && belongs(before, piece, isList, whole)) before.text = joined([before, piece]);
    else items.push({ ...piece });
  }
  return items;
}

function belongs(before: Piece, { by, text }: Piece, isList: boolean, whole: string): boolean {
  switch (by) {
    case 'nothing':
    case 'end':
      return false;
    case 'comma':
      return isSuffix(text, whole) || ORGANISATION.test(text);
    case 'and':
    case 'other and':
    case 'ampersand': {
      const [one, other] = [words(before.text).length < 2, words(text).length < 2];
      // `Міністерство освіти і науки` is no list: one part has one word, the other more.
      const isOne = { and: false, 'other and': one !== other, ampersand: one || other }[by];
      return (isOne && !isList) || ORGANISATION.test(before.text) || ORGANISATION.test(text);
    }
    default:
      return by satisfies never;
  }
}

/** With `, ` for `,`, and ` and ` for `, and `: stored names have these. */
function joined(pieces: readonly Piece[]): string {
  const markOf = ({ by, mark }: Piece) =>
    by === 'comma' && mark.includes(',') ? ', ' : by === 'other and' ? mark : mark.replace(',', '');
  return pieces.map((piece, index) => (index === 0 ? piece.text : `${markOf(piece)}${piece.text}`)).join('');
}

function texts(pieces: readonly Piece[]): string[] {
  return pieces.map(({ text }) => text);
}

/** Splits `Ann Smith/Bob Lee`, but not `AC/DC` or `/u/ann`. */
function splitAtSlash(text: string): string[] {
  const parts = text.split(/\s*\/\s*/);
  const whole = /[()]/.test(text) || ORGANISATION.test(text);
  return whole || !parts.every((part) => words(part).length > 1 && looksLikeName(part)) ? [text] : parts;
}

/** A key for a name: names that differ only in case, spaces, Unicode form, apostrophes or invisible characters have the same, and `Roe und Co`, which older versions stored with `and`. */
export function nameKey(name: string): string {
  return loweredLine(typedForm(name)).replace(AND_IN_KEY, ' and');
}

/** The `authors` of `planet.yaml`, by the key of each name and alias. */
export type AuthorSettings = ReadonlyMap<string, AuthorConfig>;

/** The name that readers see: by an alias, that of its author. */
export function shownName(name: string, people: AuthorSettings): string {
  return people.get(nameKey(name))?.name ?? name;
}

export function authorsByName(authors: readonly AuthorConfig[]): AuthorSettings {
  return new Map(
    authors.flatMap((author) => [author.name, ...author.aliases].map((name) => [nameKey(name), author] as const)),
  );
}
