import { Random } from './random.ts';

/** Longer by hand: `FUZZ=50 FIRST_SEED=1000000 npx vitest run --project unit fuzz` runs fifty times as many cases. */
const times = Number(process.env['FUZZ'] ?? 1);
const firstSeed = Number(process.env['FIRST_SEED'] ?? 1);

/** So many cases: the number of each, and its random numbers. Both are the same in every run. */
export function* seeds(cases: number): Generator<{ seed: number; random: Random }> {
  for (let seed = firstSeed; seed < firstSeed + cases * times; seed++) yield { seed, random: new Random(seed) };
}

/** Milliseconds: a fuzz test runs as long as it was asked to. */
export const FUZZ_TIMEOUT = 120_000 * times;

/** A text with some damage: ranges cut, lost, repeated, moved or taken from another text; characters changed; tokens inserted. */
export function mutated(random: Random, text: string, others: readonly string[], tokens: readonly string[]): string {
  let result = text;
  for (let left = 1 + random.below(6); left > 0; left--)
    result = random.oneOf(MUTATIONS)(random, result, others, tokens);
  return result;
}

type Mutation = (random: Random, text: string, others: readonly string[], tokens: readonly string[]) => string;

const MUTATIONS: readonly Mutation[] = [
  (random, text) => text.slice(0, random.below(text.length + 1)),
  (random, text) => range(random, text, () => ''),
  (random, text) => range(random, text, (part) => part.repeat(2 + random.below(4))),
  (random, text) => range(random, text, (part) => [...part].reverse().join('')),
  (random, text) => {
    const [part, rest] = [text.slice(0, random.below(text.length + 1)), random.below(text.length + 1)];
    return text.slice(rest) + part;
  },
  (random, text, others) => range(random, text, () => range(random, random.oneOf(others), (part) => part)),
  (random, text) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1);
  },
  ...Array.from(
    { length: 3 },
    (): Mutation => (random, text, _, tokens) => {
      const at = random.below(text.length + 1);
      return text.slice(0, at) + random.oneOf(tokens) + text.slice(at);
    },
  ),
];

/** The text with another in place of one range, which is mostly short. */
function range(random: Random, text: string, replace: (part: string) => string): string {
  const from = random.below(text.length + 1);
  const to = from + random.below(random.chance(0.8) ? 20 : text.length + 1);
  return text.slice(0, from) + replace(text.slice(from, to)) + text.slice(to);
}
