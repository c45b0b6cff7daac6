import type { FeedConfig } from '../../../src/core/planet.ts';

/** What another planet's file says, as far as it has a counterpart here. Nothing in it has been checked yet. */
export interface Imported {
  page: ImportedPage;
  feeds: ImportedFeed[];
  losses: Losses;
}

/** What it says of the planet as a whole. */
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
  /** Empty where the file does not say it. */
  title: string;
  home?: string;
  /** Address of its picture. */
  avatar?: string;
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

/** The words that a regular expression looks for, where it is no more than words; null where it is more. */
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

/** `\bpython\b`, `.*python.*`: what is found anywhere needs no such edges. */
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
