import { routes } from '../lib/routes.ts';

/** A way to follow the planet. */
export interface Output {
  /** What people call it. */
  name: string;
  /** Media type, for feed discovery. */
  type: string;
  path: string;
}

/** Every feed that the site publishes: for the head of each page and for the page on subscribing. */
export const outputs: readonly Output[] = [{ name: 'RSS', type: 'application/rss+xml', path: routes.rss }];
