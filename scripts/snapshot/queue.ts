import type { FeedConfig } from '../../src/core/planet.ts';

/** The number of calls that run at the same time: in all, and for one host. */
interface Turns {
  atOnce: number;
  perHost: number;
}

/** Calls `work` for each item, in their order as far as the limits allow. Returns the results in the order of the items. */
export async function runInTurns<T, R>(
  items: readonly T[],
  hostOf: (item: T) => string,
  work: (item: T) => Promise<R>,
  { atOnce, perHost }: Turns = { atOnce: 8, perHost: 1 },
): Promise<R[]> {
  const waiting = items.map((item, place) => ({ item, place, host: hostOf(item) }));
  const busy = new Map<string, number>();
  const results: R[] = [];
  const worker = async (): Promise<void> => {
    for (;;) {
      const next = waiting.findIndex(({ host }) => (busy.get(host) ?? 0) < perHost);
      // The workers that are busy with these hosts take the remaining items.
      if (next === -1) return;
      const [turn] = waiting.splice(next, 1);
      if (!turn) return;
      busy.set(turn.host, (busy.get(turn.host) ?? 0) + 1);
      results[turn.place] = await work(turn.item);
      busy.set(turn.host, (busy.get(turn.host) ?? 1) - 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
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

/** The key of a feed for `runInTurns`: its host, or its id for a file, which waits for no other. */
export function hostKey({ id, url }: FeedConfig): string {
  return URL.canParse(url) ? new URL(url).host : id;
}
