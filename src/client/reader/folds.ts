/** What CSS alone cannot do for folded entries; they fold and unfold without it. */
export function handleFolds(): void {
  const boxOf = (text: Element) => text.closest('.fold')?.querySelector<HTMLInputElement>('.unfold input');

  // The browser's own search, or a link, has scrolled to a place that is folded away: unfold, and stay at that place.
  const reveal = ({ target }: Event) => {
    if (!(target instanceof HTMLElement) || !target.matches('.fold > .prose')) return;
    const box = boxOf(target);
    const inside = target.scrollTop;
    if (!box || box.checked || inside === 0) return;
    box.checked = true;
    target.scrollTop = 0;
    scrollBy({ top: inside, behavior: 'instant' });
  };
  addEventListener('scroll', reveal, { capture: true, passive: true });

  // Who walks through a post by keyboard has unfolded it; it does not close behind them.
  addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || !target.matches('.fold > .prose :focus-visible')) return;
    const box = boxOf(target);
    if (box) box.checked = true;
  });

  addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLElement) || !target.matches('.unfold input:not(:checked)')) return;
    target.closest('article')?.scrollIntoView();
  });
}
