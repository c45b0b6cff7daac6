import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { themeColors } from '../../src/core/theme-colors.ts';

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
