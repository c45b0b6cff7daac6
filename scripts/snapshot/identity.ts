import { createHash } from 'node:crypto';
import type { FeedEntry } from './document.ts';

/** What an entry is known by inside its feed: its own id, else its link, else its words. Never empty. */
export function idOf(entry: FeedEntry): string {
  const given = entry.id || entry.url;
  if (given) return given;
  const words = [entry.title, entry.published?.toISOString() ?? entry.content?.html ?? ''];
  return `urn:sha256:${digest(words)}`;
}

/** Ten letters and digits that stand for (feed id, entry id): the end of its permalink, the start of its HTML ids. */
export function keyOf(feed: string, id: string): string {
  return digest([feed, id]).slice(0, 10);
}

function digest(words: string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex');
}
