import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished, TestRunner } from 'vitest';

/** Does something when the test ends. Asked for at the top of a file or of a `describe`, when all its tests have ended. */
export function atEnd(work: () => PromiseLike<void>): void {
  const end = TestRunner.getCurrentTest() ? onTestFinished : afterAll;
  end(async () => work());
}

/** A new temporary folder, gone at that time. */
export function areaFor(name: string, disk = tmpdir()): string {
  const area = mkdtempSync(join(disk, `orrery-${name}-`));
  atEnd(() => rm(area, { recursive: true, force: true }));
  return area;
}
