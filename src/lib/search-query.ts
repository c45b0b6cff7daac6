/** What is asked of the search: what its page's address says after the question mark. */
export interface SearchQuery {
  words: string;
  /** Any of the chosen ones, in each of the three. */
  chosen: Record<Facet, string[]>;
  /** Newest first, instead of the best match. */
  newestFirst: boolean;
}

export const facets = ['feed', 'author', 'year'] as const;
export type Facet = (typeof facets)[number];

export function readQuery(parameters: URLSearchParams): SearchQuery {
  const chosen = (facet: Facet) => [...new Set(parameters.getAll(facet).filter((value) => value !== ''))];
  return {
    words: (parameters.get('q') ?? '').trim(),
    chosen: { feed: chosen('feed'), author: chosen('author'), year: chosen('year') },
    newestFirst: parameters.get('sort') === 'date',
  };
}

/** The address of a query: always the same for the same question, so that it can be shared and gone back to. */
export function writeQuery({ words, chosen, newestFirst }: SearchQuery): URLSearchParams {
  const parameters = new URLSearchParams();
  if (words !== '') parameters.set('q', words);
  for (const facet of facets) for (const value of chosen[facet]) parameters.append(facet, value);
  if (newestFirst) parameters.set('sort', 'date');
  return parameters;
}

export function asksNothing({ words, chosen }: SearchQuery): boolean {
  return words === '' && facets.every((facet) => chosen[facet].length === 0);
}

/** The filters as Pagefind takes them, which would read a bare list as "all of these". `without` leaves one facet open. */
export function filtersOf({ chosen }: SearchQuery, without?: Facet): Record<string, { any: string[] }> {
  const active = facets.filter((facet) => facet !== without && chosen[facet].length > 0);
  return Object.fromEntries(active.map((facet) => [facet, { any: chosen[facet] }]));
}

/** A piece of an excerpt, as plain text. */
export interface Piece {
  text: string;
  marked: boolean;
}

/**
 * Pagefind's excerpt is HTML: text with its brackets escaped, and `<mark>` around what was found. Taken apart here, it
 * reaches the page as text, and no mistake in its making can become markup.
 */
export function piecesOf(excerpt: string): Piece[] {
  return excerpt
    .split(/(<mark>.*?<\/mark>)/s)
    .filter((part) => part !== '')
    .map((part) => {
      const marked = part.startsWith('<mark>') && part.endsWith('</mark>');
      const text = marked ? part.slice('<mark>'.length, -'</mark>'.length) : part;
      return { text: plain(text), marked };
    });
}

/** Pagefind escapes these two and nothing else: an `&amp;` here is what its author wrote. */
function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
}

/** One choice of a facet, and how many entries it would leave; null where that is not known yet. */
export interface Choice {
  value: string;
  count: number | null;
}

const CHOICES_SHOWN = 12;

/**
 * The choices worth showing: the chosen ones always, then those that leave most. Of thousands a dozen; the others are found
 * by a part of their name, which the reader has `typed`.
 */
export function choicesOf(counts: Readonly<Record<string, number>>, chosen: readonly string[], typed = ''): Choice[] {
  const all = new Map(Object.entries(counts));
  for (const value of chosen) if (!all.has(value)) all.set(value, 0);
  const wanted = typed.trim().toLowerCase();
  const first = (value: string) => Number(chosen.includes(value));
  return [...all]
    .map(([value, count]) => ({ value, count }))
    .filter(({ value, count }) => chosen.includes(value) || (count > 0 && value.toLowerCase().includes(wanted)))
    .sort((a, b) => first(b.value) - first(a.value) || b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, Math.max(CHOICES_SHOWN, chosen.length));
}

/** Years, newest first; those too that nothing of was searched yet, for they can be asked for all the same. */
export function yearChoices(
  counts: Readonly<Record<string, number>>,
  chosen: readonly string[],
  years: Iterable<string>,
): Choice[] {
  return [...new Set([...years, ...chosen])]
    .sort()
    .reverse()
    .map((value) => ({ value, count: counts[value] ?? null }))
    .filter(({ value, count }) => count !== 0 || chosen.includes(value));
}

/** Whether a facet holds more than is shown of it. */
export function hasMore(counts: Readonly<Record<string, number>>): boolean {
  return Object.values(counts).filter((count) => count > 0).length > CHOICES_SHOWN;
}
