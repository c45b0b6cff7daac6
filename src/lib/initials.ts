/** Named things under their first letters, in the order they come in; what begins with no letter stands under `#`. */
export function byInitial<T extends { name: string }>(things: readonly T[]): { initial: string; list: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const initial = initialOf(thing.name);
    const list = groups.get(initial);
    if (list) list.push(thing);
    else groups.set(initial, [thing]);
  }
  return [...groups].map(([initial, list]) => ({ initial, list }));
}

/** Without its accents, so that Émile stands with Emma. */
export function initialOf(name: string): string {
  const [first = ''] = name.normalize('NFKD');
  return /\p{L}/u.test(first) ? first.toUpperCase() : '#';
}
