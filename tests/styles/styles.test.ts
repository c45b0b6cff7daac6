import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readPlanet } from '../../src/core/planet-file.ts';

const folder = new URL('../../src/styles/themes/', import.meta.url);
const themes = (await readdir(folder)).map((name) => name.replace('.css', ''));

/** A theme's tokens: `--ink` → `light-dark(#1e2333, #e3ddcf)`. */
async function tokensOf(theme: string): Promise<Map<string, string>> {
  const text = await readFile(new URL(`${theme}.css`, folder), 'utf8');
  const css = text.split('@layer theme')[1]?.split('\n}\n')[0] ?? '';
  return new Map([...css.matchAll(/(--\w+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));
}

type Scheme = 'light' | 'dark';

/** WCAG's relative luminance of a token in a scheme. */
function luminance(tokens: ReadonlyMap<string, string>, name: string, scheme: Scheme): number {
  const [light, dark] = tokens.get(name)?.match(/#[0-9a-f]{6}/g) ?? [];
  const color = (scheme === 'light' ? light : dark) ?? '';
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(tokens: ReadonlyMap<string, string>, one: string, other: string, scheme: Scheme): number {
  const [low = 0, high = 0] = [luminance(tokens, one, scheme), luminance(tokens, other, scheme)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test('planet.yaml knows every theme that there is', () => {
  const least = 'title: T\ndescription: D\nsite: https://example.org/\nfeeds:\n  - { id: x, title: X, url: x.xml }\n';
  expect(themes.map((theme) => readPlanet(`${least}theme: ${theme}\n`).kind)).toEqual(themes.map(() => 'planet'));
});

describe.for(themes)('%s', (theme) => {
  test('sets every colour and every face, and sizes that there are', async () => {
    const sizes = await tokensOf('../tokens');
    const set = [...(await tokensOf(theme)).keys()];
    const colours = [...(await tokensOf('brass')).keys()];
    expect(set.filter((name) => !sizes.has(name)).sort()).toEqual(colours.sort());
  });

  test.for(['light', 'dark'] as const)('can be read in the %s (WCAG AA)', async (scheme) => {
    const tokens = await tokensOf(theme);
    for (const text of ['--ink', '--faded', '--brass', '--alarm'])
      for (const ground of ['--paper', '--sheet'])
        expect.soft(contrast(tokens, text, ground, scheme), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens, '--ink', '--marked', scheme)).toBeGreaterThanOrEqual(4.5);
  });
});

const files = (await readdir('src/styles', { recursive: true })).filter((file) => file.endsWith('.css'));

/** Sides of a page that are others where it reads from right to left. */
const PHYSICAL = [
  /(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)\b/,
  /border-(?:top|bottom)-(?:left|right)-radius/,
  /(?:^|[\s;{])(?:left|right)\s*:/,
  /(?:text-align|float|clear)\s*:\s*(?:left|right)/,
  /(?:margin|padding|inset|border-width)\s*:\s*[^\s;]+ (\S+) [^\s;]+ (?!\1)[^\s;]+;/,
];

test.for(files)('%s names no left and no right', async (file) => {
  const lines = (await readFile(`src/styles/${file}`, 'utf8')).split('\n');
  expect(lines.filter((line) => PHYSICAL.some((rule) => rule.test(line)))).toEqual([]);
});
