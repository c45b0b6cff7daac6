// Loaded before a build (`node --import`): writes into the file FEED_CLOCK names what laying the feeds took, in CPU seconds.
import { writeFileSync } from 'node:fs';

type Feeds = () => AsyncIterable<unknown>;

let feeds: Feeds | undefined;
Object.defineProperty(globalThis, 'feedsOfThisBuild', {
  get: () => feeds,
  set: (given: Feeds) => {
    feeds = async function* () {
      const before = process.cpuUsage();
      // What is done with each between two of them, its writing, counts too.
      yield* given();
      const { user, system } = process.cpuUsage(before);
      writeFileSync(process.env['FEED_CLOCK'] ?? '', String((user + system) / 1e6));
    };
  },
});
