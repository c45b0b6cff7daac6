import * as messages from 'planet-messages/reader';
import { readSetting, writeSetting } from './memory.ts';

let dialog: HTMLDialogElement | undefined;

/** Opens the list of keys, with the switch that turns them off. */
function showHelp(): void {
  dialog ??= make();
  dialog.showModal();
}

function make(): HTMLDialogElement {
  const title = element('h2', { id: 'keys-help' }, messages.keys);
  const list = Object.entries(keys).flatMap(([key, { description }]) => [
    element('dt', {}, element('kbd', {}, key)),
    element('dd', {}, description),
  ]);
  const close = element('button', { onclick: () => made.close() }, messages.close);
  const made = element('dialog', { className: 'keymap' }, title, element('dl', {}, ...list), keysSwitch(), close);
  made.setAttribute('aria-labelledby', title.id);
  document.body.append(made);
  return made;
}

function keysSwitch(): HTMLElement {
  const box = element('input', {
    type: 'checkbox',
    checked: readSetting(KEYS) !== 'off',
    onchange: () => writeSetting(KEYS, box.checked ? 'on' : 'off'),
  });
  return element('label', {}, box, ` ${messages.listen}`);
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
}

/** If this setting is `off`, single keys do nothing (https://www.w3.org/TR/WCAG22/#character-key-shortcuts). */
const KEYS = 'orrery-keys';

/** The keys, with their descriptions and actions. */
const keys: Readonly<Record<string, { description: string; run: () => void }>> = {
  j: { description: messages.j, run: () => step(1) },
  k: { description: messages.k, run: () => step(-1) },
  o: { description: messages.o, run: () => open() },
  n: { description: messages.n, run: () => turn(1) },
  p: { description: messages.p, run: () => turn(-1) },
  '/': { description: messages.search, run: () => search() },
  '?': { description: messages.keys, run: () => showHelp() },
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

/** Adds a button for the list of keys, for devices without keyboard. */
function offerHelp(): void {
  const button = element('button', { className: 'keys', onclick: () => showHelp() }, messages.keys);
  document.querySelector('.foot ul')?.append(element('li', {}, button));
}

/** Clicks the search field: that opens the search dialog, except on the search page. */
function search(): void {
  const field = document.querySelector<HTMLInputElement>('input[type=search]');
  field?.focus();
  field?.click();
}

function open(): void {
  document.activeElement?.closest('article, li')?.querySelector<HTMLElement>(TITLES)?.click();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** The titles for `j`, `k` and `o`: those of a river or a list, and the links at the end of an entry's page. */
const TITLES = 'a.title,.leads li a';

/** Focuses the next or previous title, from the focused one or from the scroll position. */
function step(by: 1 | -1): void {
  const titles = [...document.querySelectorAll<HTMLElement>(TITLES)];
  const focused = titles.findIndex((title) => title.closest('article, li')?.contains(document.activeElement));
  const next = focused >= 0 && isInSight(titles[focused]) ? titles[focused + by] : fromScroll(titles, by);
  if (next === undefined) return;
  next.focus({ preventScroll: true });
  (next.closest('article, li') ?? next).scrollIntoView({ block: 'start' });
}

/** Scrolls to the next or previous day; without one, opens the next or previous page. */
function turn(by: 1 | -1): void {
  const days = [...document.querySelectorAll<HTMLElement>('.day')];
  const current = days.findLastIndex((day) => top(day) < innerHeight / 2);
  const back = days[current] && top(days[current]) < -1 ? current : current - 1;
  const day = days.length > 1 ? days[by === 1 ? current + 1 : back] : undefined;
  if (day) day.scrollIntoView({ block: 'start' });
  else document.querySelector<HTMLElement>(`.pager [rel=${by === 1 ? 'prev' : 'next'}]`)?.click();
}

/** Pixels: a title this close to the top of the window counts as the current one. */
const TOLERANCE = 60;

function fromScroll(elements: readonly HTMLElement[], by: 1 | -1): HTMLElement | undefined {
  return by === 1 ? elements.find((each) => top(each) > TOLERANCE) : elements.findLast((each) => top(each) < -1);
}

function top(element: HTMLElement): number {
  return element.getBoundingClientRect().top;
}

function isInSight(element: HTMLElement | undefined): boolean {
  const box = element?.getBoundingClientRect();
  return box !== undefined && box.bottom > 0 && box.top < innerHeight;
}
