import type { FeedConfig } from '../../src/core/planet.ts';

/** How many pieces of work run at the same time: in all, and for one host. */
interface Turns {
  atOnce: number;
  perHost: number;
}

/** Works through the items in their order, as far as the limits let it; the results are in that order too. */
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
      // Whoever keeps this host busy takes the rest of its items.
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

/** Makes work on one host wait for the work on it before; hosts do not wait for each other. */
export function onePerHost(): <R>(host: string, work: () => Promise<R>) => Promise<R> {
  const last = new Map<string, Promise<unknown>>();
  return (host, work) => {
    const before = last.get(host) ?? Promise.resolve();
    const turn = before.then(work, work);
    last.set(host, turn);
    return turn;
  };
}

/** One feed of a host at a time; files take no turns. */
export function hostKey({ id, url }: FeedConfig): string {
  return URL.canParse(url) ? new URL(url).host : id;
}
