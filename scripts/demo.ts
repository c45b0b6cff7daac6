/** `npm start`: builds the bundled planet and serves it on this machine. It needs no network. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../src/archive/environment.ts';

const demo = join(root, 'src/demo');
/** The morning after the newest entry: on any later day all its feeds would count as inactive. */
const now = String(Date.UTC(2026, 0, 24, 6) / 1000);
const env = { PLANET_CONTENT: demo, SOURCE_DATE_EPOCH: now, ASTRO_TELEMETRY_DISABLED: '1', ...process.env };

// Starts with an empty archive: the bundled feeds hold all its entries.
rmSync(join(demo, 'archive'), { recursive: true, force: true });
for (const [program = '', ...options] of [['snapshot.ts'], ['site.ts'], ['planet.ts', 'preview']]) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', program), ...options], {
    env,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
