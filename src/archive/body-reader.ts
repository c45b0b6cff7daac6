import { forbiddenMarkup } from '../core/body-check.ts';
import { cleanLines, escapeHtml, printable } from '../core/clean-text.ts';
import type { EntryRecord } from '../core/records.ts';
import { readBody } from './read-entries.ts';

type Body = Pick<EntryRecord, 'path' | 'feed' | 'position'>;

/**
 * Returns a reader of bodies: HTML that `sanitise` made safe, or, where something else has got into the archive, a notice.
 * @param notice its text
 */
export function bodyReader(archive: string, notice: string): (entry: Body) => string {
  /** By path. Several pages print a body: it is checked once. */
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
    // Older sanitisers left overrides of direction. Checked afterwards: removing a character may create a tag.
    const html = cleanLines(readBody(archive, entry.position));
    const forbidden = forbiddenIn(entry, html);
    return forbidden === null ? html : `<p>${escapeHtml(notice)}</p>`;
  };
}
