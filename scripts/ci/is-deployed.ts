/**
 * Whether the site that was just built is another than the one that readers see: `changed=true` or `changed=false`, for a
 * workflow's outputs. It asks the site itself, which is the only one who knows. Who cannot be asked has changed.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outputFolder } from '../../src/archive/environment.ts';
import { ownPlanet } from '../../src/archive/load-planet.ts';
import { print, printError, run } from '../cli.ts';

await run(async () => {
  const { planet } = await ownPlanet();
  const built = await readFile(join(outputFolder(), 'digest.txt'), 'utf8');
  // A question that no cache between here and there has heard before.
  const address = `${planet.site.replace(/\/?$/, '/')}digest.txt?${Date.now()}`;
  const seen = await fetch(address, { signal: AbortSignal.timeout(20_000) })
    .then((answer) => (answer.ok ? answer.text() : `${answer.status}`))
    .catch((error: Error) => error.message);
  if (!/^[0-9a-f]{64}\s*$/.test(seen)) printError(`${planet.site} does not say what it shows, and counts as changed.`);
  print(`changed=${seen.trim() !== built.trim()}`);
});
