// Loaded before a command (`node --import`): from its n-th write on, the disk is full.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const from = Number(process.env['FAIL_FROM']);
let writes = 0;

function full(path: unknown): Error {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', path });
}

type AnyFunction = (...args: unknown[]) => unknown;
type Functions = Record<string, AnyFunction>;
const { writeSync } = fs;
fs.writeSync = ((file: number, ...rest: unknown[]) => {
  // The terminal is no disk.
  if (file > 2 && ++writes >= from) throw full(undefined);
  return (writeSync as AnyFunction)(file, ...rest);
}) as typeof writeSync;
const [callbacks, promises] = [fs, fs.promises] as unknown as [Functions, Functions];
for (const module of [callbacks, promises]) {
  for (const name of ['writeFile', 'writeFileSync', 'appendFile', 'appendFileSync', 'mkdir', 'mkdirSync']) {
    const original = module[name];
    if (original === undefined) continue;
    module[name] = function (this: unknown, ...args: unknown[]) {
      if (++writes < from) return original.apply(this, args);
      const error = full(args[0]);
      if (module === callbacks && !name.endsWith('Sync')) return (args.at(-1) as AnyFunction)(error);
      if (name.endsWith('Sync')) throw error;
      return Promise.reject(error);
    };
  }
}
syncBuiltinESMExports();
