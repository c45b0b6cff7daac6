import type { FeedDocument, FeedEntry, FeedPerson } from '../snapshot/document.ts';
import { plainText } from '../snapshot/plain-text.ts';
import { sanitise } from '../snapshot/sanitise.ts';

/** A feed for a machine: its entries in document order, nothing dropped, their HTML as it would be shown. */
export function feedJson(feed: FeedDocument): object {
  const { id, title, home: link, description, authors, updated, entries } = feed;
  return { feed: { title, link, description, id, authors: known(authors), updated }, entries: entries.map(entryJson) };
}

function entryJson(entry: FeedEntry): object {
  const { id, url, title, authors, published, updated, content, summary, categories, enclosures } = entry;
  return {
    id: id ?? url ?? enclosures[0]?.url ?? null,
    url,
    title,
    authors: known(authors),
    published,
    updated,
    contentHtml: content && sanitise(content.html, { base: content.base, idPrefix: '', asGiven: true }),
    summary: summary && plainText(summary.html),
    categories,
    enclosures,
  };
}

/** Without those of whom a feed says nothing (`N/A`). */
function known(authors: readonly FeedPerson[]): FeedPerson[] {
  return authors.filter(({ name, email, url }) => name !== '' || email !== undefined || url !== undefined);
}
