import { loadSharp } from '../../../src/archive/environment.ts';
import { AVATAR_SIZES } from '../../../src/core/avatar-files.ts';

/** A small picture, with one file for each of `AVATAR_SIZES`, or the reason why there is none: `no-sharp` if this machine cannot make any. */
export type Shrunk =
  | { kind: 'picture'; files: Uint8Array[] }
  | { kind: 'refused'; reason: string }
  | { kind: 'no-sharp'; reason: string };

/** The first bytes of the kinds of pictures that browsers show and `sharp` reads safely. SVG is a program, and not among them. */
const KINDS = [/^\x89PNG\r\n\x1a\n/, /^\xff\xd8\xff/, /^GIF8[79]a/, /^RIFF.{4}WEBP/s, /^.{4}ftypavi[fs]/s];

/** Pixels. A header of a few bytes may declare any number. */
const MOST_PIXELS = 4_000_000;
/** Pixels. A smaller picture is a spacer or a counter. */
const SMALLEST = 16;
/** The greatest ratio of the sides: a banner cannot be recognised in a square. */
const MOST_RATIO = 2;
/** Bytes of a small file. */
const MOST_BYTES = 3072;

const NO_SHARP =
  'The package sharp, which shrinks pictures, does not run here: no pictures of feeds and authors are fetched. "npm install --include=optional" installs it.';

/** Shrinks a picture to WebP without metadata. Every failure is a value. */
export async function shrink(bytes: Uint8Array): Promise<Shrunk> {
  const sharp = await loadSharp();
  if (sharp === null) return { kind: 'no-sharp', reason: NO_SHARP };
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (!KINDS.some((kind) => kind.test(start))) return refused('it is not a picture in PNG, JPEG, WebP, GIF or AVIF');
  const open = () => sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 }).autoOrient();
  try {
    const { width, height } = await open().metadata();
    if (width * height > MOST_PIXELS) return refused('it has more than 4 megapixels');
    const [short, long] = [Math.min(width, height), Math.max(width, height)];
    if (short < SMALLEST) return refused(`it is ${width} by ${height} pixels, too small to be seen`);
    if (long > MOST_RATIO * short) return refused(`it is ${width} by ${height} pixels, a banner`);
    const files: Uint8Array[] = [];
    for (const size of AVATAR_SIZES) {
      const side = Math.min(size, short);
      const small = () => open().resize(side, side).flatten({ background: '#fff' });
      files.push(await smallFile((quality) => small().webp({ quality, effort: 6 }).toBuffer()));
    }
    return { kind: 'picture', files };
  } catch (error) {
    const isTooLarge = error instanceof Error && /pixel limit/.test(error.message);
    return refused(isTooLarge ? 'it has more than 4 megapixels' : 'it is damaged');
  }
}

function refused(reason: string): Shrunk {
  return { kind: 'refused', reason };
}

/** The file in the best quality that fits, else in the lowest. */
async function smallFile(make: (quality: number) => Promise<Uint8Array>): Promise<Uint8Array> {
  let file = new Uint8Array();
  for (const quality of [80, 60, 40, 20]) {
    file = Uint8Array.from(await make(quality));
    if (file.length <= MOST_BYTES) break;
  }
  return file;
}
