/** Unfolds long texts in place; without a script the link under one leads to the entry's page. */
export function handleFolds(): void {
  const foldOf = (target: EventTarget | null) => (target instanceof Element ? target.closest('.fold') : null);
  const unfold = (fold: Element, open = true) => {
    fold.classList.toggle('open', open);
    fold.querySelector('.unfold')?.setAttribute('aria-expanded', `${open}`);
  };

  for (const fold of document.querySelectorAll('.fold')) unfold(fold, false);

  addEventListener('click', (event) => {
    const fold = foldOf(event.target);
    const link = event.target instanceof Element && event.target.closest('.unfold');
    if (!fold || !link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const open = !fold.classList.contains('open');
    unfold(fold, open);
    if (!open) fold.closest('article')?.scrollIntoView({ block: 'start' });
  });

  // The browser's search, or a link, has scrolled to a place that is folded away: unfold, and stay at that place.
  addEventListener(
    'scroll',
    ({ target }) => {
      const fold = foldOf(target);
      if (!fold || !(target instanceof Element) || target.scrollTop === 0 || fold.classList.contains('open')) return;
      const top = target.scrollTop;
      unfold(fold);
      target.scrollTop = 0;
      scrollBy({ top, behavior: 'instant' });
    },
    { capture: true, passive: true },
  );

  // Whoever walks through a post by keyboard has unfolded it; it does not close behind them.
  addEventListener('focusin', ({ target }) => {
    const fold = foldOf(target);
    if (fold && target instanceof Element && target.matches('.prose :focus-visible')) unfold(fold);
  });
}
