import { routes } from '../lib/routes.ts';

/** A format in which the planet, every author and every feed can be followed. */
export interface Output {
  /** What people call it. */
  name: string;
  /** Media type, for feed discovery. */
  type: string;
  /** The planet's own. */
  path: string;
  /** Of what has its page at a path, `/authors/ada/`. */
  of: (page: string) => string;
}

/** Every such format: for the head of each page and for the page on subscribing. */
export const outputs: readonly Output[] = [
  output('RSS', 'application/rss+xml', routes.rss),
  output('Atom', 'application/atom+xml', routes.atom),
  output('JSON Feed', 'application/feed+json', routes.jsonFeed),
];

function output(name: string, type: string, path: string): Output {
  return { name, type, path, of: (page) => `${page}${path.slice(1)}` };
}
