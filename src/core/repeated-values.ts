import type { z } from 'astro/zod';

export function refuseTwice(languages: readonly unknown[], ctx: z.RefinementCtx): void {
  const places = languages.map((language, index): Place => ({ value: lowered(language), path: [index] }));
  refuseRepeats(places, ctx, () => 'is in the list already');
}

export function refuseSharedIds(feeds: readonly { id?: unknown; url?: unknown }[], ctx: z.RefinementCtx): void {
  for (const key of ['id', 'url'] as const) {
    const places = feeds.map((feed, index): Place => ({ value: feed?.[key], path: [index, key] }));
    refuseRepeats(places, ctx, (first) => `feeds[${first}] has the same value; each feed needs its own`);
  }
}

export function refuseSharedNames(
  authors: readonly { name?: unknown; aliases?: unknown }[],
  ctx: z.RefinementCtx,
): void {
  const places = authors.flatMap((author, index): Place[] => {
    const aliases = Array.isArray(author?.aliases) ? author.aliases : [];
    const others = aliases.map((alias, at): Place => ({ value: lowered(alias), path: [index, 'aliases', at] }));
    return [{ value: lowered(author?.name), path: [index, 'name'] }, ...others];
  });
  refuseRepeats(places, ctx, (first) => `is a name of authors[${first}] too`);
}

/** A value in a list, and its path, which begins with the index of the item. */
type Place = { value: unknown; path: [index: number, ...keys: PropertyKey[]] };

function refuseRepeats(places: readonly Place[], ctx: z.RefinementCtx, message: (first: number) => string): void {
  const owners = new Map<string, number>();
  for (const { value, path } of places) {
    if (typeof value !== 'string') continue;
    const first = owners.get(value);
    if (first === undefined) owners.set(value, path[0]);
    else if (first !== path[0]) ctx.addIssue({ code: 'custom', path, message: message(first) });
  }
}

function lowered(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
