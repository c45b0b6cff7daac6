import * as messages from 'planet-messages/reader';
import { readSetting, writeSetting } from './memory.ts';
import { step, turn } from './steps.ts';

let dialog: HTMLDialogElement | undefined;

/** A list of the keys, made when it is first asked for, with the switch that turns them off. */
function showHelp(): void {
  dialog ??= make();
  dialog.showModal();
}

function make(): HTMLDialogElement {
  const made = document.createElement('dialog');
  made.className = 'keymap';
  made.setAttribute('aria-labelledby', 'keys-help');
  const title = element('h2', messages.keys);
  title.id = 'keys-help';
  const list = document.createElement('dl');
  for (const [key, { does }] of Object.entries(keys)) {
    const term = document.createElement('dt');
    term.append(element('kbd', key));
    list.append(term, element('dd', does));
  }
  const close = element('button', messages.close);
  close.addEventListener('click', () => made.close());
  made.append(title, list, theSwitch(), close);
  document.body.append(made);
  return made;
}

function theSwitch(): HTMLElement {
  const label = element('label', ` ${messages.listen}`);
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.checked = readSetting(KEYS) !== 'off';
  box.addEventListener('change', () => writeSetting(KEYS, box.checked ? 'on' : 'off'));
  label.prepend(box);
  return label;
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, text: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/** Where it says `off`, single keys do nothing (WCAG 2.1.4). */
const KEYS = 'orrery-keys';

/** Every key: what people are told of it, and what it does. */
const keys: Readonly<Record<string, { does: string; run: () => void }>> = {
  j: { does: messages.j, run: () => step(1) },
  k: { does: messages.k, run: () => step(-1) },
  o: { does: messages.o, run: () => open() },
  n: { does: messages.n, run: () => turn(1) },
  p: { does: messages.p, run: () => turn(-1) },
  '/': { does: messages.search, run: () => search() },
  '?': { does: messages.keys, run: () => showHelp() },
};

export function listenForKeys(): void {
  offerHelp();
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector('dialog[open]') || readSetting(KEYS) === 'off') return;
    const key = keys[event.key];
    if (key === undefined) return;
    event.preventDefault();
    key.run();
  });
}

/** A way to the list of keys for who has none at hand. */
function offerHelp(): void {
  const button = Object.assign(document.createElement('button'), { className: 'keys', textContent: messages.keys });
  button.addEventListener('click', () => showHelp());
  const item = document.createElement('li');
  item.append(button);
  document.querySelector('.foot ul')?.append(item);
}

/** A click on its field opens the search over a page; on its own page the field is all. */
function search(): void {
  const field = document.querySelector<HTMLInputElement>('input[type=search]');
  field?.focus();
  field?.click();
}

function open(): void {
  document.activeElement?.closest('article, li')?.querySelector<HTMLElement>('a.title')?.click();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
