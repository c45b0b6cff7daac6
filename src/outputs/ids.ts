import { compare } from '../lib/compare.ts';
import { xmlText } from '../lib/markup.ts';
import { isOurPage } from '../lib/routes.ts';
import type { EntryRecord } from '../model/site.ts';

type Known = Pick<EntryRecord, 'id' | 'path' | 'feed' | 'firstSeen'>;

/**
 * Paths of the entries whose ids do not tell them apart. Whoever was seen first keeps an id: nobody who comes later can
 * take it away, and so no id that a reader has seen ever changes. An id that is an address of ours is nobody's.
 */
export function sharedIds(entries: readonly Known[], site: string): ReadonlySet<string> {
  const firstSeen = [...entries].sort(
    (a, b) => compare(a.firstSeen, b.firstSeen) || compare(a.feed, b.feed) || compare(a.path, b.path),
  );
  const taken = new Set<string>();
  const shared = new Set<string>();
  for (const { id, path } of firstSeen) {
    // As it is printed: ids that differ in what no feed can hold are one.
    const printed = xmlText(id).trim();
    if (printed === '' || taken.has(printed) || isOurPage(printed, site)) shared.add(path);
    taken.add(printed);
  }
  return shared;
}

/** Whether an id is one that Atom can have: an IRI, and of a kind that feed readers know. */
export function isIri(id: string): boolean {
  return IRIS.some((iri) => iri.test(id));
}

const IRIS: readonly RegExp[] = [
  /^https?:\/\/[\w.-]+(?::\d+)?(?:[/?#](?:[\w;/?:@&=+$,.!~*'()-]|%[0-9a-f]{2})*(?:#(?:[\w;/?:@&=+$,.!~*'()-]|%[0-9a-f]{2})*)?)?$/i,
  /^tag:(?:[a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(?:-\d{2}(?:-\d{2})?)?:(?:[\w;/?:@&=+$,.!~*'()-]|%[0-9a-f]{2})*(?:#(?:[\w;/?:@&=+$,.!~*'()-]|%[0-9a-f]{2})*)?$/,
  /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^urn:(?!uuid:)[a-z0-9][a-z0-9-]{1,31}:(?:[a-z0-9()+,.:=@;$_!*'-]|%[0-9a-f]{2})+$/i,
];
