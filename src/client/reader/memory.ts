import { choices } from '../../core/choices.ts';

/** The browser's own storage, which some refuse: then nothing is remembered, and all else works. Nothing is sent anywhere. */
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
    // A reader who wants no storage has it so.
  }
}

/** What is clicked is remembered: `firstPaint` leads there from the front page, the next time. */
export function rememberDensity(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.density a')) {
    const choose = () => writeSetting(choices.density, link.dataset['choice'] ?? 'full');
    link.addEventListener('click', choose);
    link.addEventListener('auxclick', choose);
  }
}
