import { expect, test } from 'vitest';
import { readVisits, visit } from '../../src/client/reader/memory.ts';

const MINUTE = 60_000;

test('at the first visit nothing is new', () => {
  expect(visit(null, '2026-01-02', 0).known).toBe('2026-01-02');
});

test('a returning reader is shown the new entries during the whole visit', () => {
  const first = visit(null, '2026-01-02', 0);
  const back = visit(first, '2026-01-05', 60 * MINUTE);
  expect(back.known).toBe('2026-01-02');
  const again = visit(back, '2026-01-05', 70 * MINUTE);
  expect(again.known).toBe('2026-01-02');
  expect(visit(again, '2026-01-05', 200 * MINUTE).known).toBe('2026-01-05');
});

test('a page from an older cache makes nothing old new again', () => {
  const first = visit(null, '2026-01-05', 0);
  expect(visit(first, '2026-01-02', MINUTE).shown).toBe('2026-01-05');
});

test.for([null, '', 'x', '{}', '{"known":1}', '[]', 'null'])('%s in storage is as if there were nothing', (text) => {
  expect(readVisits(text)).toBeNull();
});
