import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../archive/environment.ts';
import type { Theme } from '../core/planet.ts';

/** The optional style sheet in the operator's folder. */
const OWN = 'theme.css';

/** The files of `planet-theme.css` (the theme in `planet.yaml`) and `planet-own.css` (the operator's), which the layout imports. */
export function themeAliases(theme: Theme, folder: string): Record<string, string> {
  const own = join(folder, OWN);
  return {
    'planet-theme.css': join(root, `src/styles/themes/${theme}.css`),
    'planet-own.css': existsSync(own) ? own : join(root, 'src/styles/themes/none.css'),
  };
}
