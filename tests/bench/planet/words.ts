import { between, byWeight, type Random } from './random.ts';

/** As many words as a large archive has. */
const VOCABULARY = 400_000;
/** How often each is said, by its rank: Zipf's law for the words that everybody knows, steeper for names and rarities. */
const KNOWN = 8_000;
const frequency = (rank: number): number => (rank < KNOWN ? 1 / (rank + 2.7) : (1 / KNOWN) * (rank / KNOWN) ** -RARITY);
const RARITY = 1.7;

const SYLLABLES = 'ba be ka ke li lo ma me mi na ne no pa pe ra re ri ro sa se si so ta te ti to va ve vi'
  .concat(
    ' ar er or an en on al el in is as es st th ing tion ly ed ment able pre pro con com de di un inter trans sub',
  )
  .split(' ');

/** The word of a rank: the frequent ones are short. */
export function wordAt(rank: number): string {
  let word = '';
  for (let left = rank + 1; left > 0; left = Math.floor((left - 1) / SYLLABLES.length))
    word += SYLLABLES[(left - 1) % SYLLABLES.length];
  return word;
}

const words = Array.from({ length: VOCABULARY }, (_, rank) => wordAt(rank));
const drawRank = byWeight(Float64Array.from(words, (_, rank) => frequency(rank)));

export function word(random: Random): string {
  return words[drawRank(random)] as string;
}

export function phrase(random: Random, least: number, most: number): string {
  const list = Array.from({ length: between(random, least, most) }, () => word(random));
  return list.join(' ');
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
