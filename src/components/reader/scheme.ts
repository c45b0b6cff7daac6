import { choices } from '../../lib/first-paint.ts';
import { keep, recall } from './memory.ts';

/** Light, dark, or as the device has it. */
export function rememberScheme(): void {
  const inputs = document.querySelectorAll<HTMLInputElement>('.scheme input');
  const show = () => {
    const scheme = recall(choices.scheme) ?? 'auto';
    document.documentElement.dataset['scheme'] = scheme;
    for (const input of inputs) input.checked = input.value === scheme;
  };
  for (const input of inputs) {
    input.addEventListener('change', () => {
      keep(choices.scheme, input.value);
      show();
    });
  }
  show();
  // Chosen in another tab, or on the page that a reader comes back from.
  for (const event of ['storage', 'pageshow']) addEventListener(event, show);
}
