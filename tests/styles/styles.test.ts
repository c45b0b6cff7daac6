import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

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
