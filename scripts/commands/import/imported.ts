import type { FeedConfig } from '../../../src/model/planet.ts';

/** What another planet's file says, as far as it has a counterpart here. Nothing in it has been checked yet. */
export interface Imported {
  page: Page;
  feeds: ImportedFeed[];
  losses: Losses;
}

/** What it says of the planet as a whole. */
export interface Page {
  title?: string;
  site?: string;
  ownerName?: string;
  ownerEmail?: string;
  language?: string;
  timezone?: string;
  hub?: string;
  entries?: string;
  entriesPerFeed?: string;
}

export interface ImportedFeed {
  url: string;
  /** Empty where the file does not say it. */
  title: string;
  home?: string;
  authors?: FeedConfig['authors'];
  include?: string[];
  exclude?: string[];
}

/** What could not be carried over, or only in part: a line for each kind, with where it stood. */
export class Losses {
  readonly #kinds = new Map<string, Set<string>>();

  add(what: string, where: string): void {
    const places = this.#kinds.get(what);
    if (places) places.add(where);
    else this.#kinds.set(what, new Set([where]));
  }

  /** `face (3: Ada, Bob, Eve): …`. */
  lines(): string[] {
    return [...this.#kinds].map(([what, places]) => {
      const named = [...places].slice(0, 3).join(', ');
      return `${what} (${places.size > 3 ? `${places.size}: ${named}, …` : named})`;
    });
  }
}
