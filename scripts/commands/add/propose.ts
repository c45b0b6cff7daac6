import slugify from '@sindresorhus/slugify';
import { cleanText } from '../../../src/lib/clean-text.ts';
import { hostOf } from '../../../src/lib/host.ts';
import type { FeedConfig } from '../../../src/model/planet.ts';
import type { Reading } from '../../snapshot/outcome.ts';
import { fittingRule } from '../authors-rule.ts';
import type { FeedLines } from '../feed-lines.ts';

/** What the operator said already. */
export interface Wishes {
  /** Which of several feeds: its number or its address. */
  feed?: string;
  id?: string;
  title?: string;
  authors?: FeedConfig['authors'];
}

/** The lines that a new feed should have. `page` is the page that led to it. */
export function proposal(
  url: string,
  reading: Reading,
  page: string | null,
  taken: ReadonlySet<string>,
  wishes: Wishes,
): FeedLines {
  const title = wishes.title ?? (cleanText(reading.title) || hostOf(reading.from));
  return {
    id: wishes.id ?? freeId([title, hostOf(reading.from)], taken),
    title,
    url,
    ...(reading.home === null && page !== null ? { home: page } : {}),
    authors: wishes.authors ?? fittingRule(reading.entries),
  };
}

/** An id that no feed has, from the first of the words that letters and digits can be made of. */
export function freeId(words: readonly string[], taken: ReadonlySet<string>): string {
  const id = words.map(shortSlug).find((slug) => slug !== '') ?? 'feed';
  if (!taken.has(id)) return id;
  for (let number = 2; ; number++) if (!taken.has(`${id}-${number}`)) return `${id}-${number}`;
}

const LONGEST = 40;

function shortSlug(words: string): string {
  const slug = slugify(words, { decamelize: false });
  if (slug.length <= LONGEST) return slug;
  return slug
    .slice(0, LONGEST + 1)
    .replace(/-[^-]*$/, '')
    .slice(0, LONGEST);
}
