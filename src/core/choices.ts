/** What a reader has chosen, under these names in the browser's own storage, and nowhere else. */
export const choices = { scheme: 'orrery-scheme', density: 'orrery-density' } as const;
