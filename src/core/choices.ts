/** The keys of a reader's choices in the browser's storage. Nothing is sent to a server. */
export const SCHEME = 'orrery-scheme';
/** The chosen river, as `riverKey` writes it: `in/es/titles`. Older versions stored a density, which is valid too. */
export const RIVER = 'orrery-density';
