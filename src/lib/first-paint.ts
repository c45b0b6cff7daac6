/** How much of each entry a page of the river shows; the other pages say nothing. */
export type Density = 'full' | 'excerpts' | 'titles';

/** What a reader has chosen, under these names in the browser's own storage, and nowhere else. */
export const choices = { scheme: 'orrery-scheme', density: 'orrery-density' } as const;

/**
 * Runs in `<head>`, before anything is painted: colours must not flash, and who reads titles must not see texts come and go.
 * The policy knows it by its hash, so it is the same on every page. A browser may refuse storage; then nothing is chosen.
 */
export const firstPaint = `try {
const { dataset } = document.documentElement;
const scheme = localStorage.getItem('${choices.scheme}');
if (scheme === 'light' || scheme === 'dark') dataset.scheme = scheme;
const density = localStorage.getItem('${choices.density}');
if (dataset.density === 'full' && (density === 'excerpts' || density === 'titles')) location.replace(density + '/');
} catch {}`;
