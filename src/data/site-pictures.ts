import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadSharp, root } from '../archive/environment.ts';
import { OperatorError } from '../core/operator-error.ts';
import type { Planet } from '../core/planet.ts';
import { type Answer, shortHash } from './answers.ts';

export interface SitePictures {
  colors: ThemeColors;
  /** By name; each is made when a page asks for it. Without `sharp` there is only the SVG icon. */
  files: ReadonlyMap<string, Answer<Promise<Bytes>>>;
  /** The names of these files, and of files in the operator's `public/` that replace them. */
  names: readonly string[];
}

type Bytes = Uint8Array<ArrayBuffer>;
type Sharp = NonNullable<Awaited<ReturnType<typeof loadSharp>>>;

const NAMES = ['favicon.svg', 'favicon.png', 'apple-touch-icon.png', 'card.png'] as const;

/** The operator's logo: the first of these files in `public/`. */
const LOGOS = ['logo.svg', 'logo.png', 'logo.webp', 'logo.jpg', 'favicon.svg'];

/** In pixels: the icon in a browser tab; the icon on a home screen, and the picture inside it. */
const [TAB, SCREEN, ON_SCREEN] = [32, 180, 128];

export async function sitePictures(folder: string, planet: Planet): Promise<SitePictures> {
  const css = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  const colors = themeColors(css(join(root, `src/styles/themes/${planet.theme}.css`)), css(join(folder, 'theme.css')));
  const logoFile = LOGOS.map((name) => join(folder, 'public', name)).find((path) => existsSync(path));
  const logo = logoFile === undefined ? null : readFileSync(logoFile);
  const mark = readFileSync(join(root, 'src/styles/icons/icon.svg'), 'utf8').trim();
  const sharp = await loadSharp();
  const [paper, brass] = [colors.paper[0], colors.brass];

  const picture = (size: number): Promise<Buffer> =>
    sized(sharp as Sharp, logo ?? Buffer.from(mark.replace('<svg', `<svg color="${brass[0]}"`)), size, logoFile);
  const isDrawing = logoFile === undefined || logoFile.endsWith('.svg');
  const make = {
    // Of an empty logo, the other pictures say that it cannot be read.
    'favicon.svg': async () => (isDrawing && logo?.length ? logo : Buffer.from(inScheme(mark, brass))),
    'favicon.png': () => picture(TAB),
    'apple-touch-icon.png': async () =>
      (sharp as Sharp)({ create: { width: SCREEN, height: SCREEN, channels: 3, background: paper } })
        .composite([{ input: await picture(ON_SCREEN) }])
        .png(PNG)
        .toBuffer(),
    'card.png': async () => {
      // Loaded by the first: most builds make none.
      const { cardSvg, LOGO } = await import('./site-card.ts');
      const shapes = logo === null ? mark.replaceAll(/^<svg[^>]*>|<\/svg>$/g, '') : null;
      const card = (sharp as Sharp)(Buffer.from(cardSvg(planet.title, planet.site, colors, shapes)));
      const { left, top, size } = LOGO;
      return (logo === null ? card : card.composite([{ input: await picture(size), left, top }])).png(PNG).toBuffer();
    },
  };
  const made = NAMES.filter((name) => (name === 'favicon.svg' ? isDrawing || sharp === null : sharp !== null));
  const key = JSON.stringify([planet.title, planet.site, colors, logo && shortHash(logo), sharp?.versions]);
  const files = new Map(
    made.map((name) => {
      return [name, { hash: () => shortHash(key), data: async () => new Uint8Array(await make[name]()) }];
    }),
  );
  const names = NAMES.filter((name) => files.has(name) || existsSync(join(folder, 'public', name)));
  return { colors, files, names };
}

/** A palette: the pictures have few colours. */
const PNG = { palette: true, effort: 10 } as const;

/** Adds styles to an SVG, so that its colour follows the reader's scheme. */
function inScheme(svg: string, [day, night]: readonly [string, string]): string {
  const style = `g{color:${day}}@media(prefers-color-scheme:dark){g{color:${night}}}`;
  return svg.replace('>', `><style>${style}</style>`);
}

/** The picture in a transparent square. Throws an `OperatorError` if it cannot be read. */
async function sized(sharp: Sharp, bytes: Buffer, size: number, name = ''): Promise<Buffer> {
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    // An SVG is rendered at twice the wanted size; its declared size does not matter.
    const density = Math.min(Math.max((2 * 72 * size) / Math.max(width, height), 1), 10_000);
    return await sharp(bytes, { density })
      .resize(size, size, { fit: 'contain', background: '#0000' })
      .png({ effort: 10 })
      .toBuffer();
  } catch (error) {
    const isTooLarge = error instanceof Error && /pixel limit/.test(error.message);
    const what = isTooLarge ? 'has too many pixels: make it smaller' : 'is not a picture that can be read';
    throw new OperatorError(`public/${basename(name)} ${what}. The last site stays unchanged.`);
  }
}

/** The theme colours that are used outside style sheets: in icons, the card, the manifest and `theme-color`. */
type Name = 'paper' | 'ink' | 'faded' | 'brass' | 'glint';

/** Each for the light and for the dark scheme. */
export type ThemeColors = Readonly<Record<Name, readonly [day: string, night: string]>>;

/** Forms of colours that browsers and the SVG renderer both support. */
const COLOR = '(#[0-9a-f]{3,8}|[a-z]+|(?:rgb|hsl)a?\\([^()]*\\))';
const PAIR = `(?:light-dark\\(\\s*${COLOR}\\s*,\\s*${COLOR}\\s*\\)|${COLOR})`;

/** From the operator's style sheet, else the theme's; skips `oklch(…)` and `var(…)`. Throws if the theme has none. */
export function themeColors(theme: string, operatorCss: string): ThemeColors {
  const read = (name: Name) => {
    const color = colorIn(operatorCss, name) ?? colorIn(theme, name);
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
