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
  /** By path, what stands in a body and may not. Bodies are printed on several pages, and looked through once. */
  const verdicts = new Map<string, string | null>();
  const outsideOf = ({ path, feed, position }: Body, html: string): string | null => {
    const known = verdicts.get(path);
    if (known !== undefined) return known;
    const outside = forbiddenMarkup(html);
    verdicts.set(path, outside);
    if (outside !== null)
      console.warn(
        printable(
          `${feed}: the text of ${path} is withheld: archive/${position.month}.ndjson has ${outside} in it, which the snapshot never writes`,
        ),
      );
    return outside;
  };
  return (entry) => {
    // Older sanitisers left in what turns the page round. Looked at afterwards: what is taken out may join what stood apart.
    const html = cleanLines(readBody(archive, entry.position));
    const outside = outsideOf(entry, html);
    return outside === null ? html : `<p>${escapeHtml(notice)}</p>`;
  };
}
