import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, type Font } from 'fontkitten';
import { root } from '../archive/environment.ts';

/** A line of text as outlines, so that it is drawn without fonts and is the same on every machine. */
export interface Outline {
  width: number;
  /** The SVG path data of the line; x and y are the start of its baseline. */
  at: (x: number, y: number) => string;
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
export function outlineOf(text: string, size: number): Outline | null {
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
  const at = (x: number, y: number) =>
    glyphs
      .map(({ glyph, scale, ...place }) =>
        glyph.path
          .scale(scale, -scale)
          .translate(x + place.x, y)
          .toSVG(),
      )
      .join('');
  return { width, at };
}
