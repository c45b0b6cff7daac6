/** How much of each entry a page of the river shows; the other pages say nothing. */
export type Density = 'full' | 'excerpts' | 'titles';

/** What a reader has chosen, under these names in the browser's own storage, and nowhere else. */
export const choices = { scheme: 'orrery-scheme', density: 'orrery-density' } as const;

/**
 * Runs in `<head>`, before anything is painted: colours must not flash, and who reads titles must not see texts come and go.
 * Every page carries it, so it is short. A browser may refuse storage; then nothing is chosen.
 */
export const firstPaint = `try{const{'${choices.scheme}':s,'${choices.density}':t}=localStorage,d=document.documentElement.dataset
if(/^(light|dark)$/.test(s))d.scheme=s
if(d.density=='full'&&/^(excerpts|titles)$/.test(t))location.replace(t+'/')
}catch{}`;

/** By which the policy knows it: it is the one script that stands in a page. A test computes it anew. */
export const firstPaintHash = 'sha256-O632UmYDlptrMEGVc8EmWGGPm9ESN3dNyBJmjb3cXB8=';
