import { forbiddenMarkup } from '../core/body-check.ts';
import { cleanLines, escapeHtml, printable } from '../core/clean-text.ts';
import { limitSpans, withoutTagsInValues } from '../core/html-schema.ts';
import type { EntryRecord } from '../core/records.ts';
import { readBody } from './read-entries.ts';

// Not in read-entries.ts: the check loads a parser, which a snapshot does not need.

type Body = Pick<EntryRecord, 'path' | 'feed' | 'position'>;

/** Reads bodies as safe HTML. The notice, a text, replaces other HTML that somebody wrote into the archive. */
export function bodyReader(archive: string, notice: string): (entry: Body) => string {
  /** The forbidden markup by path, or null: several pages print a body, and it is checked once. */
  const results = new Map<string, string | null>();
  const forbiddenIn = ({ path, feed, position }: Body, html: string): string | null => {
    const checked = results.get(path);
    if (checked !== undefined) return checked;
    const forbidden = forbiddenMarkup(html);
    results.set(path, forbidden);
    if (forbidden !== null)
      console.warn(
        printable(
          `${feed}: the text of ${path} is withheld: archive/${position.month}.ndjson has ${forbidden} in it, which the snapshot never writes`,
        ),
      );
    return forbidden;
  };
  return (entry) => {
    // Older sanitisers kept characters that override the text direction. The check comes later: removing one may create a tag.
    const html = limitSpans(cleanLines(readBody(archive, entry.position)));
    const forbidden = forbiddenIn(entry, html);
    return forbidden === null ? withoutTagsInValues(html) : `<p>${escapeHtml(notice)}</p>`;
  };
}
