import { RIVER } from '../../core/choices.ts';

/** Reads a setting from the browser's storage; null if there is none, or if the reader blocks storage. Nothing is sent. */
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
