import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished, TestRunner } from 'vitest';

/**
 * A new temporary folder. Asked for in a test or in `beforeEach`, it is gone when the test ends; at the top of a file or of a
 * `describe`, when all its tests have ended.
 */
export function areaFor(name: string, disk = tmpdir()): string {
  const area = mkdtempSync(join(disk, `orrery-${name}-`));
  const end = TestRunner.getCurrentTest() ? onTestFinished : afterAll;
  end(() => rm(area, { recursive: true, force: true }));
  return area;
}
