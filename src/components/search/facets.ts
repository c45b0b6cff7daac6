import type { Found } from '../../lib/search-engine.ts';
import { type Choice, choicesOf, type Facet, facets, type SearchQuery } from '../../lib/search-query.ts';
import { copyOf, part } from './render.ts';

/** The counts of the whole archive, which the page comes with. */
export function printedCounts(form: HTMLFormElement): Found['counts'] {
  const of = (facet: Facet) =>
    Object.fromEntries(
      [...choiceList(form, facet).children].map((item) => [
        part<HTMLInputElement>(item, 'input').value,
        Number(part(item, '.count').textContent.replace(/\D/g, '')),
      ]),
    );
  return { feed: of('feed'), author: of('author'), year: of('year') };
}

export function showFacets(form: HTMLFormElement, counts: Found['counts'], { chosen }: SearchQuery): void {
  const active = facets.reduce((sum, facet) => sum + chosen[facet].length, 0);
  part(form, 'summary .count').textContent = active === 0 ? '' : `${active} chosen`;
  for (const facet of facets) {
    showChoices(choiceList(form, facet), facet, choicesOf(facet, counts[facet], chosen[facet]), chosen[facet]);
  }
}

function choiceList(form: HTMLFormElement, facet: Facet): Element {
  return part(form, `[data-facet="${facet}"] ul`);
}

/** A facet's list, made anew around the same choices. Whoever was on one of them stays on it. */
function showChoices(list: Element, facet: Facet, choices: readonly Choice[], chosen: readonly string[]): void {
  const at = document.activeElement instanceof HTMLInputElement ? document.activeElement : null;
  const held = at !== null && list.contains(at) ? at.value : null;
  list.replaceChildren(...choices.map((choice) => choiceItem(facet, choice, chosen.includes(choice.value))));
  if (held !== null) [...list.querySelectorAll('input')].find(({ value }) => value === held)?.focus();
}

function choiceItem(facet: Facet, { value, count }: Choice, checked: boolean): HTMLElement {
  const item = copyOf('choice');
  const box = part<HTMLInputElement>(item, 'input');
  box.name = facet;
  box.value = value;
  box.checked = checked;
  part(item, 'bdi').textContent = value;
  part(item, '.count').textContent = count.toLocaleString('en');
  return item;
}
