export const ENTRY = '/2026/01/23/mara-okafor-teaching-a-gear-train-to-count-53cca4bdab/';

/** One page of the demo of each kind; the last one is not there. */
export const KINDS: readonly string[] = [
  ...['/', '/excerpts/', '/titles/', '/archive/', '/2026/', '/2026/01/', '/2026/01/23/', '/authors/', '/feeds/'],
  ...['/authors/mara-okafor/', '/feeds/almanac/', '/subscribe/', '/status/', '/about/', '/search/'],
  ...[ENTRY, '/there-is-no-such-page/'],
];
