import { withoutUser } from '../../../src/core/web-address.ts';
import type { Imported } from './imported.ts';

export const OTHER_LISTS = 'other lists of feeds: import each file separately';

/** Settings that could not be converted, or only in part: one line for each kind, with all its places. */
export class Losses {
  readonly #kinds = new Map<string, Set<string>>();

  add(what: string, where: string): void {
    const places = this.#kinds.get(what) ?? new Set();
    // A feed without a name is named by its address.
    this.#kinds.set(what, places.add(withoutUser(where)));
  }

  /** `face (3: Ada, Bob, Eve): …`. */
  lines(): string[] {
    return [...this.#kinds].map(([what, places]) => {
      return `${what} (${places.size > 3 ? `${places.size}: ` : ''}${[...places].join(', ')})`;
    });
  }
}

export function losses({ losses: lost }: Imported): string[] {
  const lines = lost.lines();
  return lines.length === 0 ? [] : ['Not converted, or only in part:', ...lines.map((line) => `  - ${line}`)];
}
