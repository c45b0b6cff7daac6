import * as messages from 'planet-messages/reader';
import { readSetting, writeSetting } from './memory.ts';
import { readVisits, visit } from './visits.ts';

/** Marks the entries that came since the reader's last visit, and says how many they are. */
export function markFresh(): void {
  const line = document.querySelector<HTMLElement>('.fresh');
  const entries = [...document.querySelectorAll<HTMLElement>('[data-seen]')];
  if (line === null || entries.length === 0) return;
  const seen = (entry: HTMLElement) => entry.dataset['seen'] ?? '';
  const newest = entries.map(seen).sort().at(-1) ?? '';
  // Several planets may stand on one host.
  const key = `orrery-visits ${document.querySelector('.brand a')?.getAttribute('href')}`;
  const visits = visit(readVisits(readSetting(key)), newest, Date.now());
  writeSetting(key, JSON.stringify(visits));
  const fresh = entries.filter((entry) => seen(entry) > visits.known);
  for (const entry of fresh) entry.classList.add('new');
  if (fresh.length > 0) line.textContent = messages.fresh({ count: fresh.length });
}
