/** Characters of the smaller input. */
const SIZE = 4000;
/** How much larger the larger input is. */
export const TIMES = 4;
/** Below this a measurement is mostly noise. A stage whose time grows with the square takes many times as long. */
const NOISE = 15;

/** The processor time of this thread: others of the process collect the garbage of earlier tests meanwhile. */
export function milliseconds(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** How much longer four times the size takes: the least of some tries; 0 where both are too fast to tell. */
export function growth(stage: (text: string) => unknown, shape: (size: number) => string): number {
  const large = shape(SIZE * TIMES);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let tries = 0; tries < 4; tries++) {
    most = Math.min(
      most,
      milliseconds(() => stage(large)),
    );
    if (most < NOISE) return 0;
    const small = shape(SIZE);
    // As often as it makes the sizes equal: some systems count in steps of 4 ms, which is all that one takes.
    const allSmall = milliseconds(() => {
      for (let times = 0; times < TIMES; times++) stage(small);
    });
    least = Math.min(least, allSmall / TIMES);
    if (most / least < 1.5 * TIMES) break;
  }
  return most / least;
}
