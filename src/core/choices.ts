/** What a reader has chosen, under these names in the browser's own storage, and nowhere else. */
export const SCHEME = 'orrery-scheme';
/** The chosen river, as `riverKey` writes it: `in/es/titles`. Older versions stored a density, which is valid too. */
export const RIVER = 'orrery-density';
