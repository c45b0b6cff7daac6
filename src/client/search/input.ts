import type { Parts } from './search-form.ts';

/** Up and down through what was found, from the field for the words and back to it. */
export function walkByArrows({ form, words, list }: Parts): void {
  form.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const stops: HTMLElement[] = [words, ...list.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const to = stops[at + step];
    if (step === 0 || at === -1 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    to.focus();
    to.closest('li')?.scrollIntoView({ block: 'nearest' });
  });
}

/** Long enough not to search for every letter, short enough not to be noticed. */
const PAUSE_IN_TYPING = 150;

/** Tells of a pause in typing the words. */
export function onPause(words: HTMLInputElement, tell: () => void): void {
  let typing: ReturnType<typeof setTimeout> | undefined;
  words.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(tell, PAUSE_IN_TYPING);
  });
  // Enter has asked already: asking again would take back what the reader has done since.
  words.form?.addEventListener('submit', () => clearTimeout(typing));
}

/** Tells of another choice among filters and orders; what is typed to find one of them is none. */
export function onChange({ form }: Parts, tell: () => void): void {
  form.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.type !== 'search') tell();
  });
}

/** Where filters leave nothing, one button drops them all. */
export function dropFilters({ form, help }: Parts, tell: () => void): void {
  help.querySelector('.drop button')?.addEventListener('click', () => {
    for (const box of form.querySelectorAll<HTMLInputElement>('[type="checkbox"]')) box.checked = false;
    tell();
  });
}
