import { isDeepStrictEqual } from 'node:util';
import slugify from '@sindresorhus/slugify';
import { dayOf } from '../../src/core/dates.ts';
import type { Entry } from '../../src/core/entry.ts';
import { dating, instant } from './dating.ts';
import { type EntryName, keyIn } from './identity/names.ts';
import type { SanitisedEntry } from './sanitised-entry.ts';

/** An entry that the archive does not hold yet: here its date and its place are fixed for good. */
export function createEntry(
  { feed, id, key }: EntryName,
  entry: SanitisedEntry,
  rules: { timezone: string },
  now: Date,
): Entry {
  const { id: _given, published: declared, updated, idPrefix: _, ...said } = entry;
  const dated = dating(declared ?? updated, now);
  const day = dayOf(dated.published, rules.timezone).replaceAll('-', '/');
  const path = `${day}/${[shortSlug(said.title), key].filter(Boolean).join('-')}`;
  const firstSeen = instant(now);
  return {
    feed,
    id,
    path,
    copyOf: null,
    ...dated,
    updated: lastEdit(updated, dated.published, now),
    firstSeen,
    ...said,
    content: contentOf(entry, key),
  };
}

/** The words of a title that fit an address; none are cut in the middle. */
function shortSlug(title: string): string {
  const slug = slugify(title);
  if (slug.length <= 60) return slug;
  const words = slug.slice(0, 61).replace(/-[^-]*$/, '');
  return words.slice(0, 60);
}

/** An edit changes the words, never the place. The very same object where nothing but `updated` moved: some feeds stamp every run. */
export function updateEntry(before: Entry, entry: SanitisedEntry, now: Date, { keepText = false } = {}): Entry {
  const { id: _given, published: _fixed, updated, idPrefix: _, ...said } = entry;
  const { content, summary } = keepText ? before : { ...said, content: contentOf(entry, keyIn(before.path)) };
  const next: Entry = { ...before, ...said, content, summary };
  if (isDeepStrictEqual(next, before)) return before;
  return { ...next, updated: lastEdit(updated, before.published, now) };
}

function lastEdit(updated: Date | null, published: string, now: Date): string | null {
  if (updated === null || updated > now || instant(updated) <= published) return null;
  return instant(updated);
}

function contentOf({ content, idPrefix }: SanitisedEntry, key: string): string {
  return idPrefix === '' ? content : content.replaceAll(idPrefix, key);
}
