/** The search of a site, as `npm run site` makes it at its end. */
import { run } from '../../scripts/cli.ts';
import { search } from '../../scripts/site/search/build-search.ts';
import { outputFolder } from '../../src/archive/environment.ts';

await run(() => search(outputFolder()));
