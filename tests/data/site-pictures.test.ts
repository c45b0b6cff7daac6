import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readPlanet } from '../../src/core/planet-file.ts';
import { sitePictures, themeColors } from '../../src/data/site-pictures.ts';
import { aBomb, aPicture } from '../lib/pictures.ts';
import { planetYaml } from '../lib/planet.ts';
import { areaFor } from '../lib/test-folder.ts';

const SETTINGS = planetYaml({ a: 'https://a.example/feed' });

/** The pictures of a planet with this name and these files in `public/`. */
async function picturesOf(title: string, files: Record<string, string | Buffer> = {}) {
  const folder = areaFor('pictures');
  await mkdir(join(folder, 'public'));
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, 'public', name), bytes);
  const read = readPlanet(SETTINGS);
  if (read.kind !== 'planet') throw new Error(SETTINGS);
  const { files: made, names } = await sitePictures(folder, { ...read.planet, title });
  const bytes = async (name: string) => Buffer.from((await made.get(name)?.data()) ?? '');
  return { folder, names, bytes };
}

/** The color in the middle of a picture, as `#rrggbb`, and its size. */
async function looks(bytes: Buffer) {
  const { width = 0, height = 0 } = await sharp(bytes).metadata();
  const middle = { left: width >> 1, top: height >> 1, width: 1, height: 1 };
  const dot = await sharp(bytes).extract(middle).removeAlpha().raw().toBuffer();
  return { size: `${width} × ${height}`, color: `#${dot.subarray(0, 3).toString('hex')}` };
}

test('a planet has icons and a card with its name, and the same bytes each time', async () => {
  const [one, again] = [await picturesOf('Planet A'), await picturesOf('Planet A')];
  const other = await picturesOf('Planet B');
  expect(one.names).toEqual(['favicon.svg', 'favicon.png', 'apple-touch-icon.png', 'card.png']);
  const sizes = await Promise.all(one.names.slice(1).map(async (name) => (await looks(await one.bytes(name))).size));
  expect(sizes).toEqual(['32 × 32', '180 × 180', '1200 × 630']);
  for (const name of one.names) expect(await again.bytes(name), name).toEqual(await one.bytes(name));
  expect(await other.bytes('card.png')).not.toEqual(await one.bytes('card.png'));
  expect(await other.bytes('favicon.png')).toEqual(await one.bytes('favicon.png'));
  expect((await one.bytes('card.png')).length).toBeLessThan(60_000);
});

test.for([
  ['Привіт', 'Привіт 🪐', true],
  ['Αστέρια', 'Αστερία', false],
  // No letter of theirs is in the fonts: the host stands there, and no row of boxes.
  ['プラネット', 'كوكب', true],
  ['プラネット', 'Planet', false],
] as const)('the cards of “%s” and “%s” are the same: %s', async ([one, two, same]) => {
  const [a, b] = await Promise.all([picturesOf(one), picturesOf(two)]);
  expect((await a.bytes('card.png')).equals(await b.bytes('card.png'))).toBe(same);
});

test('the operator’s logo takes the place of ours, in any format', async () => {
  const drawing =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#0a7a3f" d="M0 0h9v9H0z"/></svg>';
  const svg = await picturesOf('A', { 'logo.svg': drawing });
  expect((await svg.bytes('favicon.svg')).toString()).toBe(drawing);
  const logo = await aPicture('png', { colour: '#0a7a3f', width: 300, height: 400 });
  const png = await picturesOf('A', { 'logo.png': logo });
  expect(png.names).toEqual(['favicon.png', 'apple-touch-icon.png', 'card.png']);
  const plain = await (await picturesOf('A')).bytes('card.png');
  for (const { bytes } of [svg, png]) {
    expect(await looks(await bytes('favicon.png'))).toEqual({ size: '32 × 32', color: '#0a7a3f' });
    expect(await looks(await bytes('apple-touch-icon.png'))).toEqual({ size: '180 × 180', color: '#0a7a3f' });
    expect(await bytes('card.png')).not.toEqual(plain);
  }
  const wide = await picturesOf('A', { 'logo.svg': drawing.replace('<svg', '<svg width="90000" height="90000"') });
  expect(await looks(await wide.bytes('favicon.png'))).toEqual({ size: '32 × 32', color: '#0a7a3f' });
  for (const [name, logo, what] of [
    ['logo.png', 'no picture', 'is not a picture that can be read'],
    ['logo.svg', '', 'is not a picture that can be read'],
    ['logo.png', aBomb(17_000), 'has too many pixels: make it smaller'],
  ] as const)
    await expect((await picturesOf('A', { [name]: logo })).bytes('card.png')).rejects.toThrow(`public/${name} ${what}`);
});

test('without sharp the site has an SVG icon, and a card only if the operator has drawn one', async () => {
  const hooks = `import { registerHooks } from 'node:module';
    registerHooks({ resolve: (name, context, next) => { if (name === 'sharp') throw new Error('none'); return next(name, context); } });`;
  const file = pathToFileURL(resolve('src/data/site-pictures.ts')).href;
  const program = `const { sitePictures } = await import('${file}');
    const planet = { title: 'A', site: 'https://a.example/', theme: 'meridian' };
    for (const folder of process.argv.slice(1)) {
      const { files, names } = await sitePictures(folder, planet);
      console.log(names.join(), Buffer.from(await files.get('favicon.svg').data()).toString().includes('color:#0a5b78'));
    }`;
  const brown = await aPicture();
  const [bare, drawn] = [await picturesOf('A'), await picturesOf('A', { 'card.png': brown, 'logo.png': brown })];
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--import', `data:text/javascript,${encodeURIComponent(hooks)}`],
    ...['--input-type=module', '--eval', program, bare.folder, drawn.folder],
  ]);
  expect(stdout).toBe('favicon.svg true\nfavicon.svg,card.png true\n');
});

const THEMES = 'src/styles/themes';
const brass = await readFile(`${THEMES}/brass.css`, 'utf8');
const theme = themeColors(brass, '').paper;

test('every theme has the colours of icons and previews', async () => {
  const files = await readdir(THEMES);
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const colors = themeColors(await readFile(`${THEMES}/${file}`, 'utf8'), '');
    for (const pair of Object.values(colors)) expect(pair.join(' '), file).toMatch(/^#[0-9a-f]{6} #[0-9a-f]{6}$/);
  }
});

test.for([
  { own: ':root { --paper: light-dark(#fff, #000); }', paper: ['#fff', '#000'] },
  { own: ':root{--paper:light-dark(rgb(1 2 3),hsl(4deg 5% 6%))}', paper: ['rgb(1 2 3)', 'hsl(4deg 5% 6%)'] },
  { own: ':root { --paper: white }', paper: ['white', 'white'] },
  { own: '/* --paper: red; */ :root { --ink: #111; }', paper: theme },
  { own: ':root { --paper: oklch(0.9 0.1 20); }', paper: theme },
  { own: ':root { --paper: var(--mine); }', paper: theme },
  { own: '', paper: theme },
])('the paper of $own is $paper', ({ own, paper }) => {
  expect(themeColors(brass, own).paper).toEqual(paper);
});
