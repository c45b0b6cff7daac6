import { readQuery, type SearchQuery, writeQuery } from '../../core/search-query.ts';
import { searchIn } from './results.ts';
import { formParts, listen, part } from './search-form.ts';

const form = part<HTMLFormElement>(document, 'form.search');
const parts = formParts(form);
const search = searchIn(parts);
/** The parameters of the shown query. */
let shown: string;

/** Stores the length of the list and the scroll position, for the browser's back button. */
function saveState(): void {
  history.replaceState({ ...search.reached(), top: scrollY }, '');
}

const linked = () => readQuery(new URLSearchParams(location.search));

/** Starts a search. Typing replaces the current address; a filter or the button adds a step to the history. */
function ask(change: 'refined' | 'another', query = search.asked()): void {
  const parameters = writeQuery(query).toString();
  const address = parameters === '' ? location.pathname : `?${parameters}`;
  if (change === 'another' && parameters !== location.search.slice(1)) {
    saveState();
    history.pushState(null, '', address);
  } else history.replaceState(null, '', address);
  shown = location.search;
  void search.answer(query);
}

function fill(query: SearchQuery): void {
  parts.words.value = query.words;
  for (const box of form.querySelectorAll<HTMLInputElement>('input[name=sort]')) {
    box.checked = (box.value === 'date') === query.newestFirst;
  }
}

/** Shows the query in the address. */
async function read(): Promise<void> {
  shown = location.search;
  const { top, ...reached } = history.state ?? {};
  const query = linked();
  fill(query);
  await search.answer(query, reached);
  if (typeof top === 'number') scrollTo({ top, behavior: 'instant' });
}

listen(
  parts,
  () => ask('refined'),
  () => ask('another'),
);
parts.words.addEventListener('focus', () => search.warm(), { once: true });
form.addEventListener('submit', (event) => {
  event.preventDefault();
  ask('another');
});
addEventListener('popstate', () => {
  // Not for a link within the page: the results stay.
  if (location.search !== shown) void read();
});
addEventListener('pagehide', saveState);

// Open only in wide windows, next to the results: above them, the filters would hide the results.
part<HTMLDetailsElement>(form, 'details').open = matchMedia('(min-width: 60rem)').matches;
const { words } = search.asked();
// Words that were typed before this script arrived stay, and the filters of the address with them.
if (words && words !== linked().words) {
  const query = { ...linked(), words };
  fill(query);
  ask('refined', query);
} else void read();
