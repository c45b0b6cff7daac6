import { withoutUser } from '../../../src/core/web-address.ts';
import type { Imported, ImportedFeed } from './imported.ts';

export const OTHER_LISTS = 'other lists of feeds: import each file separately';

/** Settings that could not be converted, or only in part: one line for each kind, with all its places. */
export class Losses {
  readonly #kinds = new Map<string, Set<string>>();

  add(what: string, where: string): void {
    const places = this.#kinds.get(what) ?? new Set();
    // A feed without a name is named by its address.
    this.#kinds.set(what, places.add(withoutUser(where)));
  }

  /** `face (4: Ada, Bob, Eve, Ian)`; if they are many and all, `face (all feeds)`. */
  lines(feeds: readonly Pick<ImportedFeed, 'title' | 'url'>[]): string[] {
    const all = new Set(feeds.map(({ title, url }) => title || withoutUser(url)));
    return [...this.#kinds].map(([what, places]) => {
      if (places.size <= 3) return `${what} (${[...places].join(', ')})`;
      if (places.size === all.size && all.isSubsetOf(places)) return `${what} (all feeds)`;
      return `${what} (${places.size}: ${[...places].join(', ')})`;
    });
  }
}

export function losses({ feeds, losses: lost }: Imported): string[] {
  const lines = lost.lines(feeds);
  return lines.length === 0 ? [] : ['Not converted, or only in part:', ...lines.map((line) => `  - ${line}`)];
}
