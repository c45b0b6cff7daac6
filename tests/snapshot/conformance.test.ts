import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { areaFor } from '../lib/test-folder.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const suite = join(project, '../shared/conformance');

interface Score {
  core: number;
  coreOk: number;
}
interface Report {
  tot: Score;
  F: Record<string, Score>;
  /** Folder, case, what went wrong. */
  fails: [string, string, string][];
}

describe.skipIf(!existsSync(suite))('the tests of public parsers', () => {
  const folder = areaFor('conformance');
  let report: Report;

  beforeAll(async () => {
    // The comparer looks for parse5 beside itself, and its own folder may not be written to.
    await copyFile(join(suite, 'run.mjs'), join(folder, 'run.mjs'));
    await symlink(join(project, 'node_modules'), join(folder, 'node_modules'), 'dir');
    const out = join(folder, 'out.json');
    const reader = `'${process.execPath}' '${join(project, 'tests/lib/conformance-reader.ts')}'`;
    const args = [
      join(folder, 'run.mjs'),
      join(suite, 'cases.jsonl'),
      join(suite, 'data'),
      '--batch',
      reader,
      '--out',
      out,
    ];
    await promisify(execFile)(process.execPath, args);
    report = JSON.parse(await readFile(out, 'utf8'));
  }, 120_000);

  test('nothing crashes and nothing hangs', () => {
    expect(report.fails.filter(([, , what]) => what.startsWith('CRASH'))).toEqual([]);
  });

  test('99 of 100 core checks are met', () => {
    expect(report.tot.core).toBeGreaterThan(200);
    expect(report.tot.coreOk / report.tot.core).toBeGreaterThanOrEqual(0.99);
  });

  test('every encoding is read', () => {
    expect(report.F['own/encoding']?.core).toBeGreaterThan(100);
    expect(report.fails.filter(([where]) => where === 'own/encoding')).toEqual([]);
  });
});
