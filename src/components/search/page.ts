import { type Engine, type Found, loadEngine } from '../../lib/search-engine.ts';
import { asksNothing, readQuery, type SearchQuery, writeQuery } from '../../lib/search-query.ts';
import { printedCounts, showFacets } from './facets.ts';
import { part, resultItem } from './render.ts';

const RESULTS_AT_A_TIME = 10;
/** Long enough not to search for every letter, short enough not to be noticed. */
const PAUSE_IN_TYPING = 150;

const form = part<HTMLFormElement>(document, 'form.search');
const words = part<HTMLInputElement>(form, 'input[name="q"]');
const filters = part<HTMLDetailsElement>(form, 'details');
const status = part<HTMLElement>(form, '[role="status"]');
const help = part<HTMLElement>(form, '.help');
const list = part<HTMLOListElement>(form, '.results');
const more = part<HTMLButtonElement>(form, '.more');
const idle = status.textContent;
const base = form.getAttribute('data-base') ?? '/';

let engine: Promise<Engine> | undefined;
/** The question whose answer is wanted: answers to earlier ones come too late. */
let latest = 0;
let unseen: Found['results'] = [];
let counts = printedCounts(form);

/** What the form says is what the address will say. */
function asked(): SearchQuery {
  const parameters = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') parameters.append(name, value);
  return readQuery(parameters);
}

function fillForm(query: SearchQuery): void {
  words.value = query.words;
  showFacets(form, counts, query);
  for (const box of form.querySelectorAll<HTMLInputElement>('input[name="sort"]')) {
    box.checked = (box.value === 'date') === query.newestFirst;
  }
}

async function answer(query: SearchQuery): Promise<void> {
  const turn = ++latest;
  status.textContent = asksNothing(query) ? idle : 'Searching…';
  try {
    engine ??= loadEngine(base);
    const found = await (await engine)(query);
    if (turn !== latest) return;
    counts = found.counts;
    showFacets(form, counts, query);
    await showResults(query, asksNothing(query) ? [] : found.results, turn);
  } catch (error) {
    // The next attempt may find the network again.
    engine = undefined;
    if (turn === latest) status.textContent = 'The search index could not be loaded. Try again in a moment.';
    console.error(error);
  }
}

async function showResults(query: SearchQuery, results: Found['results'], turn: number): Promise<void> {
  const first = await Promise.all(results.slice(0, RESULTS_AT_A_TIME).map((result) => result.data()));
  if (turn !== latest) return;
  list.replaceChildren(...first.map(resultItem));
  unseen = results.slice(RESULTS_AT_A_TIME);
  more.hidden = unseen.length === 0;
  help.hidden = asksNothing(query) || results.length > 0;
  status.textContent = asksNothing(query) ? idle : told(query, results.length);
}

function told({ words }: SearchQuery, count: number): string {
  const entries = count === 0 ? 'No entry' : count === 1 ? '1 entry' : `${count.toLocaleString('en')} entries`;
  return words === '' ? `${entries} with these filters` : `${entries} for “${words}”`;
}

async function showMore(): Promise<void> {
  const turn = latest;
  const next = await Promise.all(unseen.slice(0, RESULTS_AT_A_TIME).map((result) => result.data()));
  if (turn !== latest) return;
  unseen = unseen.slice(RESULTS_AT_A_TIME);
  more.hidden = unseen.length === 0;
  const items = next.map(resultItem);
  list.append(...items);
  items[0]?.querySelector('a')?.focus();
}

/** Typing refines one question, so the way back leads past it; a filter or the button asks another. */
function ask(change: 'refined' | 'another'): void {
  clearTimeout(typing);
  const query = asked();
  const parameters = writeQuery(query).toString();
  const address = parameters === '' ? location.pathname : `?${parameters}`;
  if (change === 'another' && parameters !== location.search.slice(1)) history.pushState(null, '', address);
  else history.replaceState(history.state, '', address);
  void answer(query);
}

let typing: ReturnType<typeof setTimeout> | undefined;

function read(): void {
  const query = readQuery(new URLSearchParams(location.search));
  fillForm(query);
  if (!asksNothing(query) || engine) void answer(query);
}

words.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(ask, PAUSE_IN_TYPING, 'refined');
});
words.addEventListener('focus', () => {
  engine ??= loadEngine(base);
  // Who searches will be told; who only came by need not be.
  engine.catch(() => {
    engine = undefined;
  });
});
form.addEventListener('change', ({ target }) => {
  if (target !== words) ask('another');
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  ask('another');
});
more.addEventListener('click', () => void showMore());
addEventListener('popstate', read);

// Beside the results there is room for them; above, they would hide what was found.
filters.open = matchMedia('(min-width: 60rem)').matches;
read();
