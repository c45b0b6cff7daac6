import * as messages from 'planet-messages/results';
import {
  byFacet,
  type Choice,
  choicesOf,
  type Facet,
  facets,
  hasMore,
  type SearchQuery,
  yearChoices,
} from '../../core/search-query.ts';
import type { Counts } from './hits.ts';
import { choiceItem, part } from './search-form.ts';

const NONE: Counts = byFacet(() => ({}));

/** The filters of a search on the page. */
export interface Facets {
  show(query: SearchQuery, counts?: Counts): void;
}

/** @param years all years of the planet */
export function facetsOf(form: HTMLFormElement, years: () => Iterable<string>): Facets {
  let counts = NONE;
  let query: SearchQuery | undefined;
  const box = (facet: Facet) => part<HTMLElement>(form, `[data-facet="${facet}"]`);
  const finder = (facet: Facet) => part<HTMLInputElement>(box(facet), 'input[type="search"]');
  const choices = (facet: Facet, chosen: readonly string[]) =>
    facet === 'year'
      ? yearChoices(counts.year, chosen, years())
      : choicesOf(counts[facet], chosen, finder(facet).value);
  const show = (facet: Facet) => {
    const chosen = query?.chosen[facet] ?? [];
    showChoices(part(box(facet), 'ul'), facet, choices(facet, chosen), chosen);
  };
  for (const facet of facets) finder(facet).addEventListener('input', () => show(facet));
  return {
    show(newQuery, newCounts = NONE) {
      [counts, query] = [newCounts, newQuery];
      const active = facets.reduce((sum, facet) => sum + newQuery.chosen[facet].length, 0);
      part(form, 'summary .count').textContent = active === 0 ? '' : messages.chosen({ count: active });
      for (const facet of facets) {
        finder(facet).hidden = facet === 'year' || !hasMore(counts[facet]);
        show(facet);
      }
    },
  };
}

/** Replaces the choices of a facet. A focused choice keeps the focus. */
function showChoices(list: Element, facet: Facet, choices: readonly Choice[], chosen: readonly string[]): void {
  const focused = list.querySelector<HTMLInputElement>('input:focus')?.value;
  list.replaceChildren(...choices.map((choice) => choiceItem(facet, choice, chosen.includes(choice.value))));
  [...list.querySelectorAll('input')].find(({ value }) => value === focused)?.focus();
}
