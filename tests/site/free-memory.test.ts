import { expect, test } from 'vitest';
import { freeMemory } from '../../scripts/site/free-memory.ts';

test('memory of objects that are gone is given back', () => {
  let kept: { text: string }[] = [];
  for (let index = 0; index < 1_000_000; index++) kept.push({ text: `${index}` });
  const { heapTotal } = process.memoryUsage();
  kept = [];
  freeMemory();
  expect(process.memoryUsage().heapTotal).toBeLessThan(heapTotal - 30e6);
});
