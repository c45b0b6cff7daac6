import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newIdentity } from '../../scripts/snapshot/identity/entry-ids.ts';
import { createEntry } from '../../scripts/snapshot/new-entry.ts';
import { writeEntries, writeStates } from '../../scripts/snapshot/store.ts';
import { Entry } from '../../src/core/entry.ts';
import { type FeedStates, newFeedState } from '../../src/core/feed-state.ts';
import { planOf, write } from './planet/plan.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 1);
const FEEDS = 100;

/** What a planet of a hundred feeds hears in one hour of a run a hour, and what is remembered of its feeds after it. */
export interface Heard {
  entries: Entry[];
  states: FeedStates;
}

/** Hourly snapshots: so many entries a day, one post in ten edited later, feeds that rest for two hours, and some that fail. */
export function* hours(runs: number, entriesADay: number): Generator<Heard> {
  const plan = planOf(FEEDS * 90);
  const states: FeedStates = Object.fromEntries(
    [...plan.blogs, ...plan.planets].map(({ id, title, home }) => {
      const known = { title, home, host: `${id}.example`, validators: { etag: '"0"' } };
      return [id, { ...newFeedState(`https://${id}.example/feed.xml`), ...known }];
    }),
  );
  const ids = Object.keys(states);
  let index = 0;
  let last: Entry | undefined;
  for (let run = 1; run <= runs; run++) {
    const now = new Date(START + run * HOUR);
    const instant = (hours: number) => new Date(now.getTime() + hours * HOUR).toISOString().replace('.000', '');
    const entries: Entry[] = [];
    for (; index < (run * entriesADay) / 24; index++) {
      const { blog } = plan.at(index);
      const published = new Date(START + Math.floor(((index + 0.5) * 86_400) / entriesADay) * 1000);
      const said = write({ ...plan.at(index), published });
      last = createEntry(newIdentity(blog.id, said.id), { ...said, published }, { timezone: 'UTC' }, now);
      entries.push(last);
      const state = states[blog.id];
      if (state) states[blog.id] = { ...state, entries: state.entries + 1, validators: { etag: `"${run}"` } };
    }
    if (last && run % 12 === 0) entries.push({ ...last, summary: `${last.summary} Edited.`, updated: instant(0) });
    for (const [place, id] of ids.entries()) {
      const state = states[id];
      if (!state) continue;
      if (place % 5 === 0 && run % 2 === 0) states[id] = { ...state, askAgainAt: instant(2) };
      const trouble = { outcome: 'failed', reason: 'timed out', since: '2026-01-01T01:00:00Z' } as const;
      if (place % 10 === 3 && run % 24 === place % 24) states[id] = { ...state, trouble, askAgainAt: instant(24) };
    }
    yield { entries, states };
  }
}

/** Lets a planet run for so many hours, and keeps each run as a commit, as `npm run archive -- push` would. */
export async function keepHours(runs: number, entriesADay: number, archive: string, repository: string): Promise<void> {
  const importer = spawn('git', ['fast-import', '--quiet', '--force'], {
    cwd: repository,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const say = async (...parts: (string | Buffer)[]) => {
    for (const part of parts) if (!importer.stdin.write(part)) await once(importer.stdin, 'drain');
  };
  // The versions of one file one after the other, so that git sees what they share; feeds.json waits in a file for its turn.
  const waiting = join(archive, '..', 'feeds-versions');
  const commits: { months: { name: string; mark: number }[]; feeds: { mark: number; bytes: number } }[] = [];
  let mark = 0;
  const lines = new Map<string, string>();
  let month = '';
  for (const { entries, states } of hours(runs, entriesADay)) {
    const months: { name: string; mark: number }[] = [];
    for (const [name, list] of Map.groupBy(entries, ({ published }) => `${published.slice(0, 7)}.ndjson`)) {
      if (name > month) lines.clear();
      if (name < month) continue;
      month = name;
      // As writeEntries does it, which would read and check the whole month again in each of thousands of runs.
      for (const entry of list)
        lines.set(`${entry.published}\n${entry.feed}\n${entry.id}`, JSON.stringify(Entry.parse(entry)));
      const sorted = [...lines].sort(([one], [other]) => (one < other ? -1 : 1));
      const bytes = Buffer.from(sorted.map(([, line]) => `${line}\n`).join(''));
      await writeFile(join(archive, name), bytes);
      await say(`blob\nmark :${++mark}\ndata ${bytes.length}\n`, bytes, '\n');
      months.push({ name, mark });
    }
    await writeStates(archive, states);
    const feeds = await readFile(join(archive, 'feeds.json'));
    await appendFile(waiting, feeds);
    commits.push({ months, feeds: { mark: ++mark, bytes: feeds.length } });
  }
  await refuseOther(archive);
  let offset = 0;
  for (const { feeds } of commits) {
    await say(`blob\nmark :${feeds.mark}\ndata ${feeds.bytes}\n`);
    for await (const part of createReadStream(waiting, { start: offset, end: offset + feeds.bytes - 1 }))
      await say(part);
    await say('\n');
    offset += feeds.bytes;
  }
  for (const [run, { months, feeds }] of commits.entries()) {
    await say(
      `commit refs/heads/archive\ncommitter T <t@t.example> ${START / 1000 + run * 3600} +0000\ndata 8\nSnapshot\n`,
    );
    for (const { name, mark: blob } of months) await say(`M 100644 :${blob} ${name}\n`);
    await say(`M 100644 :${feeds.mark} feeds.json\n\n`);
  }
  importer.stdin.end();
  const [code] = await once(importer, 'close');
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}

/** A snapshot would have written the same: it finds nothing to write. */
async function refuseOther(archive: string): Promise<void> {
  for (const name of await readdir(archive)) {
    if (!name.endsWith('.ndjson')) continue;
    const before = await readFile(join(archive, name), 'utf8');
    await writeEntries(
      archive,
      before
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
    if ((await readFile(join(archive, name), 'utf8')) !== before)
      throw new Error(`${name} is not as a snapshot writes it`);
  }
}
