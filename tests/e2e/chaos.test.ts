import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { filesIn, harmsOf } from '../lib/damage.ts';
import { rss } from '../lib/feed-server.ts';
import { hashes, planetYaml, type Ran, run } from '../lib/planet.ts';
import { snapshotCommand } from '../lib/program-here.ts';
import { Random } from '../lib/random.ts';
import { areaFor } from '../lib/test-folder.ts';

/** Longer by hand: `CHAOS_ROUNDS=500 CHAOS_SEED=7 npx vitest run tests/e2e/chaos.test.ts`. */
const rounds = Number(process.env['CHAOS_ROUNDS'] ?? 20);
const seed = Number(process.env['CHAOS_SEED'] ?? 1);

const random = new Random(seed);

const area = areaFor('chaos');
/** A planet before a run, to which an unharmed run adds one entry. */
const before = join(area, 'before');
let after: { archive: Record<string, string>; entries: string[] };

beforeAll(async () => {
  await mkdir(before);
  await mkdir(join(area, 'aside'));
  const feeds = { a: 'a.xml', b: 'b.xml', c: 'c.xml' };
  await writeFile(join(before, 'planet.yaml'), planetYaml(feeds));
  for (const feed of Object.keys(feeds)) await writeFeed(before, feed, 6);
  expect(await snapshot(before)).toMatchObject({ code: 0 });
  await writeFeed(before, 'a', 7);
  const unharmed = await copyOf(before, 'unharmed');
  expect(await snapshot(unharmed)).toMatchObject({ code: 0 });
  after = { archive: await hashes(join(unharmed, 'archive')), entries: await entriesIn(unharmed) };
});

async function writeFeed(planet: string, feed: string, posts: number): Promise<void> {
  const items = Array.from({ length: posts }, (_, at) => ({
    title: `Post ${at} of ${feed}`,
    link: `https://${feed}.example/${at}`,
    date: `2026-0${(at % 3) + 1}-1${at}T08:00:00Z`,
    html: `<p>What ${feed} says in its post of number ${at}, in a sentence of its own.</p>`,
  }));
  await writeFile(join(planet, `${feed}.xml`), rss(items));
}

async function copyOf(planet: string, name: string): Promise<string> {
  await cp(planet, join(area, name), { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  return join(area, name);
}

const clock = { SOURCE_DATE_EPOCH: '1775000000' };
const snapshot = (planet: string) => snapshotCommand(planet, clock);

/** Feed and id of each line of each month, those of files that were set aside included. */
async function entriesIn(planet: string): Promise<string[]> {
  const names = (await readdir(join(planet, 'archive'))).filter((name) => /^\d{4}-\d{2}\.ndjson/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(join(planet, 'archive', name), 'utf8').catch(() => '')));
  const lines = texts.flatMap((text) => text.split('\n'));
  return lines.flatMap((line) => /^\{"feed":"(\w)","id":"([^"]+)"/.exec(line)?.slice(1).join(' ') ?? []).sort();
}

/** Loses lines, and no byte of those that are left. */
async function cutAfterALine(path: string): Promise<void> {
  const lines = (await readFile(path, 'utf8')).split(/(?<=\n)/);
  await writeFile(path, lines.slice(0, random.below(lines.length)).join(''));
}

/** What a program says that stops: a sentence that names a file, and no bug's trace. */
function expectSentence({ code, stderr }: Pick<Ran, 'code' | 'stderr'>, what: string): void {
  expect.soft([1, 2], `${what}\n${stderr}`).toContain(code);
  expect.soft(stderr, what).not.toMatch(/^\s+at .*(?:\.ts|node:)/m);
  expect.soft(stderr, `${what}: a file is named`).toMatch(/archive|\.ndjson|\.json|planet\.yaml/);
}

/** Harms a planet as the world may; says how. */
async function harm(planet: string): Promise<string> {
  const archive = join(planet, 'archive');
  switch (random.oneOf(['damage', 'damage', 'damage', 'full disk'])) {
    case 'damage': {
      const path = random.oneOf(filesIn(archive));
      const kinds: ReturnType<typeof harmsOf> = harmsOf(join(area, 'aside'));
      const [name, damage] = random.oneOf(
        Object.entries({ ...kinds, 'cut after a line': cutAfterALine } as typeof kinds),
      );
      await damage(path, random);
      return `${path.slice(archive.length + 1)}: ${name}`;
    }
    default: {
      const from = String(1 + random.below(8));
      const program = ['--import', './tests/lib/fail-writes.ts', 'scripts/snapshot.ts'];
      const ran = await run(program, { PLANET_CONTENT: planet, ...clock, FAIL_FROM: from });
      if (ran.code !== 0) expectSentence(ran, `the disk is full from write ${from} on`);
      return `the disk is full from write ${from} on`;
    }
  }
}

test(`an archive harmed at random: the next run heals it, or stops with a sentence and loses nothing`, async () => {
  for (let round = 0; round < rounds; round++) {
    const planet = await copyOf(before, `round-${round}`);
    const archive = join(planet, 'archive');
    const what = `seed ${seed}, round ${round}: ${await harm(planet)}`;
    const left = await entriesIn(planet);
    const ran = await snapshot(planet);
    if (ran.code === 0) {
      expect.soft(await entriesIn(planet), `${what}\n${ran.stdout}`).toEqual(after.entries);
    } else {
      expectSentence(ran, what);
      expect.soft(await entriesIn(planet), `${what}: a run that stops takes nothing away`).toEqual(left);
      // As the sentence says: a good copy is put back.
      await rm(archive, { recursive: true });
      await cp(join(before, 'archive'), archive, { recursive: true });
      expect.soft(await snapshot(planet), what).toMatchObject({ code: 0 });
      expect.soft(await hashes(archive), what).toEqual(after.archive);
    }
    await rm(planet, { recursive: true });
  }
});
