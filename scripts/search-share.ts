/** What scripts/search.ts is to a whole site, for the share of one machine: the bundles of its own periods. Run by site.ts. */
import { outputFolder } from '../src/root.ts';
import { run } from './cli.ts';
import { print } from './print.ts';
import { makeShareOfSearch } from './shards/share-of-site.ts';
import { filesOfBuild, readPlan } from './site/plan.ts';

await run(async () => {
  const output = outputFolder();
  const { share } = readPlan(filesOfBuild(output).plan);
  if (share === null) throw new Error('This build is not the share of one machine of several');
  const { made } = await makeShareOfSearch(output, share);
  print(`search: ${made} of ${share.periods.length} bundles made anew`);
});
