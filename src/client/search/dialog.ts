/** The search dialog: the form of the search page, over another page. Loaded when a reader first opens it (open-dialog.ts). */
import styles from '../../styles/search.css?url';
import { searchIn } from './results.ts';
import { element, formParts, listen, part } from './search-form.ts';

const opener = part<HTMLInputElement>(document, '.bar .find input');

/** The form of the search page, without its heading. Throws if the page cannot be loaded: then the reader can only open it. */
async function fetchForm(): Promise<HTMLFormElement> {
  const answer = await fetch(opener.form?.action ?? '');
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const form = part<HTMLFormElement>(page, 'form.search');
  const close = part<HTMLElement>(form, '.close');
  const status = part(form, '[role=status]');
  close.hidden = false;
  status.textContent = form.dataset['hint'] ?? '';
  part(form, '.head').replaceWith(part(form, '.find'), close, status);
  return form;
}

/** Loads the style sheet of the dialog. Resolves also if it fails: the dialog works without it. */
function loadStyles(): Promise<unknown> {
  return new Promise((done) => {
    document.head.append(element('link', { rel: 'stylesheet', href: styles, onload: done, onerror: done }));
  });
}

function listenForClosing(dialog: HTMLDialogElement): void {
  const close = () => dialog.close();
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

const [form] = await Promise.all([fetchForm(), loadStyles()]);
const dialog = element('dialog', { className: 'over', ariaLabel: part(form, 'button').textContent }, form);
document.body.append(dialog);
const parts = formParts(form);
const search = searchIn(parts);
listen(parts, () => void search.answer(search.asked()));
listenForClosing(dialog);
search.warm();

opener.addEventListener('open-search', () => {
  if (!dialog.open) dialog.showModal();
  const { words } = parts;
  words.focus();
  if (opener.value === '') return words.select();
  // The text that was typed while this script was loading.
  words.value = opener.value;
  opener.value = '';
  words.dispatchEvent(new Event('input'));
});
