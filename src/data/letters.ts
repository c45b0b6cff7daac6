import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, type Font } from 'fontkitten';
import { root } from '../archive/environment.ts';

/** A line of text as outlines: whoever draws it needs no font, and draws the same everywhere. */
export interface Outline {
  width: number;
  /** The data of an SVG path that begins at a place on the base line. */
  at: (x: number, y: number) => string;
}

/** Literata, which reads Latin, Greek and Cyrillic; the files of https://www.npmjs.com/package/@fontsource/literata. */
const FOLDER = join(root, 'src/fonts');
let fonts: Font[] | undefined;

function readFonts(): Font[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.woff2'));
  // The largest first: a letter that several files have is taken from the one that most of a text is in.
  const bytes = files.map((name) => readFileSync(join(FOLDER, name))).sort((a, b) => b.length - a.length);
  return bytes.map((file) => create(file)).filter((font) => !font.isCollection);
}

/** A line of text in a size in pixels; null if the fonts lack a letter of it. */
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
