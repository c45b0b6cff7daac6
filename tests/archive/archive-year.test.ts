import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepHours } from '../bench/hourly.ts';
import { weigh } from '../bench/scale/weight.ts';
import { areaFor } from '../lib/test-folder.ts';

test('fifty hourly runs leave a branch of less than half of the archive, packed', async () => {
  const area = areaFor('hours');
  const [archive, repository] = [join(area, 'archive'), join(area, 'remote.git')];
  await mkdir(archive);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository }).toString().trim();
  execFileSync('git', ['init', '--quiet', '--bare', repository]);
  await keepHours(50, 20, archive, repository);
  git('repack', '-a', '-d', '--quiet');
  expect(git('rev-list', '--count', 'archive')).toBe('50');
  expect(git('ls-tree', '--name-only', 'archive').split('\n')).toEqual(['2026-01.ndjson', 'feeds.json']);
  const [packed, own] = [await weigh(join(repository, 'objects/pack')), await weigh(archive)];
  // A tenth of it; nearly twice as much if git found nothing that the versions of a file share.
  expect(packed.bytes).toBeLessThan(own.bytes / 2);
});
