/** A process that does work of which only one may be done at a time, in a folder, and prints how often another was at it. */
import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { withLockWaiting } from '../../scripts/disk/lock.ts';

const [folder = '', turns, quietWaits] = process.argv.slice(2);
const busy = join(folder, 'busy');
let together = 0;
for (let left = Number(turns); left > 0; left--) {
  await withLockWaiting(
    folder,
    async () => {
      try {
        closeSync(openSync(busy, 'wx'));
      } catch {
        together++;
        return;
      }
      await setImmediate();
      rmSync(busy);
    },
    quietWaits === undefined ? undefined : Number(quietWaits),
  );
}
process.stdout.write(`${together}`);
