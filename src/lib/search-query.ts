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

/** One choice of a facet, and how many entries it would leave. */
export interface Choice {
  value: string;
  count: number;
}

const CHOICES_SHOWN = 12;

/** The choices worth showing: the chosen ones always, then those that leave most; years newest first. */
export function choicesOf(facet: Facet, counts: Readonly<Record<string, number>>, chosen: readonly string[]): Choice[] {
  const all = new Map(Object.entries(counts));
  for (const value of chosen) if (!all.has(value)) all.set(value, 0);
  const choices = [...all]
    .map(([value, count]) => ({ value, count }))
    .filter(({ value, count }) => count > 0 || chosen.includes(value));
  if (facet === 'year') return choices.sort((a, b) => (a.value < b.value ? 1 : -1));
  const first = (value: string) => Number(chosen.includes(value));
  return choices
    .sort((a, b) => first(b.value) - first(a.value) || b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, Math.max(CHOICES_SHOWN, chosen.length));
}
