import type { Element, Properties } from 'hast';
import { cleanLines, cleanText, percentDecoded } from '../../../src/core/clean-text.ts';
import { feedAddressKey } from '../../../src/core/entry-keys.ts';
import { isDrawing } from '../../../src/core/svg-schema.ts';
import { mapByName } from '../../../src/core/text.ts';
import { mediaUrl, OF_LINKS, srcsetCandidates, webUrl } from './images.ts';

export interface Addresses {
  base: URL | null;
  /** Whether the addresses of pictures stay as the feed has them. */
  asGiven: boolean;
  /** Id in the post → printed id; a printed id → itself. */
  ids: ReadonlyMap<string, string>;
  /** Ids printed so far: of two equal ids the first counts, as in a browser. */
  given: Set<string>;
}

type Reader = (value: string, context: Addresses) => string | null;

/** Enough for the longest description of a picture. */
const LONGEST_TEXT = 2_000;

const READERS = mapByName<Reader>({
  'abbr alttext label title': (value) => cleanText(value.slice(0, LONGEST_TEXT)) || null,
  'poster src': (value, { base, asGiven }) => mediaUrl(value, base, asGiven)?.href ?? null,
  // An empty one says that a picture is only an ornament.
  alt: (value) => cleanText(value.slice(0, LONGEST_TEXT)),
  cite: (value, { base }) => webUrl(value, base)?.href ?? null,
  headers: (value, { ids }) => {
    const cells = value.split(/\s+/).flatMap((id) => ids.get(id) ?? []);
    return cells.join(' ') || null;
  },
  href,
  id: ownId,
  srcset: (value, { base, asGiven }) => srcsetCandidates(value, base, asGiven),
});

export function rewriteAttributes(element: Element, context: Addresses): void {
  // A new object: V8 reads an object slowly once a property was deleted.
  const properties: Properties = {};
  for (const [name, value] of Object.entries(element.properties)) {
    const drawn = name === 'src' && element.tagName === 'img' && typeof value === 'string' && isDrawing(value);
    const read = drawn ? undefined : READERS.get(name);
    const next = typeof value !== 'string' ? value : read ? read(value, context) : cleanLines(value).trim();
    if (next !== null) properties[name] = next;
  }
  element.properties = properties;
}

function ownId(value: string, { ids, given }: Addresses): string | null {
  const id = ids.get(value);
  if (id === undefined || given.has(id)) return null;
  given.add(id);
  return id;
}

/** A fragment where the address leads into the same post; else the address on the web. */
function href(written: string, { base, ids }: Addresses): string | null {
  const value = written.trim();
  const url = webUrl(value, base, OF_LINKS);
  const fragment = (value.startsWith('#') ? value : (url?.hash ?? '')).slice(1);
  const id = ids.get(fragment) ?? ids.get(percentDecoded(fragment));
  // A blog may write its own address with another scheme or slash: https://github.com/FreshRSS/FreshRSS/issues/4481
  // Marks of notes may lead to its front page, as ikiwiki writes them.
  const isHome = () => /^fn/.test(fragment) && url?.pathname === '/' && url.host === base?.host;
  const isSamePage = () => url && base && (isHome() || feedAddressKey(url.href) === feedAddressKey(base.href));
  const stays = id !== undefined && (value.startsWith('#') || isSamePage());
  return stays ? `#${id}` : (url?.href ?? null);
}
