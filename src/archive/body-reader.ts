import { forbiddenMarkup, withheld } from '../core/body-check.ts';
import { cleanLines, printable } from '../core/clean-text.ts';
import type { EntryRecord } from '../core/records.ts';
import { readBody } from './read-entries.ts';

type Body = Pick<EntryRecord, 'path' | 'feed' | 'position'>;

/** Returns a function that reads bodies. It checks them again; one with forbidden markup becomes a notice, with a warning. */
export function bodyReader(archive: string): (entry: Body) => string {
  /** The results of the body check by path: a body is on several pages. */
  const results = new Map<string, string | null>();
  const forbiddenIn = ({ path, feed, position }: Body, html: string): string | null => {
    const known = results.get(path);
    if (known !== undefined) return known;
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
    return forbidden === null ? html : withheld(forbidden);
  };
}
