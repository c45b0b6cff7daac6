/** The search over a page. Fetched when somebody first opens it (open.ts), and told of each time. */

import * as messages from 'planet-messages/search?html';
import styles from '../../styles/search.css?url';
import { dropFilters, onChange, onPause, walkByArrows } from './input.ts';
import { searchIn } from './results.ts';
import { fill, part } from './search-form.ts';

const opener = part<HTMLInputElement>(document, '.bar .find input');
const action = opener.form?.action ?? '';

function make(): HTMLDialogElement {
  const dialog = Object.assign(document.createElement('dialog'), { className: 'over' });
  dialog.innerHTML = `<form class="search" role="search" method="get" autocomplete="off">
    <div class="find"><input type="search" name="q" aria-label="${messages.words}" enterkeyhint="search" autofocus>
      <button type="submit">${messages.search}</button></div>
    <button type="button" class="close" aria-label="${messages.close}">×</button>
    <p class="lede" role="status">${messages.hint}</p></form>`;
  const form = part<HTMLFormElement>(dialog, 'form');
  dialog.setAttribute('aria-label', part(form, 'button').textContent);
  form.action = action;
  const base = new URL('..', action).pathname;
  const parts = fill(form, base);
  const search = searchIn(parts, { base });
  const ask = () => void search.answer(search.asked());
  onPause(parts.words, ask);
  onChange(parts, ask);
  dropFilters(parts, ask);
  walkByArrows(parts);
  closes(dialog);
  search.warm();
  return dialog;
}

function closes(dialog: HTMLDialogElement): void {
  part(dialog, '.close').addEventListener('click', () => dialog.close());
  // A field for searches would keep the first Esc for itself.
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
}

/** Unstyled it would be worse than late. */
function styled(): Promise<unknown> {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: styles });
  const loaded = new Promise((done) => {
    link.onload = done;
    link.onerror = done;
  });
  document.head.append(link);
  return loaded;
}

const dialog = make();
const ready = styled().then(() => document.body.append(dialog));

opener.addEventListener('open-search', async () => {
  await ready;
  if (!dialog.open) dialog.showModal();
  const field = part<HTMLInputElement>(dialog, 'input[name="q"]');
  field.focus();
  if (opener.value === '') return field.select();
  // Typed before this was here; the next letter comes after it.
  field.value = opener.value;
  opener.value = '';
  field.dispatchEvent(new Event('input'));
});
