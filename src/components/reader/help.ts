import { KEYS, keys } from './keys.ts';
import { keep, recall } from './memory.ts';

let dialog: HTMLDialogElement | undefined;

/** A list of the keys, made when it is first asked for, with the switch that turns them off. */
export function showHelp(): void {
  dialog ??= make();
  dialog.showModal();
}

function make(): HTMLDialogElement {
  const made = document.createElement('dialog');
  made.className = 'keymap';
  made.setAttribute('aria-labelledby', 'keys-help');
  const title = element('h2', 'Keys');
  title.id = 'keys-help';
  const list = document.createElement('dl');
  for (const [key, { does }] of Object.entries(keys)) {
    const term = document.createElement('dt');
    term.append(element('kbd', key));
    list.append(term, element('dd', does));
  }
  const close = element('button', 'Close');
  close.addEventListener('click', () => made.close());
  made.append(title, list, theSwitch(), close);
  document.body.append(made);
  return made;
}

function theSwitch(): HTMLElement {
  const label = element('label', ' Listen for these keys');
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.checked = recall(KEYS) !== 'off';
  box.addEventListener('change', () => keep(KEYS, box.checked ? 'on' : 'off'));
  label.prepend(box);
  return label;
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, text: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
