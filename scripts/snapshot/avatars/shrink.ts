import { loadSharp } from '../../../src/archive/load-sharp.ts';
import { AVATAR_SIZES } from '../../../src/core/avatar-files.ts';

/** A picture made small: one file for each of `AVATAR_SIZES`. Or why there is none; `no-sharp` where this machine can make none. */
export type Shrunk =
  | { kind: 'picture'; files: Uint8Array[] }
  | { kind: 'refused'; why: string }
  | { kind: 'no-sharp'; why: string };

/** How files begin that are pictures of a kind that browsers show and `sharp` reads safely. No SVG: that is a program. */
const KINDS = [/^\x89PNG\r\n\x1a\n/, /^\xff\xd8\xff/, /^GIF8[79]a/, /^RIFF.{4}WEBP/s, /^.{4}ftypavi[fs]/s];

/** Pixels. A header of some bytes may promise any number. */
const MOST_PIXELS = 4_000_000;
/** Pixels. What is smaller is a spacer or a counter. */
const SMALLEST = 16;
/** Times as wide as high, or as high as wide: in a square nothing of a banner is left. */
const FLATTEST = 2;
/** Bytes of a small file. */
const MOST_BYTES = 3072;

const NO_SHARP =
  'The package sharp, which makes pictures small, does not run here: no pictures of feeds and authors are fetched. "npm install --include=optional" brings it.';

/** Makes a picture small, as WebP without anything that was noted in it. Whatever the bytes hold, the failure is a value. */
export async function shrink(bytes: Uint8Array): Promise<Shrunk> {
  const sharp = await loadSharp();
  if (sharp === null) return { kind: 'no-sharp', why: NO_SHARP };
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (!KINDS.some((kind) => kind.test(start))) return refused('it is not a picture in PNG, JPEG, WebP, GIF or AVIF');
  const open = () => sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 }).autoOrient();
  try {
    const { width, height } = await open().metadata();
    if (width * height > MOST_PIXELS) return refused('it has more than 4 megapixels');
    const [short, long] = [Math.min(width, height), Math.max(width, height)];
    if (short < SMALLEST) return refused(`it is ${width} by ${height} pixels, too small to be seen`);
    if (long > FLATTEST * short) return refused(`it is ${width} by ${height} pixels, a banner`);
    const files: Uint8Array[] = [];
    for (const size of AVATAR_SIZES) {
      const side = Math.min(size, short);
      const small = () => open().resize(side, side).flatten({ background: '#fff' });
      files.push(await smallFile((quality) => small().webp({ quality, effort: 6 }).toBuffer()));
    }
    return { kind: 'picture', files };
  } catch (error) {
    const told = error instanceof Error && /pixel limit/.test(error.message);
    return refused(told ? 'it has more than 4 megapixels' : 'it is damaged');
  }
}

function refused(why: string): Shrunk {
  return { kind: 'refused', why };
}

async function smallFile(make: (quality: number) => Promise<Uint8Array>): Promise<Uint8Array> {
  let file = new Uint8Array();
  for (const quality of [80, 60, 40, 20]) {
    file = Uint8Array.from(await make(quality));
    if (file.length <= MOST_BYTES) break;
  }
  return file;
}
