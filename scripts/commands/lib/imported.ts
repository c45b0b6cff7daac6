import type { FeedConfig } from '../../../src/core/planet.ts';

/** The settings of another planet that have a counterpart here, not validated. */
export interface Imported {
  page: ImportedPage;
  feeds: ImportedFeed[];
  losses: Losses;
}

/** Its settings for the whole planet. */
export interface ImportedPage {
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
  /** Empty if the file has none. */
  title: string;
  home?: string;
  /** Address of its picture. */
  avatar?: string;
  authors?: FeedConfig['authors'];
  include?: string[];
  exclude?: string[];
}

/** Settings that could not be converted, or only in part: one line for each kind, with the places. */
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

/** The words of a regular expression that is a list of words; null for any other expression. */
export function plainWords(expression: string): string[] | null {
  const bare = withoutEdges(expression.trim().replace(/^\(\?[a-z]+\)/, ''));
  const words = withoutBrackets(bare)
    .split('|')
    .map((part) => wordIn(withoutBrackets(part.trim())));
  return words.length > 0 && words.every((word) => word !== null) ? words : null;
}

function withoutBrackets(expression: string): string {
  const inside = /^\((?:\?:)?(.*)\)$/.exec(expression)?.[1];
  return inside !== undefined && !/[()]/.test(inside) ? inside : expression;
}

/** Without the edges of `\bpython\b` and `.*python.*`: rules find words anywhere. */
function withoutEdges(expression: string): string {
  return expression.replace(/^(?:\\b|\.\*)+|(?:\\b|\.\*)+$/g, '');
}

/** `plone\.org` */
function wordIn(part: string): string | null {
  const bare = withoutEdges(part);
  const literal = bare.replace(/\\([^a-z0-9])/gi, '$1').trim();
  const special = bare.replace(/\\[^a-z0-9]/gi, '');
  return literal === '' || /[.*+?^$()[\]{}\\]/.test(special) ? null : literal;
}
