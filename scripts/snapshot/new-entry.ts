import { isDeepStrictEqual } from 'node:util';
import slugify from '@sindresorhus/slugify';
import { dayOf, instant } from '../../src/core/dates.ts';
import { Enclosure, type Entry, Person, Source, Still } from '../../src/core/entry.ts';
import type { Planet } from '../../src/core/planet.ts';
import { unknownKeys } from '../../src/core/stored-object.ts';
import { hasMissingValue } from '../../src/core/web-address.ts';
import { dating } from './feed-entry.ts';
import { type EntryIdentity, keyOfPath } from './identity/entry-ids.ts';
import type { SanitisedEntry } from './sanitised-entry.ts';

/** A new entry of the archive. Its date and its path never change from now on. */
export function createEntry(
  { feed, id, key }: EntryIdentity,
  entry: SanitisedEntry,
  { timezone }: Pick<Planet, 'timezone'>,
  now: Date,
): Entry {
  const { id: _given, published: _declared, updated, idPrefix, ...fields } = entry;
  const dated = dating(entry, now);
  const day = dayOf(dated.published, timezone).replaceAll('-', '/');
  const path = `${day}/${[shortSlug(fields.title, 60), key].filter(Boolean).join('-')}`;
  const firstSeen = instant(now);
  return {
    feed,
    id,
    path,
    copyOf: null,
    ...dated,
    updated: lastEdit(updated, dated.published, now),
    firstSeen,
    ...fields,
    content: entry.content.replaceAll(idPrefix, key),
  };
}

/** A slug of at most this many letters, cut between words if it can be. */
export function shortSlug(text: string, length: number, options?: Parameters<typeof slugify>[1]): string {
  const slug = slugify(text, options);
  if (slug.length <= length) return slug;
  const words = slug.slice(0, length + 1).replace(/-[^-]*$/, '');
  return words.slice(0, length);
}

/** Id, path and date stay. The same object if only `updated` differs: some feeds write a new time in every run. */
export function updateEntry(before: Entry, entry: SanitisedEntry, now: Date, { keepText = false } = {}): Entry {
  const { id: _given, published: _fixed, updated, idPrefix, languageBy: _incoming, ...fields } = entry;
  const { languageBy: _before, ...stored } = before;
  const incoming = { ...fields, content: fields.content.replaceAll(idPrefix, keyOfPath(before.path)) };
  const { content, summary } = keepText ? before : incoming;
  // Some servers write both http and https by turns, with their caches: a stored https stays. Other changes may mend a link.
  // So does one before an address that lacks its end, as in a feed of a blog whose software is new: https://github.com/ElianCodes/brutal/pull/124
  const lacksEnd = hasMissingValue(fields.url ?? '') && !hasMissingValue(before.url ?? '');
  const isWorse = fields.url?.replace(/^http:/, 'https:') === before.url || lacksEnd;
  const url = isWorse && before.url !== null ? before.url : fields.url;
  const next: Entry = {
    ...stored,
    ...fields,
    ...mergedParts(before, fields),
    url,
    content,
    summary,
    ...languageAfter(before, { ...entry, content: incoming.content }, content),
  };
  if (isDeepStrictEqual(next, before)) return before;
  // A language that is found later is no edit.
  if (isDeepStrictEqual(withoutLanguage(next), withoutLanguage(before))) return next;
  // Some feeds call their local time GMT: an edit that was seen is never later than now.
  const edited = updated !== null && updated > now ? now : updated;
  return { ...next, updated: lastEdit(edited, before.published, now) };
}

/** An edit that waited, with the id, path and date of the entry as it is stored now; null if none is. */
export function withPlaceOf(before: Entry | undefined, edit: Entry): Entry | null {
  if (before === undefined) return null;
  const { feed, id, path, copyOf, sameBy, published, publishedBy, firstSeen } = before;
  return { ...edit, feed, id, path, copyOf, sameBy, published, publishedBy, firstSeen };
}

function withoutLanguage({ language: _language, languageBy: _by, ...rest }: Entry): Partial<Entry> {
  return rest;
}

/** The parts of an edited entry, with the keys that a newer version has added to them. */
function mergedParts(
  before: Entry,
  { authors, enclosures, still, source }: Pick<Entry, 'authors' | 'enclosures' | 'still' | 'source'>,
): Partial<Entry> {
  return {
    authors: authors.map((person) => {
      const stored = before.authors.find(({ name }) => name === person.name);
      return { ...unknownKeys(Person, stored), ...person };
    }),
    enclosures: enclosures.map((file) => {
      const stored = before.enclosures.find(({ url }) => url === file.url);
      return { ...unknownKeys(Enclosure, stored), ...file };
    }),
    ...(still && { still: { ...unknownKeys(Still, before.still), ...still } }),
    source: source && { ...unknownKeys(Source, before.source), ...source },
  };
}

/**
 * A detected language stays until the feed declares one for the same text: of another text the detector may only be less
 * sure than of the stored one. Entries of older versions get one when their text changes.
 */
function languageAfter(
  before: Entry,
  incoming: Pick<Entry, 'language' | 'languageBy' | 'content'>,
  content: string,
): Pick<Entry, 'language' | 'languageBy'> {
  const isNamed =
    incoming.language !== null && incoming.languageBy === undefined && incoming.content === before.content;
  const isFixed = before.languageBy !== undefined || (before.language === null && content === before.content);
  const { language, languageBy } = isFixed && !isNamed ? before : incoming;
  return languageBy === undefined ? { language } : { language, languageBy };
}

function lastEdit(updated: Date | null, published: string, now: Date): string | null {
  if (updated === null || updated > now || instant(updated) <= published) return null;
  return instant(updated);
}
