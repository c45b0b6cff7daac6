import { bodyReader } from '../archive/body-reader.ts';
import { type EntryLink, relatedFinder } from '../core/listings.ts';
import { memoized } from '../core/memoized.ts';
import type { AuthorIdentity, EntrySummary, FeedIdentity } from '../core/records.ts';
import { type DisplayedEntry, displayEntry } from '../core/shown.ts';
import { secretParameters, secretRemover } from '../core/web-address.ts';
import type { Words } from '../i18n/words.ts';
import { shortHash } from './answers.ts';
import type { Site } from './read-site.ts';

export interface DisplayContext {
  archive: string;
  days: ReadonlyMap<string, readonly EntrySummary[]>;
  feedById: ReadonlyMap<string, FeedIdentity>;
  authorBySlug: ReadonlyMap<string, AuthorIdentity>;
  words: Words;
}

/** Entries with their texts as pages show them, alone and beside links to related entries, and the hashes of both. */
export function displayedEntries(site: Site, { archive, days, feedById, authorBySlug, words }: DisplayContext) {
  const bodyOf = bodyReader(archive, site.messages['entry.withheld']);
  const secrets = secretParameters(site.planet.feeds.map(({ url }) => url));
  const withoutSecretsIn = secretRemover(secrets);
  const hashOf = entryHasher(feedById, authorBySlug, [secrets, site.lostSites]);
  const recent = new Map<EntrySummary, DisplayedEntry>();
  const displayed = (summary: EntrySummary): DisplayedEntry => {
    const cached = recent.get(summary);
    if (cached !== undefined) return cached;
    const entry = displayEntry(withoutSecretsIn(site.recordOf(summary)), { feedById, authorBySlug, words }, (each) =>
      withoutSecretsIn(bodyOf(each)),
    );
    // The pages of one month ask for the same entries. The limit keeps memory independent of the archive's size.
    const [oldest] = recent.size === RECENT ? recent.keys() : [];
    if (oldest !== undefined) recent.delete(oldest);
    recent.set(summary, entry);
    return entry;
  };
  const relatedTo = relatedFinder(site.listings, days);
  const linkTo = ({ path, day, language, credit }: EntrySummary, noteTitle: () => string): EntryLink => {
    const authors = credit.authors.flatMap((slug) => authorBySlug.get(slug) ?? []).map(({ name }) => ({ name }));
    return { path, day, language, title: credit.title || noteTitle(), authors };
  };
  const readLink = (summary: EntrySummary) => linkTo(summary, () => displayed(summary).title);
  /** The same as text, without reading the archive: an entry without a title counts by its lines. */
  const linkKey = memoized((summary: EntrySummary) => JSON.stringify(linkTo(summary, () => summary.position.hash)));
  const withLeads = (summary: EntrySummary) => {
    const { later, earlier, byAuthor, sameDay } = relatedTo(summary);
    const neighbours = { later: later && readLink(later), earlier: earlier && readLink(earlier) };
    const leads = { ...neighbours, byAuthor: byAuthor.map(readLink), sameDay: sameDay.map(readLink) };
    return { shown: displayed(summary), leads };
  };
  /** Of all entries of a day. */
  const hashWithLeads = (list: readonly EntrySummary[]): string => {
    const parts = list.flatMap((each) => {
      // Others of the same day follow from these and from the entries of the list.
      const { later, earlier, byAuthor } = relatedTo(each, false);
      return [hashOf(each), ...[later, earlier, ...byAuthor].map((lead) => lead && linkKey(lead))];
    });
    return shortHash(parts.join('\n'));
  };
  return { displayed, hashOf, withLeads, hashWithLeads };
}

/** The most entries that are kept with their texts: some tens of megabytes. */
const RECENT = 1_000;

/** Fields without a part of their own in the hash: they come from the lines of the entry, whose hashes `position` has, from its path (`day`) or its feed too (`language`). */
type InLine = 'id' | 'published' | 'publishedBy' | 'firstSeen' | 'day' | 'language' | 'mainPosition';

/** The hash changes if any text about the entry may: with line, rules, other occurrences, and what is `removed` from all: secrets, and links to lost sites. */
function entryHasher(
  feedById: ReadonlyMap<string, FeedIdentity>,
  authorBySlug: ReadonlyMap<string, AuthorIdentity>,
  removed: readonly unknown[],
): (entry: EntrySummary) => string {
  const identityHash = memoized((identity: FeedIdentity | AuthorIdentity | undefined) =>
    shortHash(JSON.stringify(identity ?? null)),
  );
  return memoized((entry) => {
    const { position, path, feed, via, ownedBecause, credit, sharedId } = entry;
    const authors = credit.authors.map((slug) => identityHash(authorBySlug.get(slug)));
    const parts: Record<Exclude<keyof EntrySummary, InLine>, unknown> = {
      ...{ path, ownedBecause, sharedId, position: position.hash },
      feed: identityHash(feedById.get(feed)),
      via: via.map((id) => identityHash(feedById.get(id))),
      credit: { title: credit.title, authors } satisfies Record<keyof EntrySummary['credit'], unknown>,
    };
    return shortHash(JSON.stringify([parts, removed]));
  });
}
