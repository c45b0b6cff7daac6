/** A search query: the parameters in the address of the search page. */
export interface SearchQuery {
  words: string;
  /** An entry must have one of the chosen values in each facet. */
  chosen: Record<Facet, string[]>;
  /** Newest first, instead of the best match. */
  newestFirst: boolean;
}

export const facets = ['feed', 'author', 'year', 'language'] as const;
export type Facet = (typeof facets)[number];

/** A value for each facet. */
export function byFacet<T>(make: (facet: Facet) => T): Record<Facet, T> {
  return Object.fromEntries(facets.map((facet) => [facet, make(facet)])) as Record<Facet, T>;
}

export function readQuery(parameters: URLSearchParams | FormData): SearchQuery {
  const chosen = (facet: Facet) => [...new Set(parameters.getAll(facet).map(String).filter(Boolean))];
  return {
    words: String(parameters.get('q') ?? '').trim(),
    chosen: byFacet(chosen),
    newestFirst: parameters.get('sort') === 'date',
  };
}

/** The parameters of a query. The same query always gives the same address, so that it can be shared. */
export function writeQuery({ words, chosen, newestFirst }: SearchQuery): URLSearchParams {
  const parameters = new URLSearchParams();
  if (words !== '') parameters.set('q', words);
  for (const facet of facets) for (const value of chosen[facet]) parameters.append(facet, value);
  if (newestFirst) parameters.set('sort', 'date');
  return parameters;
}

export function hasFilters({ chosen }: SearchQuery): boolean {
  return facets.some((facet) => chosen[facet].length > 0);
}

/** A value of a facet, and the number of results that have it; null if the number is not known yet. */
export interface Choice {
  value: string;
  count: number | null;
}

const CHOICES_SHOWN = 12;

/**
 * The choices to show: the chosen ones, then those with the most results. At most a dozen, because there may be thousands: the
 * reader finds the others with a part of their name, `typed`.
 */
export function choicesOf(counts: ReadonlyMap<string, number>, chosen: readonly string[], typed = ''): Choice[] {
  const wanted = typed.trim().toLowerCase();
  const first = ({ value }: Choice) => Number(chosen.includes(value));
  return [...new Set([...chosen, ...counts.keys()])]
    .sort()
    .map((value) => ({ value, count: counts.get(value) ?? 0 }))
    .filter((choice) => first(choice) || (choice.count > 0 && choice.value.toLowerCase().includes(wanted)))
    .sort((a, b) => first(b) - first(a) || b.count - a.count)
    .slice(0, Math.max(CHOICES_SHOWN, chosen.length));
}

/** The choices of years, newest first, with the years that were not searched yet. */
export function yearChoices(
  counts: ReadonlyMap<string, number>,
  chosen: readonly string[],
  years: Iterable<string>,
): Choice[] {
  return [...new Set([...years, ...chosen])]
    .sort()
    .reverse()
    .map((value) => ({ value, count: counts.get(value) ?? null }))
    .filter(({ value, count }) => count !== 0 || chosen.includes(value));
}

/** Whether a facet has more choices than are shown. */
export function hasMore(counts: ReadonlyMap<string, number>): boolean {
  return [...counts.values()].filter(Boolean).length > CHOICES_SHOWN;
}
