/** The same function, but computed once for each argument. */
export function memoized<A, T>(compute: (argument: A) => T): (argument: A) => T {
  const results = new Map<A, T>();
  return (argument) => {
    const cached = results.get(argument);
    if (cached !== undefined || results.has(argument)) return cached as T;
    const result = compute(argument);
    results.set(argument, result);
    return result;
  };
}
