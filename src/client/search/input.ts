import type { Parts } from './search-form.ts';

/** Milliseconds: avoids a search for every letter, without a noticeable delay. */
const PAUSE_IN_TYPING = 150;

/** Calls `typed` at a pause in typing, and `chosen` when a filter or the order changes. The arrow keys move the focus. */
export function listen(parts: Parts, typed: () => void, chosen = typed): void {
  const { form, words } = parts;
  let typing: ReturnType<typeof setTimeout> | undefined;
  words.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(typed, PAUSE_IN_TYPING);
  });
  // Enter starts the search at once: a second search would undo later actions of the reader.
  form.addEventListener('submit', () => clearTimeout(typing));
  form.addEventListener('change', ({ target }) => {
    // Not for the text fields that find a filter.
    if ((target as HTMLInputElement).type !== 'search') chosen();
  });
  form.addEventListener('keydown', (event) => walk(parts, event));
}

/** Moves the focus with the arrow keys between the search field and the results. */
function walk({ words, list }: Parts, event: KeyboardEvent): void {
  const stops: HTMLElement[] = [words, ...list.querySelectorAll('a')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const step = Number(event.key === 'ArrowDown') - Number(event.key === 'ArrowUp');
  const to = stops[at + step];
  if (step === 0 || at < 0 || !to || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  to.focus();
  to.closest('li')?.scrollIntoView({ block: 'nearest' });
}
