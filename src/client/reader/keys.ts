import * as messages from 'planet-messages/reader?html';
import { readSetting, writeSetting } from './memory.ts';

let dialog: HTMLDialogElement | undefined;

/** Opens the list of keys, with the switch that turns them off. */
function showHelp(): void {
  dialog ??= make();
  dialog.showModal();
}

function make(): HTMLDialogElement {
  const list = Object.entries(keys).map(
    ([key, { description }]) => `<dt><kbd>${key}</kbd></dt><dd>${description}</dd>`,
  );
  document.body.insertAdjacentHTML(
    'beforeend',
    `<dialog class="keymap" aria-label="${messages.keys}"><h2>${messages.keys}</h2><dl>${list.join('')}</dl><label><input type="checkbox"> ${messages.listen}</label><form method="dialog"><button>${messages.close}</button></form></dialog>`,
  );
  const made = document.body.lastElementChild as HTMLDialogElement;
  const box = made.querySelector('input') as HTMLInputElement;
  box.checked = readSetting(KEYS) !== 'off';
  box.onchange = () => writeSetting(KEYS, box.checked ? 'on' : 'off');
  return made;
}

/** If this setting is `off`, single keys do nothing (https://www.w3.org/TR/WCAG22/#character-key-shortcuts). */
const KEYS = 'orrery-keys';

const keys: Readonly<Record<string, { description: string; run: () => void }>> = {
  j: { description: messages.j, run: () => step(1) },
  k: { description: messages.k, run: () => step(-1) },
  o: { description: messages.o, run: open },
  n: { description: messages.n, run: () => turn(1) },
  p: { description: messages.p, run: () => turn(-1) },
  '/': { description: messages.search, run: search },
  '?': { description: messages.keys, run: showHelp },
};

export function listenForKeys(): void {
  offerHelp();
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typingField(event.target) || document.querySelector('dialog[open]') || readSetting(KEYS) === 'off') return;
    const key = keys[event.key];
    if (key === undefined) return;
    event.preventDefault();
    key.run();
  });
}

/** Adds a button for the list of keys, for devices without keyboard. */
function offerHelp(): void {
  const list = document.querySelector('.foot ul');
  list?.insertAdjacentHTML('beforeend', `<li><button class="keys">${messages.keys}</button></li>`);
  list?.lastElementChild?.addEventListener('click', showHelp);
}

/** Clicks the search field: that opens the search dialog, except on the search page. */
function search(): void {
  // Each page has one.
  const field = document.querySelector('input[type=search]') as HTMLInputElement;
  const { activeElement, URL: address } = document;
  const before = scrollY;
  const preventScroll = field.matches('.bar *');
  field.focus({ preventScroll });
  field.click();
  // The dialog gives the focus back to the field when it closes, and this to the reader's place.
  const back = () => {
    // A result of this page has another place.
    if (document.URL !== address) return;
    field.blur();
    (activeElement as HTMLElement).focus();
    scrollTo(0, before);
  };
  if (preventScroll) addEventListener('close', back, { capture: true, once: true });
}

/** Opens the focused entry, unless the reader has scrolled away from it. */
function open(): void {
  const entry = document.activeElement?.closest('article, li');
  if (isInSight(entry)) entry?.querySelector<HTMLElement>(TITLES)?.click();
}

/** The field in which a key types; null outside fields. */
function typingField(target: EventTarget | null): Element | null {
  return (target as Element).closest('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]');
}

/** The titles for `j`, `k` and `o`: those of a river or a list, and the links at the end of an entry's page. */
const TITLES = 'a.title,.leads li a';

/** Focuses the next or previous title, from the focused one or from the scroll position. */
function step(by: 1 | -1): void {
  const titles = [...document.querySelectorAll<HTMLElement>(TITLES)];
  const focused = titles.findIndex((title) => title.closest('article, li')?.contains(document.activeElement));
  const next = isInSight(titles[focused]) ? titles[focused + by] : fromScroll(titles, by, TOLERANCE);
  next?.focus();
  next?.closest('article, li')?.scrollIntoView();
}

/** Scrolls to the next or previous day; without one, opens the next or previous page. */
function turn(by: 1 | -1): void {
  const days = [...document.querySelectorAll<HTMLElement>('.day')];
  const before = scrollY;
  // At the top of a page its first day is in sight; a day that is alone is the page.
  const day = days[1] && fromScroll(by === 1 ? days.slice(1) : days, by, 1);
  if (day) scrollBy(0, top(day));
  // The last days may be in sight together: then the page does not move.
  if (scrollY === before) document.querySelector<HTMLElement>(`.pager [rel=${by === 1 ? 'prev' : 'next'}]`)?.click();
}

/** Pixels: a title this close to the top of the window counts as the current one. */
const TOLERANCE = 60;

function fromScroll(elements: readonly HTMLElement[], by: 1 | -1, tolerance: number): HTMLElement | undefined {
  return by === 1 ? elements.find((each) => top(each) > tolerance) : elements.findLast((each) => top(each) < -1);
}

function top(element: HTMLElement): number {
  return element.getBoundingClientRect().top;
}

function isInSight(element: Element | null | undefined): boolean {
  const box = element?.getBoundingClientRect();
  return !!box && box.bottom > 0 && box.top < innerHeight;
}
