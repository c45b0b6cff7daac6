import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { operatorPlanet, planetFile } from '../../src/archive/load-planet.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import type { Planet } from '../../src/core/planet.ts';
import { lineFinder } from '../../src/core/planet-file.ts';
import { isWebAddress } from '../../src/core/planet-values.ts';
import { print } from '../cli.ts';
import { isExample } from '../site/leftovers.ts';

export const addressCommand = new Command('address')
  .description(
    'Compare "site" in planet.yaml with the address where the planet will be published; exit code 1 if they differ.',
  )
  .argument(
    '[served]',
    'the address where the host serves it, as GitHub Pages reports it; empty if it is not known',
    '',
  )
  .action(check);

async function check(served: string): Promise<void> {
  if (served !== '' && !isWebAddress(served))
    throw new OperatorError(`${served} is not an address; write it in full: https://example.org/`, 2);
  const { folder, planet } = await operatorPlanet();
  const problem = addressProblem(planet, served || null);
  if (problem === null) return print(`The address of the planet is ${planet.site}.`);
  const lineOf = lineFinder(await readFile(join(folder, 'planet.yaml'), 'utf8'));
  throw new OperatorError(`${planetFile(folder)}:${lineOf(['site'])}: Nothing was published: ${problem}`);
}

/** Why a planet cannot be published with its `site`, and the line to write; null if it can. */
function addressProblem({ site, idsFrom }: Planet, served: string | null): string | null {
  if (served === null) return isExample(site) ? `"site" is still ${site}; write the address of the planet.` : null;
  const address = hostAndPath(served);
  if (hostAndPath(site) === address) return null;
  const ids = isExample(site) || idsFrom ? '' : ` (and idsFrom: ${site} if the planet has readers already)`;
  const isDomainMissing = isGitHubs(served) && !isGitHubs(site) && !isExample(site);
  const domain = isDomainMissing
    ? 'if the domain is yours, set it at GitHub: Settings → Pages → Custom domain (a file CNAME does nothing); else '
    : '';
  return `"site" is ${site}, but GitHub Pages serves this repository at another address; ${domain}write: site: https://${address}${ids}`;
}

/** Whether an address is of GitHub Pages without a domain of the operator's own. */
function isGitHubs(address: string): boolean {
  return new URL(address).hostname.endsWith('.github.io');
}

/** Without the scheme: Pages reports `http` until it has a certificate. */
function hostAndPath(address: string): string {
  const { host, pathname } = new URL(address);
  return `${host}${pathname.replace(/\/?$/, '/')}`;
}
