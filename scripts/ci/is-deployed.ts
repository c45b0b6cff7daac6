/**
 * Compares the built site with the published one, and prints `changed=true` or `changed=false` for a workflow.
 * A site that does not answer counts as changed.
 */
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { outputFolder } from '../../src/archive/environment.ts';
import { operatorPlanet } from '../../src/archive/load-planet.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { print, printError, run } from '../cli.ts';
import { fetchPublished } from './published-site.ts';

await run(async () => {
  const { planet } = await operatorPlanet();
  const file = join(outputFolder(), 'digest.txt');
  const built = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new OperatorError(`${relative('.', file)} is missing: build the site first, with "npm run site".`);
  });
  const published = (await fetchPublished(planet, '/digest.txt')) ?? '';
  if (!/^[0-9a-f]{64}\s*$/.test(published))
    printError(`${planet.site} has no readable digest.txt, so it counts as changed.`);
  print(`changed=${published.trim() !== built.trim()}`);
});
