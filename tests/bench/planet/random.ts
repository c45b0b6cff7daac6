/** Numbers from 0 to 1 that look random and are the same for the same seeds, on every machine. */
export type Random = () => number;

/** Mulberry32: small, fast, and good enough to be read. */
export function randomOf(...seeds: number[]): Random {
  let state = 0x9e3779b9;
  for (const seed of seeds) state = Math.imul(state ^ seed, 0x85ebca6b) + 0xc2b2ae35;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** Log-normal: the sizes of posts, and how much people write, are many small and few large. */
export function logNormal(random: Random, median: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(spread * normal);
}

/** Draws an index by weight in constant time (Vose's alias method). */
export function byWeight(weights: ArrayLike<number>): (random: Random) => number {
  const size = weights.length;
  const sum = Array.prototype.reduce.call(weights, (total, weight) => Number(total) + Number(weight), 0) as number;
  const share = Float64Array.from(weights, (weight) => (weight * size) / sum);
  const other = new Uint32Array(size);
  const poor: number[] = [];
  const rich: number[] = [];
  share.forEach((each, index) => void (each < 1 ? poor : rich).push(index));
  while (poor.length > 0 && rich.length > 0) {
    const [less, more] = [poor.pop() as number, rich.pop() as number];
    other[less] = more;
    share[more] = (share[more] as number) + (share[less] as number) - 1;
    ((share[more] as number) < 1 ? poor : rich).push(more);
  }
  for (const left of [...poor, ...rich]) share[left] = 1;
  return (random) => {
    const index = Math.floor(random() * size);
    return random() < (share[index] as number) ? index : (other[index] as number);
  };
}
