export type BuildTime = ReturnType<typeof buildTime>;

/** The time of a build. Answers compare times with it by `hasCome`, so that the build knows how long they stay the same. */
export function buildTime(now: number) {
  let next = Number.POSITIVE_INFINITY;
  return {
    /** In milliseconds since 1970, as all times here. */
    now,
    /** Whether this time is not later than the build. */
    hasCome: (time: number) => {
      if (time > now) next = Math.min(next, time);
      return time <= now;
    },
    /** The first of the later times that were compared; Infinity if there is none. */
    next: () => next,
  };
}
