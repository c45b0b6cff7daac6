/** The theme colours that are used outside style sheets: in icons, the card, the manifest and `theme-color`. */
type Name = 'paper' | 'ink' | 'faded' | 'brass' | 'glint';

/** Each for the light and for the dark scheme. */
export type ThemeColors = Readonly<Record<Name, readonly [day: string, night: string]>>;

/** Forms of colours that browsers and the SVG renderer both support. */
const COLOR = '(#[0-9a-f]{3,8}|[a-z]+|(?:rgb|hsl)a?\\([^()]*\\))';
const PAIR = `(?:light-dark\\(\\s*${COLOR}\\s*,\\s*${COLOR}\\s*\\)|${COLOR})`;

/**
 * Reads the colours from the operator's style sheet, else from the theme's. Skips colours of other forms (`oklch(…)`, `var(…)`).
 * Throws if the theme has none.
 */
export function themeColors(theme: string, own: string): ThemeColors {
  const read = (name: Name) => {
    const color = colorIn(own, name) ?? colorIn(theme, name);
    if (color === undefined) throw new Error(`The theme has no --${name}`);
    return color;
  };
  return { paper: read('paper'), ink: read('ink'), faded: read('faded'), brass: read('brass'), glint: read('glint') };
}

function colorIn(css: string, name: Name): [string, string] | undefined {
  const declaration = new RegExp(`--${name}:\\s*${PAIR}\\s*[;}]`, 'i');
  const [, day, night, both = ''] = declaration.exec(css.replaceAll(/\/\*.*?\*\//gs, '')) ?? [];
  const found: [string, string] = [day ?? both, night ?? both];
  return found[0] === '' ? undefined : found;
}
