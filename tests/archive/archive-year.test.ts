import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newIdentity } from '../../scripts/snapshot/identity/entry-ids.ts';
import { createEntry } from '../../scripts/snapshot/new-entry.ts';
import { writeEntries, writeStates } from '../../scripts/snapshot/store.ts';
import type { Entry } from '../../src/core/entry.ts';
import { type FeedStates, newFeedState } from '../../src/core/feed-state.ts';
import { planOf, write } from '../bench/planet/plan.ts';
import { weigh } from '../bench/scale/weight.ts';
import { areaFor } from '../lib/test-folder.ts';

const RUNS = 50;
const A_DAY = 20;
const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 1);

/** What each of hourly snapshots keeps: some entries, one post in ten edited later, feeds that rest for two hours, and some that fail. */
function* hours(): Generator<{ entries: Entry[]; states: FeedStates }> {
  const plan = planOf(9_000);
  const feeds = [...plan.blogs, ...plan.planets].map(({ id, title, home }) => {
    const known = { title, home, host: `${id}.example`, validators: { etag: '"0"' } };
    return { id, state: { ...newFeedState(`https://${id}.example/feed.xml`), ...known } };
  });
  let index = 0;
  for (let run = 1; run <= RUNS; run++) {
    const now = new Date(START + run * HOUR);
    const instant = (hours: number) => new Date(now.getTime() + hours * HOUR).toISOString().replace('.000', '');
    const entries: Entry[] = [];
    for (; index < (run * A_DAY) / 24; index++) {
      const published = new Date(START + Math.floor(((index + 0.5) * 24) / A_DAY) * HOUR);
      const planned = { ...plan.at(index), published };
      const said = write(planned);
      entries.push(createEntry(newIdentity(planned.blog.id, said.id), said, { timezone: 'UTC' }, now));
      const feed = feeds.find(({ id }) => id === planned.blog.id);
      if (feed) feed.state = { ...feed.state, entries: feed.state.entries + 1, validators: { etag: `"${run}"` } };
    }
    const [first] = entries;
    if (first && run % 12 === 0) entries.push({ ...first, summary: `${first.summary} Edited.`, updated: instant(0) });
    for (const [place, feed] of feeds.entries()) {
      const trouble = { outcome: 'failed', reason: 'timed out', since: '2026-01-01T01:00:00Z' } as const;
      if (place % 5 === 0 && run % 2 === 0) feed.state = { ...feed.state, askAgainAt: instant(2) };
      if (place % 10 === 3 && run % 24 === place % 24)
        feed.state = { ...feed.state, ...{ trouble, askAgainAt: instant(24) } };
    }
    yield { entries, states: Object.fromEntries(feeds.map(({ id, state }) => [id, state])) };
  }
}

test('fifty hourly runs leave a branch of less than the archive, packed', async () => {
  const archive = areaFor('hours');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: archive }).toString().trim();
  git('init', '--quiet');
  for (const { entries, states } of hours()) {
    await writeEntries(archive, entries);
    await writeStates(archive, states);
    git('add', '--all');
    git('-c', 'user.name=T', '-c', 'user.email=t@t.example', 'commit', '--quiet', '--message=Snapshot');
  }
  git('repack', '-a', '-d', '--quiet');
  expect(git('rev-list', '--count', 'HEAD')).toBe(`${RUNS}`);
  expect(git('ls-tree', '--name-only', 'HEAD').split('\n')).toEqual(['2026-01.ndjson', 'feeds.json', 'ledger.json']);
  const packed = await weigh(join(archive, '.git/objects/pack'));
  const own = await weigh(archive, (path) => !path.startsWith('.git/'));
  // Half of it; seven times as much if git found nothing that the versions of a file share.
  expect(packed.bytes).toBeLessThan(own.bytes);
});
