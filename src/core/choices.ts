/** What a reader has chosen, under these names in the browser's own storage, and nowhere else. */
export const SCHEME = 'orrery-scheme';
export const DENSITY = 'orrery-density';
