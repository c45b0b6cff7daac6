import { xmlText } from '../core/clean-text.ts';
import { isOurPage } from '../core/paths.ts';
import type { EntryRecord } from '../core/records.ts';
import { compareText } from '../core/text.ts';

type Known = Pick<EntryRecord, 'id' | 'path' | 'feed' | 'firstSeen'>;

/**
 * The paths of entries whose id also belongs to another entry. The one that was seen first keeps the id, so that no
 * published id ever changes. An id that is an address of this planet belongs to no entry.
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
    .filter(({ id }) => twice.has(printedId(id)))
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

/** An id without characters that XML cannot contain: ids that differ only in those are equal. */
function printedId(id: string): string {
  return xmlText(id).trim();
}

/** Whether an id is valid in Atom: an IRI with a scheme that feed readers know. */
export function isIri(id: string): boolean {
  return IRIS.some((iri) => iri.test(id));
}

const IRIS: readonly RegExp[] = [
  /^https?:\/\/[\w.-]+(?::\d+)?(?:[/?#](?:[\w;/?:@&=+$,.!~*'()-]|%[0-9a-f]{2})*(?:#(?:[\w;/?:@&=+$,.!~*'()-]|%[0-9a-f]{2})*)?)?$/i,
  /^tag:(?:[a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(?:-\d{2}(?:-\d{2})?)?:(?:[\w;/?:@&=+$,.!~*'()-]|%[0-9a-f]{2})*(?:#(?:[\w;/?:@&=+$,.!~*'()-]|%[0-9a-f]{2})*)?$/,
  /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^urn:(?!uuid:)[a-z0-9][a-z0-9-]{1,31}:(?:[a-z0-9()+,.:=@;$_!*'-]|%[0-9a-f]{2})+$/i,
];
