// `npm run bench`: all benchmarks. `npm run bench -- scale 1000 5000`: one, with its arguments.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const BENCHMARKS = ['sanitise', 'reader', 'snapshot', 'scale', 'search'];

const [wanted, ...rest] = process.argv.slice(2);
if (wanted !== undefined && !BENCHMARKS.includes(wanted)) {
  console.error(`There is no benchmark "${wanted}"; here are: ${BENCHMARKS.join(', ')}`);
  process.exit(2);
}
for (const name of wanted === undefined ? BENCHMARKS : [wanted]) {
  const file = join(import.meta.dirname, `${name}.bench.ts`);
  const { status } = spawnSync(process.execPath, [file, ...rest], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
}
