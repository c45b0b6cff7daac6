// Loaded before a command (`node --import`): kills the process at its n-th step towards the disk, or as it is about to put the file
// of a name in its place, as a power cut would.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const at = Number(process.env['KILL_AT']);
const file = process.env['KILL_AT_FILE'];
let steps = 0;

function step(name: string, args: readonly unknown[]): void {
  steps += 1;
  const isFile = file !== undefined && name.startsWith('rename') && String(args[1]).endsWith(`/${file}`);
  if (steps === at || isFile) process.kill(process.pid, 'SIGKILL');
}

type AnyFunction = (...args: unknown[]) => unknown;
const steadily = 'write writeFile rename unlink rm mkdir fsync ftruncate chmod chown open'.split(' ');
for (const module of [fs, fs.promises] as unknown as Record<string, AnyFunction>[]) {
  for (const name of steadily.flatMap((each) => [each, `${each}Sync`])) {
    const original = module[name];
    if (original === undefined) continue;
    module[name] = function (this: unknown, ...args: unknown[]) {
      step(name, args);
      return original.apply(this, args);
    };
  }
}
syncBuiltinESMExports();
process.on('exit', () => {
  if (at === 0) process.stderr.write(`steps: ${steps}\n`);
});
