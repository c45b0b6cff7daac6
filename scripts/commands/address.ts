import { Command } from 'commander';
import { contentFolder } from '../../src/archive/environment.ts';
import { ownPlanet, planetFile } from '../../src/archive/load-planet.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { print } from '../cli.ts';
import { addressProblem, siteLine } from './lib/address-problem.ts';

export const addressCommand = new Command('address')
  .description('Say whether "site" in planet.yaml is where the planet will be published; exit code 1 where it is not.')
  .argument('[served]', 'where the host serves it, as GitHub says of its Pages; empty where that is not known', '')
  .action(check);

async function check(served: string): Promise<void> {
  const { planet } = await ownPlanet();
  const problem = addressProblem(planet.site, served || null);
  if (problem === null) return print(`The planet stands at ${planet.site}.`);
  const file = planetFile(contentFolder());
  throw new OperatorError(`${file}:${await siteLine(contentFolder())}: ${problem} Nothing was published.`);
}
