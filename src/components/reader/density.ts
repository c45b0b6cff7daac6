import { choices } from '../../lib/first-paint.ts';
import { keep } from './memory.ts';

/** What is clicked is remembered: `firstPaint` leads there from the front page, the next time. */
export function rememberDensity(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.density a')) {
    const choose = () => keep(choices.density, link.dataset['choice'] ?? 'full');
    link.addEventListener('click', choose);
    link.addEventListener('auxclick', choose);
  }
}
