import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { freeMemory, keepYoungSpace } from '../../scripts/site/free-memory.ts';

test('memory of objects that are gone is given back', () => {
  let kept: { text: string }[] = [];
  for (let index = 0; index < 1_000_000; index++) kept.push({ text: `${index}` });
  const { heapTotal } = process.memoryUsage();
  kept = [];
  freeMemory();
  expect(process.memoryUsage().heapTotal).toBeLessThan(heapTotal - 30e6);
});

const KEEPS_OBJECTS = `
const kept = Array.from({ length: 500_000 }, (_, index) => ({ text: index + '' }));
const young = require('node:v8').getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
require('node:worker_threads').parentPort.postMessage(kept.length && young.space_size);`;

test('the space for new objects stays small, until it may grow again', async () => {
  const youngSpace = async () => Number((await once(new Worker(KEEPS_OBJECTS, { eval: true }), 'message'))[0]);
  keepYoungSpace(true);
  const kept = await youngSpace();
  keepYoungSpace(false);
  expect(kept).toBeLessThan((await youngSpace()) / 4);
});
