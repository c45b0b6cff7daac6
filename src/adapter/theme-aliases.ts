import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../archive/environment.ts';
import type { Theme } from '../core/planet.ts';

/** The file in the operator's folder that changes the look, where there is one. */
const OWN = 'theme.css';

/** What the layout's `planet-theme.css` and `planet-own.css` are: the theme that `planet.yaml` names, and the operator's own. */
export function themeAliases(theme: Theme, folder: string): Record<string, string> {
  const own = join(folder, OWN);
  return {
    'planet-theme.css': join(root, `src/styles/themes/${theme}.css`),
    'planet-own.css': existsSync(own) ? own : join(root, 'src/styles/themes/none.css'),
  };
}
