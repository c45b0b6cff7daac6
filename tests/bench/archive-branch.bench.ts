// A year of hourly runs, 20 entries a day, each run a commit on the archive branch. Prints how large the branch is, packed as
// a host packs it, beside the archive itself. Run it with `node tests/bench/archive-branch.bench.ts`; it takes minutes.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { keepHours } from './hourly.ts';
import { weigh } from './scale/weight.ts';

const runs = Number(process.argv[2] ?? 8_760);
const area = await mkdtemp(join(tmpdir(), 'orrery-year-'));
const [archive, repository] = [join(area, 'archive'), join(area, 'remote.git')];
await mkdir(archive);
const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, maxBuffer: 2 ** 30 });
execFileSync('git', ['init', '--quiet', '--bare', repository]);

const bytesIn = async (folder: string) => (await weigh(folder)).bytes;
const began = performance.now();
await keepHours(runs, 20, archive, repository);
const own = await bytesIn(archive);
const tell = (what: string, bytes: number) =>
  console.log(
    `${what.padEnd(34)} ${(bytes / 1e6).toFixed(2).padStart(8)} MB  ${(bytes / own).toFixed(2)} of the archive`,
  );
console.log(
  `${runs} runs, ${git('rev-list', '--count', 'archive').toString().trim()} commits, in ${((performance.now() - began) / 1000).toFixed(0)} s`,
);
tell('the archive', own);
tell('the archive, gzipped', gzipSync(git('archive', 'archive')).length);
tell('the branch as it came', await bytesIn(join(repository, 'objects/pack')));
git('repack', '-a', '-d', '-f', '--quiet');
tell('the branch, git repack -adf', await bytesIn(join(repository, 'objects/pack')));
const shallow = join(area, 'shallow.git');
execFileSync('git', ['clone', '--quiet', '--bare', '--depth=1', '--branch=archive', `file://${repository}`, shallow]);
tell('what a run fetches', await bytesIn(join(shallow, 'objects/pack')));
await rm(area, { recursive: true });
