import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { avatarRules, monogramOf, TONES } from '../../src/core/avatar-files.ts';

const css = readFileSync('src/styles/chrome.css', 'utf8');
const hues = [...avatarRules().matchAll(/\.tone-(\d+) \{\s*--hue: (\d+);/g)].map(([, tone, hue]) => [
  Number(tone),
  Number(hue),
]);
/** Lightness and chroma of letter and ground, by day and by night. */
const schemes = ['color', 'background'].map((property) => {
  const [, day, night] =
    new RegExp(`[ ;]${property}: light-dark\\(oklch\\(([\\d. ]+) var\\(--hue\\)\\), oklch\\(([\\d. ]+) var`).exec(
      css,
    ) ?? [];
  return [day, night].map((said) => said?.split(' ').map(Number) ?? []);
});

/** Relative luminance of a colour in oklch, as a screen of sRGB shows it. https://www.w3.org/TR/css-color-4/#color-conversion-code */
function luminance([l = 0, c = 0]: number[], hue: number): number {
  const [a, b] = [c * Math.cos((hue * Math.PI) / 180), c * Math.sin((hue * Math.PI) / 180)];
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ] as const;
  const [red, green, blue] = [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ].map((part) => Math.min(1, Math.max(0, part))) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

test('the luminance of known colours is known', () => {
  expect(contrast(luminance([1, 0], 0), luminance([0, 0], 0))).toBeCloseTo(21, 2);
  // rgb(255 0 0)
  expect(luminance([0.627955, 0.257683], 29.2339)).toBeCloseTo(0.2126, 3);
});

test('each of a thousand names has a letter with enough contrast in both schemes, and all colours are used', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `${String.fromCharCode(65 + (index % 26))}. Name ${index}`);
  const shown = names.map(monogramOf);
  const counts = Map.groupBy(shown, ({ tone }) => tone);
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: TONES }, (_, tone) => tone));
  // A fair share is 83 of a thousand.
  for (const { length } of counts.values()) expect(length).toBeGreaterThan(40);
  const hueOf = new Map(hues as [number, number][]);
  for (const { letter, tone } of shown) {
    expect(letter).toMatch(/^[A-Z]$/);
    for (const scheme of [0, 1]) {
      const [ink, ground] = schemes.map((colours) => luminance(colours[scheme] ?? [], hueOf.get(tone) ?? Number.NaN));
      expect(contrast(ink ?? 0, ground ?? 0)).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test.for([
  { name: 'Ada Lovelace', letter: 'A' },
  { name: 'émile', letter: 'É' },
  { name: '“Quoted” Name', letter: 'Q' },
  { name: '김철수', letter: '김' },
  { name: 'ßimon', letter: 'SS' },
  { name: 'გიორგი', letter: 'გ' },
  { name: 'เกษม', letter: 'ก' },
  { name: '42 things', letter: '4' },
  { name: '🦆 Duck', letter: 'D' },
  { name: '🦆', letter: '🦆' },
  { name: '~👩🏽‍🚀🏳️‍🌈', letter: '👩🏽‍🚀' },
  { name: '👩🏽‍❤️‍💋‍👨🏽', letter: '👩🏽‍❤️‍💋‍👨🏽' },
  {
    name: '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
    letter: '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
  },
  // A chain of any length would cover what is next to it.
  { name: '🚀\u200D'.repeat(99), letter: `🚀${'\u200D🚀'.repeat(9)}` },
  { name: '❤', letter: '❤' },
  { name: '🏳️‍🌈🦆', letter: '🏳️‍🌈' },
  { name: '🇩🇪🇫🇷', letter: '🇩🇪' },
  { name: '***', letter: '•' },
])('$name is $letter', ({ name, letter }) => {
  expect(monogramOf(name).letter).toBe(letter);
});

test('a name spelt in other letters’ case has the same colour', () => {
  expect(monogramOf('ADA  lovelace').tone).toBe(monogramOf('Ada Lovelace').tone);
});
