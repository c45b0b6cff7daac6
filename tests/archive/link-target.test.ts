import { expect, test } from 'vitest';
import { slashes } from '../../src/archive/link-target.ts';

test.for([
  ['2026\\01\\23\\index.html', '\\', '2026/01/23/index.html'],
  ['..\\planet\\planet.yaml', '\\', '../planet/planet.yaml'],
  ['2026/01/index.html', '\\', '2026/01/index.html'],
  ['2026/01/index.html', '/', '2026/01/index.html'],
  // Elsewhere it is a letter like any other.
  ['a\\b/c', '/', 'a\\b/c'],
] as const)('%s with %s is %s', ([path, separator, told]) => expect(slashes(path, separator)).toBe(told));
