/** Sorts the list of feeds by name, as it came, or by their newest entries. */
const list = document.querySelector('.blogroll');
const order = document.querySelector<HTMLElement>('.order');

if (list && order) {
  const byName = [...list.querySelectorAll<HTMLElement>('.followed')];
  const newest = (item: HTMLElement) => item.dataset['newest'] ?? '';
  const byNewest = byName.toSorted((a, b) => (newest(a) < newest(b) ? 1 : newest(a) > newest(b) ? -1 : 0));
  // Also where the browser remembers what was chosen before the reader came back.
  const sort = () => {
    const chosen = order.querySelector<HTMLInputElement>(':checked')?.value;
    list.append(...(chosen === 'newest' ? byNewest : byName));
  };
  order.hidden = false;
  order.addEventListener('change', sort);
  addEventListener('pageshow', sort);
}
