/** Sorts the list of feeds by name, which is the order of the page, or by their newest entries. */
const list = document.querySelector('.blogroll');
const order = document.querySelector<HTMLElement>('.order');

if (list && order) {
  const byName = [...list.querySelectorAll<HTMLElement>('.followed')];
  const newest = (item: HTMLElement) => item.dataset['newest'] ?? '';
  const byNewest = byName.toSorted((a, b) => (newest(a) < newest(b) ? 1 : newest(a) > newest(b) ? -1 : 0));
  // On `pageshow` too: the browser restores the reader's choice when they come back.
  const sort = () => {
    const chosen = order.querySelector<HTMLInputElement>(':checked')?.value;
    list.append(...(chosen === 'newest' ? byNewest : byName));
  };
  order.addEventListener('change', sort);
  addEventListener('pageshow', sort);
}
