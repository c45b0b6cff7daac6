/** Names of the colours that the planet has outside of its pages: in icons, in previews of links, in the frame of a browser. */
type Name = 'paper' | 'ink' | 'faded' | 'brass' | 'glint';

/** Each by day and by night. */
export type ThemeColors = Readonly<Record<Name, readonly [day: string, night: string]>>;

/** The forms that browsers and drawings in SVG both know. */
const COLOR = '(#[0-9a-f]{3,8}|[a-z]+|(?:rgb|hsl)a?\\([^()]*\\))';
const PAIR = `(?:light-dark\\(\\s*${COLOR}\\s*,\\s*${COLOR}\\s*\\)|${COLOR})`;

/**
 * The colours in a theme's style sheet, or in the operator's own where that has others. A colour of another form (`oklch(…)`,
 * `var(…)`) is passed over. Throws if the theme lacks one.
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
