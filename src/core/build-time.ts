/** The time of a build. Answers only compare it, so that the build knows how long they stay as they are. */
export interface BuildTime {
  /** In milliseconds since 1970, as all times here. */
  now: number;
  /** Whether this time is not later than the build. */
  hasCome: (time: number) => boolean;
  /** The first of the later times that were compared; Infinity if there is none. */
  next: () => number;
}

export function buildTime(now: number): BuildTime {
  let next = Number.POSITIVE_INFINITY;
  const hasCome = (time: number) => {
    if (time > now) next = Math.min(next, time);
    return time <= now;
  };
  return { now, hasCome, next: () => next };
}
