import * as messages from 'planet-messages/colours?html';
import { readSetting, SCHEME, writeSetting } from './memory.ts';

const CIRCLE = 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z';
const schemes = [
  { value: 'auto', name: messages.auto, lines: CIRCLE, area: 'M8 2.5a5.5 5.5 0 0 1 0 11z' },
  {
    value: 'light',
    name: messages.light,
    lines: 'M8 5a3 3 0 1 1 0 6a3 3 0 0 1 0-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1',
    area: '',
  },
  { value: 'dark', name: messages.dark, lines: 'M13.5 9.5A5.8 5.8 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7z', area: '' },
];

/** Adds the switch for light, dark or the device's setting. Only script can remember the choice. */
export function rememberScheme(): void {
  const box = document.querySelector('.scheme');
  if (!box) return;
  box.innerHTML = `<legend class="unseen">${messages.legend}</legend>${schemes
    .map(
      ({ value, name, lines, area }) =>
        `<label title="${name}"><input type="radio" name="scheme" value="${value}"><span class="unseen">${name}</span><svg viewBox="0 0 16 16" aria-hidden="true"><path d="${lines}"/><path class="half" d="${area}"/></svg></label>`,
    )
    .join('')}`;
  const inputs = box.querySelectorAll('input');
  const show = () => {
    const scheme = readSetting(SCHEME) ?? 'auto';
    document.documentElement.dataset['scheme'] = scheme;
    for (const input of inputs) input.checked = input.value === scheme;
  };
  for (const input of inputs) {
    input.addEventListener('change', () => {
      writeSetting(SCHEME, input.value);
      show();
    });
  }
  show();
  // The choice may change in another tab, or on a page that the reader comes back from.
  for (const event of ['storage', 'pageshow']) addEventListener(event, show);
}
