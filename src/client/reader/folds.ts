/** Unfolds long texts in place; without a script the link under one leads to the entry's page. */
export function handleFolds(): void {
  const foldOf = (target: EventTarget | null) => (target instanceof Element ? target.closest('.fold') : null);

  addEventListener('click', (event) => {
    const { target, ctrlKey, metaKey, shiftKey } = event;
    const fold = foldOf(target);
    if (!fold || ctrlKey || metaKey || shiftKey || !(target as Element).closest('.unfold')) return;
    event.preventDefault();
    // The link itself says what it does next.
    if (!fold.classList.toggle('open')) fold.closest('article')?.scrollIntoView();
  });

  // The browser's search, or a link, has scrolled to a place that is folded away: unfold, and stay at that place.
  const reveal = ({ target }: Event) => {
    const fold = foldOf(target);
    const text = fold?.firstElementChild;
    const top = text?.scrollTop;
    if (!fold || !text || !top || text !== target) return;
    fold.classList.add('open');
    text.scrollTop = 0;
    scrollBy({ top, behavior: 'instant' });
  };
  addEventListener('scroll', reveal, { capture: true, passive: true });

  // Whoever walks through a post by keyboard has unfolded it; it does not close behind them.
  addEventListener('focusin', ({ target }) => {
    if ((target as Element).matches('.fold > .prose :focus-visible')) foldOf(target)?.classList.add('open');
  });
}
