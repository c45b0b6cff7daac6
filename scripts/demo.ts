/** `npm start`: the bundled planet through the whole pipeline, then a server to look at it. Nothing leaves the machine. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const astro = join(dirname(createRequire(import.meta.url).resolve('astro/package.json')), 'bin', 'astro.mjs');
/** The morning after the newest entry: on any later day all its feeds would count as inactive. */
const now = String(Date.UTC(2026, 0, 24, 6) / 1000);
const env = { PLANET_CONTENT: 'src/demo', SOURCE_DATE_EPOCH: now, ASTRO_TELEMETRY_DISABLED: '1', ...process.env };

const steps = [['scripts/snapshot.ts'], ['scripts/site.ts'], [astro, 'preview', '--port', '4321']];
// Begun anew each time: it is there to be looked at, and its feeds are all that it holds.
rmSync('src/demo/archive', { recursive: true, force: true });
for (const step of steps) {
  const { status } = spawnSync(process.execPath, step, { env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
