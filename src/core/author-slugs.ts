import slugify from '@sindresorhus/slugify';
import { compareText } from './text.ts';

/**
 * Assigns slugs in the order of `firstSeen`, so that a new author never gets the published address of another. They are
 * made from names as first seen: keys of older versions had invisible characters.
 */
export function slugsByKey(seen: ReadonlyMap<string, { name: string; firstSeen: string }>): Map<string, string> {
  const inOrder = [...seen].sort(
    ([a, one], [b, other]) => compareText(one.firstSeen, other.firstSeen) || compareText(a, b),
  );
  const slugs = new Map<string, string>();
  const taken = new Set<string>();
  const lowestFree = new Map<string, number>();
  for (const [key, { name }] of inOrder) {
    const plain = plainSlug(name);
    let [slug, number] = [plain, lowestFree.get(plain) ?? 2];
    for (; taken.has(slug); number++) slug = `${plain}-${number}`;
    lowestFree.set(plain, number);
    taken.add(slug);
    slugs.set(key, slug);
  }
  return slugs;
}

/** The slug of a name, before a number makes it unique. */
export function plainSlug(name: string): string {
  const key = name.normalize('NFKC').toLowerCase();
  return shortened(slugify(key) || spelled(key));
}

/** The letters of a name that `slugify` cannot write in Latin letters. Browsers percent-encode them in links. */
function spelled(key: string): string {
  return key.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'author';
}

/** Bytes. File systems allow 255 for the name of a folder, and a number may follow the slug. */
const LONGEST_SLUG = 200;

function shortened(slug: string): string {
  const bytes = new TextEncoder().encode(slug);
  if (bytes.length <= LONGEST_SLUG) return slug;
  // With `stream`, the decoder drops a character that was cut.
  return new TextDecoder().decode(bytes.subarray(0, LONGEST_SLUG), { stream: true }).replace(/-$/, '');
}
