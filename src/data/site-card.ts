import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, type Font } from 'fontkitten';
import { root } from '../archive/environment.ts';
import type { ThemeColors } from './site-pictures.ts';

/** In pixels: the size that social networks recommend. */
const [WIDTH, HEIGHT] = [1200, 630];
const EDGE = 90;
/** The place of the operator's logo, or of the engine's mark. */
export const LOGO = { left: EDGE, top: 76, size: 112 } as const;
const NAME = { width: 880, height: 290, middle: 365 } as const;
const SIZES = [100, 84, 70, 58, 46];
const LEAD = 1.2;

/** Name and host are outlines. `mark`: the shapes of the engine's mark, 32 by 32; null if the operator has a logo. */
export function cardSvg(title: string, site: string, colors: ThemeColors, mark: string | null): string {
  const { paper, ink, faded, brass, glint } = colors;
  const drawn = (x: number, y: number, size: number, shapes: string, color: string, opacity = 1) =>
    `<svg x="${x}" y="${y}" width="${size}" height="${size}" viewBox="0 0 32 32" color="${color}" opacity="${opacity}">${shapes}</svg>`;
  const orbits = mark?.replace(/stroke-width="[^"]*"/, 'stroke-width="0.1"').replaceAll(/<circle[^>]*>/g, '');
  const { host } = new URL(site);
  const isReadable = !/(^|\.)xn--/.test(host);
  const name = nameOutlines(title);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">`,
    `<rect width="100%" height="100%" fill="${paper[0]}"/>`,
    orbits && drawn(560, -110, 880, orbits, glint[0], 0.5),
    mark && drawn(LOGO.left, LOGO.top, LOGO.size, mark, brass[0]),
    `<path fill="${ink[0]}" d="${name || (isReadable ? nameOutlines(host) : '')}"/>`,
    `<rect x="${EDGE}" y="540" width="64" height="4" fill="${brass[0]}"/>`,
    name && isReadable && `<path fill="${faded[0]}" d="${lineOutline(host, 32)?.pathAt(EDGE + 88, 551) ?? ''}"/>`,
    '</svg>',
  ]
    .filter(Boolean)
    .join('');
}

/** The outlines of a name in the largest size that fits; empty if the fonts lack a character. */
function nameOutlines(name: string): string {
  // Emoji are removed: the fonts lack them, and the rest of the name can be drawn.
  const words = name
    .replaceAll(/\p{Emoji_Presentation}|[\uFE0F\u200D]/gu, ' ')
    .trim()
    .split(/\s+/);
  const fits = (size: number) => {
    const lines = brokenLines(words, size) ?? [];
    return lines.length * size * LEAD <= NAME.height && lines.every(({ width }) => width <= NAME.width);
  };
  let size = SIZES.find(fits) ?? (SIZES.at(-1) as number);
  const widest = Math.max(...(brokenLines(words, size) ?? []).map(({ width }) => width));
  if (widest > NAME.width) size *= NAME.width / widest;
  const step = size * LEAD;
  const lines = (brokenLines(words, size) ?? []).slice(0, Math.floor(NAME.height / step));
  const first = NAME.middle + size * 0.34 - ((lines.length - 1) * step) / 2;
  return lines.map(({ pathAt: at }, row) => at(EDGE, first + row * step)).join('');
}

/** Words broken into lines; null if the fonts lack a character. */
function brokenLines(words: readonly string[], size: number): Outline[] | null {
  const lines: Outline[] = [];
  let text = '';
  for (const word of words) {
    const longer = lineOutline(`${text} ${word}`.trim(), size);
    const alone = lineOutline(word, size);
    if (longer === null || alone === null) return null;
    const isNew = text === '' || longer.width > NAME.width;
    text = isNew ? word : `${text} ${word}`;
    lines.splice(isNew ? lines.length : -1, 1, isNew ? alone : longer);
  }
  return lines;
}

/** A line of text as outlines, so that it is drawn without fonts and is the same on every machine. */
interface Outline {
  width: number;
  /** The SVG path data of the line; x and y are the start of its baseline. */
  pathAt: (x: number, y: number) => string;
}

/** Literata 500 for Latin, Greek and Cyrillic, from https://www.npmjs.com/package/@fontsource/literata. */
const FOLDER = join(root, 'src/fonts');
let fonts: Font[] | undefined;

function readFonts(): Font[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.woff2'));
  // The largest file first: if several have a letter, most letters of a text then come from the same one.
  const bytes = files.map((name) => readFileSync(join(FOLDER, name))).sort((a, b) => b.length - a.length);
  return bytes.map((file) => create(file)).filter((font) => !font.isCollection);
}

/** The outlines of a line of text, `size` in pixels; null if the fonts lack one of its characters. */
function lineOutline(text: string, size: number): Outline | null {
  fonts ??= readFonts();
  const glyphs: { x: number; scale: number; glyph: ReturnType<Font['getGlyph']> }[] = [];
  let width = 0;
  for (const letter of text.normalize('NFC')) {
    const code = letter.codePointAt(0) ?? 0;
    const font = fonts.find((each) => each.hasGlyphForCodePoint(code));
    if (font === undefined) return null;
    const [glyph, scale] = [font.glyphForCodePoint(code), size / font.unitsPerEm];
    glyphs.push({ x: width, scale, glyph });
    width += glyph.advanceWidth * scale;
  }
  const pathAt = (x: number, y: number) =>
    glyphs
      .map(({ glyph, scale, ...place }) =>
        glyph.path
          .scale(scale, -scale)
          .translate(x + place.x, y)
          .toSVG(),
      )
      .join('');
  return { width, pathAt };
}
