import * as colours from 'planet-messages/colours?html';
import * as messages from 'planet-messages/reader?html';
import { listenForKeys } from './keys.ts';
import { RIVER, readSetting, readVisits, SCHEME, visit, writeSetting } from './memory.ts';
// In its own file: most pages have no video.
import videoSwitch from './video-switch.ts?worker&url';

rememberScheme();
rememberRiver();
markFresh();
handleFolds();
listenForKeys();
if (document.querySelector('.still')) void import(/* @vite-ignore */ videoSwitch);

/** Adds the switch for light, dark or the device's setting. Only script can remember the choice. */
function rememberScheme(): void {
  const box = document.querySelector<HTMLElement>('.scheme');
  if (!box) return;
  const circle = 'M8 2.5a5.5 5.5 0 0 1 0 11a5.5 5.5 0 0 1 0-11z';
  const sun =
    'M8 5a3 3 0 1 1 0 6a3 3 0 1 1 0-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1';
  const schemes = [
    { value: 'auto', name: colours.auto, lines: circle, area: 'M8 2.5a5.5 5.5 0 0 1 0 11z' },
    { value: 'light', name: colours.light, lines: sun, area: '' },
    { value: 'dark', name: colours.dark, lines: 'M13.5 9.5A5.8 5.8 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7z', area: '' },
  ];
  box.innerHTML = `<legend class="unseen">${colours.legend}</legend>${schemes
    .map(
      ({ value, name, lines, area }) =>
        `<label title="${name}"><input type="radio" name="scheme" value="${value}"><span class="unseen">${name}</span><svg viewBox="0 0 16 16" aria-hidden="true"><path d="${lines}"/><path class="half" d="${area}"/></svg></label>`,
    )
    .join('')}`;
  const inputs = box.querySelectorAll('input');
  const show = () => {
    const scheme = readSetting(SCHEME) ?? 'auto';
    document.documentElement.dataset['scheme'] = scheme;
    for (const input of inputs) input.checked = input.value === scheme;
  };
  box.onchange = ({ target }) => {
    writeSetting(SCHEME, (target as HTMLInputElement).value);
    show();
  };
  show();
  // The choice may change in another tab, or on a page that the reader comes back from.
  for (const event of ['storage', 'pageshow']) addEventListener(event, show);
}

/** Remembers the clicked density or language: next time, `src/client/first.js` redirects there from the front page. */
function rememberRiver(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-river]')) {
    link.onclick = link.onauxclick = ({ button }) => {
      // Not for the menu of the right button.
      if (button < 2) writeSetting(RIVER, link.dataset['river'] ?? '');
    };
  }
}

/** Marks the entries that are new since the reader's last visit, and shows their number. */
function markFresh(): void {
  const line = document.querySelector<HTMLElement>('.fresh');
  const entries = [...document.querySelectorAll<HTMLElement>('[data-seen]')];
  if (!line || !entries[0]) return;
  const firstSeen = (entry: HTMLElement) => entry.dataset['seen'] ?? '';
  const newest = entries.map(firstSeen).sort().at(-1) ?? '';
  // Several planets may share one host.
  const key = `orrery-visits ${document.querySelector('.brand a')?.getAttribute('href')}`;
  const visits = visit(readVisits(readSetting(key)), newest, Date.now());
  writeSetting(key, JSON.stringify(visits));
  const fresh = entries.filter((entry) => firstSeen(entry) > visits.known);
  for (const entry of fresh) entry.classList.add('new');
  if (fresh.length > 0) line.innerHTML = messages.fresh({ count: fresh.length });
}

/** Unfolds long texts in place. Without script the link below the text opens the entry's page. */
function handleFolds(): void {
  const open = (place: Element) => place.closest('.fold')?.classList.add('open');
  const text = '.fold > .prose';

  addEventListener('click', (event) => {
    const button = (event.target as Element).closest('.unfold');
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // The style sheet changes the text of the link.
    if (!button.parentElement?.classList.toggle('open')) button.closest('article')?.scrollIntoView();
  });

  // The browser's search, or a link, has scrolled to a hidden place: unfold, and stay at that place.
  const reveal = ({ target }: Event) => {
    const element = target as Element;
    const top = element.scrollTop;
    // The document has neither.
    if (top && element.matches(text)) {
      open(element);
      element.scrollTop = 0;
      scrollBy(0, top);
    }
  };
  addEventListener('scroll', reveal, true);

  // Firefox's search selects a hidden place, but does not scroll to it.
  document.addEventListener('selectionchange', () => {
    const selection = getSelection() as Selection;
    const place = selection.anchorNode?.parentElement;
    const around = place?.closest(text);
    if (around && selection.getRangeAt(0).getBoundingClientRect().top > around.getBoundingClientRect().bottom)
      place?.scrollIntoView();
  });

  // The focus of the keyboard in a text unfolds it.
  addEventListener('focusin', ({ target }) => {
    if ((target as Element).matches(`${text} :focus-visible`)) open(target as Element);
  });
}
