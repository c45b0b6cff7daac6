/** The search of a site, as `npm run site` makes it at its end. */
import { run } from '../scripts/cli.ts';
import { search } from '../scripts/search/make.ts';
import { outputFolder } from '../src/root.ts';

await run(() => search(outputFolder()));
