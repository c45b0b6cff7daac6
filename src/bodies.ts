import { archiveFolder, readBody } from './archive.ts';
import { contentFolder } from './folder.ts';
import { cleanLines } from './lib/clean-text.ts';
import { printable } from './lib/printable.ts';
import { outsideSchema, withheld } from './lib/third-wall.ts';
import type { EntryRecord } from './model/site.ts';

const archive = archiveFolder(contentFolder());

/** One entry's body: HTML that `sanitise` made safe, or, where something else has got into the archive, a notice. */
export function bodyOf(entry: EntryRecord): string {
  // Older sanitisers left in what turns the page round. Looked at afterwards: what is taken out may join what stood apart.
  const html = cleanLines(readBody(archive, entry.position));
  const outside = outsideOf(entry, html);
  return outside === null ? html : withheld(outside);
}

/** By path, what stands in a body and may not. Bodies are printed on several pages, and looked through once. */
const verdicts = new Map<string, string | null>();

function outsideOf({ path, feed, position }: EntryRecord, html: string): string | null {
  const known = verdicts.get(path);
  if (known !== undefined) return known;
  const outside = outsideSchema(html);
  verdicts.set(path, outside);
  if (outside !== null)
    console.warn(
      printable(
        `${feed}: the text of ${path} is withheld: archive/${position.month}.ndjson has ${outside} in it, which the snapshot never writes`,
      ),
    );
  return outside;
}
