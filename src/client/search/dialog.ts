/** The search dialog: the form of the search page, over another page. Loaded when a reader first opens it (open-dialog.ts). */
import styles from '../../styles/search.css?url';
import { dropFilters, onChange, onPause, walkByArrows } from './input.ts';
import { searchIn } from './results.ts';
import { element, formParts, part } from './search-form.ts';

const opener = part<HTMLInputElement>(document, '.bar .find input');
const action = opener.form?.action ?? '';

/** The form of the search page, without its heading. Throws if the page cannot be loaded: then the reader can only open it. */
async function fetchForm(): Promise<HTMLFormElement> {
  const answer = await fetch(action);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const form = document.adoptNode(part<HTMLFormElement>(page, 'form.search'));
  const close = part<HTMLElement>(form, '.close');
  const status = part(form, '[role="status"]');
  close.hidden = false;
  status.textContent = form.dataset['hint'] ?? '';
  part(form, '.head').replaceWith(part(form, '.find'), close, status);
  return form;
}

async function make(): Promise<HTMLDialogElement> {
  const form = await fetchForm();
  const dialog = element('dialog', { className: 'over', ariaLabel: part(form, 'button').textContent }, form);
  const parts = formParts(form);
  const search = searchIn(parts, { base: new URL('..', action).pathname });
  const ask = () => void search.answer(search.asked());
  onPause(parts.words, ask);
  onChange(parts, ask);
  dropFilters(parts, ask);
  walkByArrows(parts);
  listenForClosing(dialog);
  search.warm();
  return dialog;
}

function listenForClosing(dialog: HTMLDialogElement): void {
  const close = () => dialog.close();
  part(dialog, '.close').addEventListener('click', close);
  // A result may be an entry of the open page.
  addEventListener('hashchange', close);
  // A search field would handle the first Esc itself.
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    close();
  });
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) close();
  });
}

/** Loads the style sheet of the dialog. Resolves also if it fails: the dialog works without it. */
function loadStyles(): Promise<unknown> {
  return new Promise((done) => {
    document.head.append(element('link', { rel: 'stylesheet', href: styles, onload: done, onerror: done }));
  });
}

const dialog = await make();
const ready = loadStyles().then(() => document.body.append(dialog));

opener.addEventListener('open-search', async () => {
  await ready;
  if (!dialog.open) dialog.showModal();
  const field = part<HTMLInputElement>(dialog, 'input[name="q"]');
  field.focus();
  if (opener.value === '') return field.select();
  // The text that was typed while this script was loading.
  field.value = opener.value;
  opener.value = '';
  field.dispatchEvent(new Event('input'));
});
