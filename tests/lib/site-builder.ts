/** A process that builds one site after the other, as `npm run site` does: for a small planet most of its time is its start. */

import { writeDigest } from '../../scripts/site/install.ts';
import { buildUnlessSame } from '../../scripts/site/last-build.ts';
import { publish } from '../../scripts/site/publish.ts';
import { buildSearch } from '../../scripts/site/search/build-search.ts';
import { searchSource } from '../../scripts/site/search/search-records.ts';

/** What is to be built. */
export interface Order {
  folder: string;
  dist: string;
  /** Seconds since 1970. */
  clock: number;
  searchable: boolean;
}

/** What became of it: null where all went well, else the sentence for the operator. */
export type Built = { error: string | null };

process.on('message', async ({ folder, dist, clock, searchable }: Order) => {
  Object.assign(process.env, { PLANET_CONTENT: folder, PLANET_DIST: dist, SOURCE_DATE_EPOCH: `${clock}` });
  try {
    await buildUnlessSame(dist, folder, async () => {
      // So that larger planets are rendered by two threads.
      const { data, pages } = await publish(dist, 200);
      const index = searchable ? [(await buildSearch(dist, searchSource(data))).index] : [];
      writeDigest(dist, [pages, ...index]);
      return { time: data.time, results: [], advice: [] };
    });
    process.send?.({ error: null } satisfies Built);
  } catch (error) {
    process.send?.({ error: String(error) } satisfies Built);
  }
});
