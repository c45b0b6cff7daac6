/** The keys of a reader's choices in the browser's storage, which `src/client/first.js` also reads. Nothing is sent to a server. */
export const SCHEME = 'orrery-scheme';
/** The chosen river, as `riverKey` writes it: `in/es/titles`. Older versions stored a density, which is valid too. */
export const RIVER = 'orrery-density';

/** Reads a setting from the browser's storage; null if there is none, or if the reader blocks storage. */
export function readSetting(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function writeSetting(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The reader blocks storage: nothing is remembered.
  }
}

/** Remembers the clicked density or language: next time, `src/client/first.js` redirects there from the front page. */
export function rememberRiver(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-river]')) {
    const choose = () => writeSetting(RIVER, link.dataset['river'] ?? '');
    link.addEventListener('click', choose);
    link.addEventListener('auxclick', choose);
  }
}
