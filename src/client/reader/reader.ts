import * as messages from 'planet-messages/reader';
// In its own file: most pages have no film.
import films from './film-switch.ts?worker&url';
import { listenForKeys } from './keys.ts';
import { readSetting, rememberRiver, writeSetting } from './memory.ts';
import { rememberScheme } from './scheme.ts';
import { readVisits, visit } from './visits.ts';

rememberScheme();
rememberRiver();
markFresh();
handleFolds();
listenForKeys();
if (document.querySelector('.still')) void import(/* @vite-ignore */ films);

/** Marks the entries that are new since the reader's last visit, and shows their number. */
function markFresh(): void {
  const line = document.querySelector<HTMLElement>('.fresh');
  const entries = [...document.querySelectorAll<HTMLElement>('[data-seen]')];
  if (line === null || entries.length === 0) return;
  const firstSeen = (entry: HTMLElement) => entry.dataset['seen'] ?? '';
  const newest = entries.map(firstSeen).sort().at(-1) ?? '';
  // Several planets may share one host.
  const key = `orrery-visits ${document.querySelector('.brand a')?.getAttribute('href')}`;
  const visits = visit(readVisits(readSetting(key)), newest, Date.now());
  writeSetting(key, JSON.stringify(visits));
  const fresh = entries.filter((entry) => firstSeen(entry) > visits.known);
  for (const entry of fresh) entry.classList.add('new');
  if (fresh.length > 0) line.textContent = messages.fresh({ count: fresh.length });
}

/** Unfolds long texts in place. Without script the link below the text opens the entry's page. */
function handleFolds(): void {
  const foldOf = (target: EventTarget | null) => (target instanceof Element ? target.closest('.fold') : null);

  addEventListener('click', (event) => {
    const { target, ctrlKey, metaKey, shiftKey } = event;
    const fold = foldOf(target);
    if (!fold || ctrlKey || metaKey || shiftKey || !(target as Element).closest('.unfold')) return;
    event.preventDefault();
    // The style sheet changes the text of the link.
    if (!fold.classList.toggle('open')) fold.closest('article')?.scrollIntoView();
  });

  // The browser's search, or a link, has scrolled to a hidden place: unfold, and stay at that place.
  const reveal = ({ target }: Event) => {
    const fold = foldOf(target);
    const text = fold?.firstElementChild;
    const top = text?.scrollTop;
    if (!fold || !text || !top || text !== target) return;
    fold.classList.add('open');
    text.scrollTop = 0;
    scrollBy({ top, behavior: 'instant' });
  };
  addEventListener('scroll', reveal, { capture: true, passive: true });

  // The focus of the keyboard in a text unfolds it.
  addEventListener('focusin', ({ target }) => {
    if ((target as Element).matches('.fold > .prose :focus-visible')) foldOf(target)?.classList.add('open');
  });
}
