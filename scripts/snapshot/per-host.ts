import type { FeedConfig } from '../../src/core/planet.ts';

const AT_ONCE = 8;

/** Calls `work` for each item, one at a time for each host, in their order as far as the limits allow. Returns the results in the order of the items. */
export async function runPerHost<T, R>(
  items: readonly T[],
  hostOf: (item: T) => string,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const waiting = items.map((item, index) => ({ item, index, host: hostOf(item) }));
  const busy = new Set<string>();
  const results: R[] = [];
  const worker = async (): Promise<void> => {
    for (;;) {
      const next = waiting.findIndex(({ host }) => !busy.has(host));
      // The workers that are busy with these hosts take the remaining items.
      if (next === -1) return;
      const [turn] = waiting.splice(next, 1);
      if (!turn) return;
      busy.add(turn.host);
      results[turn.index] = await work(turn.item);
      busy.delete(turn.host);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** Returns a function that runs work on one host after the other; different hosts do not wait for each other. */
export function onePerHost(): <R>(host: string, work: () => Promise<R>) => Promise<R> {
  const last = new Map<string, Promise<unknown>>();
  return (host, work) => {
    const before = last.get(host) ?? Promise.resolve();
    const turn = before.then(work, work);
    last.set(host, turn);
    return turn;
  };
}

/** The key of a feed for `runPerHost`: its host, or its id for a file, which waits for no other. */
export function hostKey({ id, url }: FeedConfig): string {
  return URL.canParse(url) ? new URL(url).host : id;
}
