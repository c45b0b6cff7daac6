import { type Parts, part } from './search-form.ts';

/** Moves the focus with the arrow keys between the search field and the results. */
export function walkByArrows({ form, words, list }: Parts): void {
  form.addEventListener('keydown', (event) => {
    const step = Number(event.key === 'ArrowDown') - Number(event.key === 'ArrowUp');
    const stops: HTMLElement[] = [words, ...list.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const to = stops[at + step];
    if (step === 0 || at < 0 || !to || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    to.focus();
    to.closest('li')?.scrollIntoView({ block: 'nearest' });
  });
}

/** Milliseconds: avoids a search for every letter, without a noticeable delay. */
const PAUSE_IN_TYPING = 150;

/** Calls `search` at a pause in typing. */
export function onPause(words: HTMLInputElement, search: () => void): void {
  let typing: ReturnType<typeof setTimeout> | undefined;
  words.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(search, PAUSE_IN_TYPING);
  });
  // Enter starts the search at once: a second search would undo later actions of the reader.
  words.form?.addEventListener('submit', () => clearTimeout(typing));
}

/** Calls `search` when a filter or the order changes, but not for the text fields that find a filter. */
export function onChange({ form }: Parts, search: () => void): void {
  form.addEventListener('change', ({ target }) => {
    if ((target as HTMLInputElement).type !== 'search') search();
  });
}

/** The button that removes all filters, for a search without results. */
export function dropFilters({ form, help }: Parts, search: () => void): void {
  part(help, '.drop button').addEventListener('click', () => {
    for (const box of form.querySelectorAll<HTMLInputElement>('[type="checkbox"]')) box.checked = false;
    search();
  });
}
