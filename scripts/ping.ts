/**
 * `npm run ping`, after the site is published: tells the planet's WebSub hub which feeds changed since the last ping
 * (https://www.w3.org/TR/websub/). Does nothing if planet.yaml has no `hub`. `.orrery/`, next to the output folder, keeps
 * the hashes of the announced feeds. Exit code: 2 if planet.yaml has mistakes, 1 if there is no built site, else 0: if
 * the hub does not answer, one line says so, and the next ping announces the same feeds again.
 */

import { Command } from 'commander';
import { outputFolder } from '../src/archive/environment.ts';
import { operatorPlanet } from '../src/archive/load-planet.ts';
import { OperatorError } from '../src/core/operator-error.ts';
import { countText } from '../src/core/text.ts';
import { announceToHub, builtFeeds, changedFeeds, readAnnounced, writeAnnounced } from './ci/websub.ts';
import { configureCommand, print, printError, run } from './cli.ts';
import { userAgent } from './snapshot/fetch/fetcher.ts';

configureCommand(new Command('npm run ping'))
  .description("Tells the planet's WebSub hub which feeds of the site changed since the last ping.")
  .parse();

await run(async () => {
  const output = outputFolder();
  const { planet } = await operatorPlanet();
  const { hub } = planet;
  if (hub === undefined) return;
  const built = await builtFeeds(output, planet.site);
  if (built.size === 0) throw new OperatorError(`There is no built site in ${output}. Run "npm run site" first.`);
  const before = readAnnounced(output, hub);
  const changed = changedFeeds(before, built);
  const { announced, problem } = await announceToHub(hub, changed, userAgent(planet));
  print(
    `hub: ${announced.length} of ${countText(changed.length, 'changed feed', 'changed feeds')} announced to ${new URL(hub).host}`,
  );
  if (problem !== null) printError(`The hub did not accept all feeds; the next ping announces them again: ${problem}.`);
  // A feed without a hash counts as changed at the next ping.
  for (const feed of changed) if (!announced.includes(feed)) built.delete(feed);
  if (announced.length > 0 || changed.length === 0) writeAnnounced(output, hub, built);
});
