import { xmlText } from '../core/clean-text.ts';
import { isOurPage } from '../core/paths.ts';
import { compareText } from '../core/periods.ts';
import type { EntryRecord } from '../core/records.ts';

type Known = Pick<EntryRecord, 'id' | 'path' | 'feed' | 'firstSeen'>;

/**
 * Paths of the entries whose ids do not tell them apart. Whoever was seen first keeps an id: nobody who comes later can
 * take it away, and so no id that a reader has seen ever changes. An id that is an address of ours is nobody's.
 */
export function sharedIds(entries: readonly Known[], site: string): ReadonlySet<string> {
  const shared = new Set<string>();
  const taken = new Set<string>();
  const twice = new Set<string>();
  for (const { id, path } of entries) {
    const printed = printedId(id);
    if (printed === '' || isOurPage(printed, site)) shared.add(path);
    if (taken.has(printed)) twice.add(printed);
    taken.add(printed);
  }
  const firstSeen = entries
    .filter(({ id }) => twice.size > 0 && twice.has(printedId(id)))
    .sort(
      (a, b) => compareText(a.firstSeen, b.firstSeen) || compareText(a.feed, b.feed) || compareText(a.path, b.path),
    );
  const owned = new Set<string>();
  for (const { id, path } of firstSeen) {
    const printed = printedId(id);
    if (owned.has(printed)) shared.add(path);
    owned.add(printed);
  }
  return shared;
}

/** Ids that differ in what no feed can hold are one. */
function printedId(id: string): string {
  return xmlText(id).trim();
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
