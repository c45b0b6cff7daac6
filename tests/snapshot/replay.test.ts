import { expect, test } from 'vitest';
import { withLock } from '../../scripts/disk/lock.ts';
import { feedWorker } from '../../scripts/snapshot/feed-worker.ts';
import { createFetcher } from '../../scripts/snapshot/fetch/fetcher.ts';
import { takeSnapshot } from '../../scripts/snapshot/run.ts';
import { archiveFolder } from '../../src/archive/archive.ts';
import { loadPlanet } from '../../src/archive/load-planet.ts';
import { rss, serveFeeds } from '../lib/feed-server.ts';
import { aFolder, planetYaml } from '../lib/planet.ts';
import { Random } from '../lib/random.ts';

/** More by hand: `RUNS=3000 npx vitest run tests/snapshot/replay.test.ts` */
const runs = Number(process.env['RUNS'] ?? 100);

/** A blog as it lives: it posts, edits, renames its ids, shows only its newest ten, empties, dies and comes back. */
function aBlog(random: Random) {
  const posts: { number: number; edits: number; date: Date }[] = [];
  let scheme = 1;
  let state: 'well' | 'empty' | 'dead' = 'well';
  return {
    posts,
    seen: new Set<number>(),
    live(now: Date): void {
      const dice = random.next();
      if (dice < 0.35) posts.push({ number: posts.length, edits: 0, date: new Date(now.getTime() - 1000) });
      else if (dice < 0.5 && posts.length > 0) (posts.at(-1) as { edits: number }).edits += 1;
      else if (dice < 0.55) scheme += 1;
      else if (dice < 0.62) state = 'empty';
      else if (dice < 0.7) state = 'dead';
      else state = 'well';
    },
    /** What it answers now; undefined is a 404. */
    answer(): string | undefined {
      if (state === 'dead') return undefined;
      const shown = state === 'empty' ? [] : posts.slice(-10).reverse();
      for (const { number } of shown) this.seen.add(number);
      const items = shown.map(({ number, edits, date }) => ({
        title: `Post ${number}`,
        link: `https://blog.example/${number}`,
        date: date.toUTCString(),
        html: `<p>Version ${edits}</p>`,
      }));
      return rss(items).replaceAll(/<guid>[^<]*?(\d+)<\/guid>/g, `<guid isPermaLink="false">${scheme}:$1</guid>`);
    },
  };
}

test(`over ${runs} runs of a feed that posts, edits, renames its ids, empties, dies and comes back, no entry is lost, none is there twice`, async () => {
  const random = new Random(20260123);
  const blog = aBlog(random);
  await using server = await serveFeeds({});
  await using folder = await aFolder(planetYaml({ blog: server.url('/feed') }));
  const loaded = await loadPlanet(folder.path);
  if (loaded.kind === 'mistakes') throw new Error(loaded.problems.join());
  let now = new Date('2025-06-01T00:00:00Z');
  const fetcher = createFetcher({ userAgent: 'Orrery test', allowPrivate: [server.host], now: () => now });
  const { readInWorker } = feedWorker;
  let paths: string[] = [];
  for (let run = 0; run < runs; run++) {
    now = new Date(now.getTime() + 3_600_000);
    blog.live(now);
    const answer = blog.answer();
    if (answer === undefined) delete server.answers['/feed'];
    else server.answers['/feed'] = answer;
    const { planet } = loaded;
    const { fetchFeed } = fetcher;
    await withLock(archiveFolder(folder.path), () =>
      takeSnapshot({
        planet,
        feeds: planet.feeds,
        folder: folder.path,
        now,
        fetchFeed,
        readInWorker,
        progress: () => {},
      }),
    );
    const next = blog.seen.size === 0 ? [] : (await folder.entries()).map(({ path }) => String(path));
    // The archive only grows, and a permalink never changes.
    expect(next).toEqual(expect.arrayContaining(paths));
    paths = next;
  }
  await fetcher.close();
  const titles = (await folder.entries()).map(({ title }) => title);
  expect(blog.posts.length).toBeGreaterThan(runs / 4);
  expect(titles.toSorted()).toEqual([...blog.seen].map((number) => `Post ${number}`).toSorted());
});
