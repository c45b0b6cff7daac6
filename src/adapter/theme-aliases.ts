import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { root } from '../archive/environment.ts';
import type { Theme } from '../core/planet.ts';
import { slashes } from '../core/slashes.ts';

/** The optional style sheet in the operator's folder. */
const OWN = 'theme.css';

/** The files of `planet-theme.css` (the theme in `planet.yaml`) and `planet-own.css` (the operator's), which the layout imports. */
export function themeAliases(theme: Theme, folder: string): Record<string, string> {
  const own = join(folder, OWN);
  return {
    'planet-theme.css': slashes(join(root, `src/styles/themes/${theme}.css`), sep),
    'planet-own.css': slashes(existsSync(own) ? own : join(root, 'src/styles/themes/none.css'), sep),
  };
}

/** Places in a page into which the operator's folder may put something: `slots/footer.astro`. */
const SLOTS = ['head', 'masthead', 'after-entry', 'footer'];

/** What the templates' `planet-slots/footer.astro` is: the operator's own, or nothing. */
export function slotsOf(folder: string): Record<string, string> {
  const paths = SLOTS.map((name): [string, string] => {
    const own = join(folder, 'slots', `${name}.astro`);
    const path = existsSync(own) ? own : join(root, 'src/components/slots/Empty.astro');
    return [`planet-slots/${name}.astro`, slashes(path, sep)];
  });
  return Object.fromEntries(paths);
}
