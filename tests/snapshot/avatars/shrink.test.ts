import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { shrink } from '../../../scripts/snapshot/avatars/shrink.ts';
import { createFeedWorker } from '../../../scripts/snapshot/feed-worker.ts';
import { aBomb, aPicture } from '../../lib/pictures.ts';

/** Noise is what no picture format makes small. */
const noise = sharp(randomBytes(200 * 200 * 3), { raw: { width: 200, height: 200, channels: 3 } })
  .png()
  .toBuffer();

test.for([
  { of: 'PNG', bytes: aPicture('png') },
  { of: 'JPEG', bytes: aPicture('jpeg') },
  { of: 'WebP', bytes: aPicture('webp') },
  { of: 'GIF', bytes: aPicture('gif') },
  { of: 'AVIF', bytes: aPicture('avif') },
  { of: 'one that is twice as wide as high', bytes: aPicture('png', { width: 400, height: 200 }) },
  { of: 'nothing but noise', bytes: noise },
  {
    of: 'one that lets the page through',
    bytes: sharp(await aPicture())
      .ensureAlpha(0.5)
      .png()
      .toBuffer(),
  },
])('a picture becomes two small squares: $of', async ({ bytes }) => {
  const shrunk = await shrink(await bytes);
  if (shrunk.kind !== 'picture') throw new Error(shrunk.reason);
  const made = await Promise.all(shrunk.files.map((file) => sharp(file).metadata()));
  expect(made).toMatchObject(
    [48, 96].map((size) => ({ format: 'webp', width: size, height: size, hasAlpha: false, space: 'srgb' })),
  );
  for (const { length } of shrunk.files) expect(length).toBeLessThanOrEqual(3072);
});

test('a small picture is not made larger', async () => {
  const shrunk = await shrink(await aPicture('png', { width: 32, height: 40 }));
  const files = shrunk.kind === 'picture' ? shrunk.files : [];
  const sizes = await Promise.all(files.map(async (file) => (await sharp(file).metadata()).width));
  expect(sizes).toEqual([32, 32]);
});

test('the metadata of a camera is removed', async () => {
  const bytes = await sharp(await aPicture('jpeg'))
    .withExif({ IFD0: { Copyright: 'SECRET' } })
    .toBuffer();
  expect(bytes.includes('SECRET')).toBe(true);
  const shrunk = await shrink(bytes);
  const files = shrunk.kind === 'picture' ? shrunk.files : [];
  expect(files.map((file) => Buffer.from(file).includes('SECRET'))).toEqual([false, false]);
});

test.for<[what: string, bytes: string | Uint8Array | Promise<Uint8Array>, reason: RegExp]>([
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>', /not a picture/],
  ['a page', '<!doctype html><title>Not found</title>', /not a picture/],
  ['an icon file', '\0\0\x01\0\x01\0\x10\x10', /not a picture/],
  ['nothing', '', /not a picture/],
  ['the beginning of one', aPicture().then((all) => all.subarray(0, 80)), /damaged/],
  ['the head of one before other bytes', '\x89PNG\r\n\x1a\nIHDR nonsense', /damaged/],
  ['a hundred megapixels', aBomb(10_000), /4 megapixels/],
  ['a spacer', aPicture('gif', { width: 8, height: 8 }), /8 by 8 pixels, too small/],
  ['a banner', aPicture('png', { width: 468, height: 60 }), /468 by 60 pixels, a banner/],
])('is refused: %s', async ([, bytes, reason]) => {
  const said = await bytes;
  const shrunk = await shrink(typeof said === 'string' ? Buffer.from(said, 'latin1') : said);
  expect(shrunk).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
});

test('the process that reads feeds makes the very same, and reads on', async () => {
  const { shrinkInWorker, readInWorker, close } = createFeedWorker();
  try {
    const bytes = await aPicture();
    expect(await shrinkInWorker(bytes)).toEqual(await shrink(bytes));
    expect(await shrinkInWorker(aBomb(10_000))).toMatchObject({ kind: 'refused' });
    const feed = Buffer.from('<rss><channel><title>T</title><item><title>x</title></item></channel></rss>');
    expect((await readInWorker({ bytes: feed, from: { url: 'https://a.example/', contentType: null } })).kind).toBe(
      'feed',
    );
  } finally {
    close();
  }
});

test('a missing sharp is one sentence', async () => {
  const hooks = `import { registerHooks } from 'node:module';
    registerHooks({ resolve: (name, context, next) => { if (name === 'sharp') throw new Error('none'); return next(name, context); } });`;
  const file = pathToFileURL(resolve('scripts/snapshot/avatars/shrink.ts')).href;
  const program = `const { shrink } = await import('${file}'); console.log(JSON.stringify(await shrink(new Uint8Array())));`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--import', `data:text/javascript,${encodeURIComponent(hooks)}`],
    ...['--input-type=module', '--eval', program],
  ]);
  expect(JSON.parse(stdout)).toEqual({
    kind: 'no-sharp',
    reason: expect.stringMatching(/^The package sharp, .*installs it\.$/),
  });
});
