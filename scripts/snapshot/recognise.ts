import type { Entry } from '../../src/model/entry.ts';

/** What an entry can be known by. */
interface Traits {
  id: string;
  url: string | null;
  title: string;
  published: Date | string | null;
}

/**
 * Which known entry of the same feed each incoming one is; those that are new have none. By id; and for a feed that changed its ids, by link, then by title and day, among the known entries whose ids the feed
 * does not say any more. Only where exactly one fits on either side: a feed whose entries all link to its front page
 * would else become one entry.
 */
export function recognise<T extends Traits>(known: readonly Entry[], incoming: readonly T[]): Map<T, Entry> {
  const byId = new Map(known.map((entry) => [entry.id, entry]));
  const found = new Map<T, Entry>();
  for (const entry of incoming) {
    const same = byId.get(entry.id);
    if (same) found.set(entry, same);
  }
  const said = new Set(incoming.map(({ id }) => id));
  for (const trait of [linkOf, titleAndDay]) {
    const taken = new Set(found.values());
    const orphans = onlyOnes(
      known.filter((entry) => !said.has(entry.id) && !taken.has(entry)),
      trait,
    );
    const newcomers = onlyOnes(
      incoming.filter((entry) => !found.has(entry)),
      trait,
    );
    for (const [value, entry] of newcomers) {
      const orphan = orphans.get(value);
      if (orphan) found.set(entry, orphan);
    }
  }
  return found;
}

function linkOf({ url }: Traits): string | null {
  return url;
}

function titleAndDay({ title, published }: Traits): string | null {
  if (title === '' || published === null) return null;
  return `${new Date(published).toISOString().slice(0, 10)} ${title}`;
}

/** By trait, the things that alone have it. */
function onlyOnes<T>(things: readonly T[], trait: (thing: T) => string | null): Map<string, T> {
  const groups = Map.groupBy(things, trait);
  const single = [...groups].flatMap(([value, group]) =>
    value !== null && group.length === 1 ? [[value, group[0] as T] as const] : [],
  );
  return new Map(single);
}
