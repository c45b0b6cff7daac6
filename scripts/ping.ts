/**
 * Tells the planet's WebSub hub which of its feeds have changed since it was last told: `npm run ping`, once the site is
 * where readers see it. Without `hub` in planet.yaml it does nothing.
 *
 * Reads `planet.yaml` (`PLANET_CONTENT`) and the built site (`PLANET_DIST`). What the hub was told of is kept beside the
 * output folder, in `.orrery/`; where that is lost, the hub is told of the planet's own feeds. Exit code: 2 where
 * planet.yaml has mistakes, 1 where there is no built site, else 0: a hub that does not listen costs one line, and is told
 * again the next time.
 */

import { outputFolder } from '../src/archive/environment.ts';
import { ownPlanet } from '../src/archive/load-planet.ts';
import { OperatorError } from '../src/core/operator-error.ts';
import { announceToHub, builtFeeds, changedFeeds, readAnnounced, writeAnnounced } from './ci/websub.ts';
import { print, printError, run } from './cli.ts';
import { userAgent } from './snapshot/fetch/fetcher.ts';

await run(async () => {
  const output = outputFolder();
  const { planet } = await ownPlanet();
  if (planet.hub !== undefined) {
    const { hub } = planet;
    const built = await builtFeeds(output, planet.site);
    if (built.size === 0) {
      throw new OperatorError(`There is no built site in ${output}. Run "npm run site" first.`);
    } else {
      const before = await readAnnounced(output, hub);
      const changed = changedFeeds(before, built);
      const { told, trouble } = await announceToHub({ hub, feeds: changed, userAgent: userAgent(planet) });
      print(`hub: ${told.length} of ${changed.length} changed feeds told to ${new URL(hub).host}`);
      if (trouble !== null) printError(`The hub does not listen, and is told again the next time: ${trouble}.`);
      // Whatever it was not told of counts as it was before.
      const untold = new Set(changed.filter((feed) => !told.includes(feed)));
      const after = [...built].flatMap(([feed, hash]) => {
        const known = untold.has(feed) ? before?.get(feed) : hash;
        return known === undefined ? [] : [[feed, known] as const];
      });
      if (told.length > 0 || changed.length === 0) await writeAnnounced(output, hub, new Map(after));
    }
  }
});
