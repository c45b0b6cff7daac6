import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesIn, folderHarms, harmsOf } from '../lib/damage.ts';
import { hashes, surroundings } from '../lib/planet.ts';
import { Random } from '../lib/random.ts';
import { aRandomPlanet, change, type RandomPlanet, writePlanet } from '../lib/random-planet.ts';
import type { Built, Order } from '../lib/site-builder.ts';
import { areaFor } from '../lib/test-folder.ts';

/** Longer by hand: `HISTORIES=300 FIRST_SEED=1000 STEPS=5 npx vitest run tests/e2e/never-stale.test.ts`. */
const histories = Number(process.env['HISTORIES'] ?? 10);
const firstSeed = Number(process.env['FIRST_SEED'] ?? 1);
const steps = Number(process.env['STEPS'] ?? 3);

const area = areaFor('stale');
let builders: [Builder, Builder];

beforeAll(() => {
  builders = [new Builder(), new Builder()];
});
afterAll(() => {
  for (const builder of builders) builder[Symbol.dispose]();
});

class Builder implements Disposable {
  readonly #child: ChildProcess;
  #last: Promise<Built | null> = Promise.resolve(null);

  /** @param killAt at which step towards the disk it is to be killed, or before which file is in its place */
  constructor(killAt?: number | string) {
    this.#child = fork(join(import.meta.dirname, '../lib/site-builder.ts'), {
      env: { ...surroundings, [typeof killAt === 'string' ? 'KILL_AT_FILE' : 'KILL_AT']: `${killAt}` },
      execArgv: killAt === undefined ? [] : ['--import', join(import.meta.dirname, '../lib/kill-at.ts')],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
  }

  /** One after the other: a history that ran out of time may still be waiting for its answer. Null where it was killed on the way. */
  build(order: Order): Promise<Built | null> {
    this.#last = this.#last.then(() => this.#answer(order));
    return this.#last;
  }

  #answer(order: Order): Promise<Built | null> {
    return new Promise((done) => {
      const killed = () => done(null);
      this.#child.once('message', (built: Built) => {
        this.#child.off('exit', killed);
        done(built);
      });
      this.#child.once('exit', killed);
      this.#child.send(order);
    });
  }

  [Symbol.dispose](): void {
    this.#child.kill();
  }
}

/** One planet and its site, through all that becomes of them. */
interface History {
  random: Random;
  planet: RandomPlanet;
  folder: string;
  dist: string;
  searchable: boolean;
  /** What became of them, for people. */
  told: string[];
}

async function harmSite({ random, dist, told }: History): Promise<void> {
  const store = join(dirname(dist), '.orrery');
  const aside = await mkdtemp(join(area, 'aside-'));
  const isWaiting = random.chance(0.3);
  for (const root of [dist, store]) {
    const files = filesIn(root);
    for (let left = random.below(3); left > 0; left--) {
      const isFolder = random.chance(0.2);
      const path = isFolder ? dirname(random.oneOf(files)) : random.oneOf(files);
      // Another harm may have come before.
      if (path === root || !existsSync(path)) continue;
      const [name, harm] = random.oneOf(Object.entries(isFolder ? folderHarms : harmsOf(aside)));
      told.push(`${path.slice(dirname(dist).length + 1)}: ${name}`);
      await harm(path, random);
    }
  }
  if (random.chance(0.3)) {
    const path = random.oneOf(filesIn(dist).filter((file) => file.endsWith('index.html')));
    told.push(`${path.slice(dist.length)}: another in its place`);
    await rename(path, join(dirname(path), 'astray'));
  }
  if (!isWaiting || !existsSync(store)) return;
  told.push('something waits that was never published');
  await mkdir(join(store, 'dist.waiting', '2026', '01'), { recursive: true });
  await writeFile(join(store, 'dist.waiting', '2026', '01', 'index.html'), 'From a build that was killed');
}

/** Paths and contents of all that lies in a folder, and of what is neither file nor folder the kind. */
async function allIn(folder: string): Promise<Record<string, string>> {
  const odd = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((found) => !found.isFile())
    .map((found) => [join(found.parentPath, found.name).slice(folder.length), found.isDirectory() ? 'folder' : 'odd']);
  return { ...(await hashes(folder)), ...Object.fromEntries(odd) };
}

async function step(history: History): Promise<void> {
  const { random, folder, dist, searchable, told } = history;
  const published = structuredClone(history.planet);
  // Of many changes at once most are hidden by others: a page that is stale shows where hardly anything else changed.
  for (let left = random.oneOf([1, 1, 2, 4]); left > 0; left--) told.push(change(history.planet, random));
  await writePlanet(folder, history.planet);
  if (random.chance(0.25)) {
    // Before this it reads its own code.
    const at = 450 + random.below(random.oneOf([100, 400, 2000]));
    using builder = new Builder(at);
    const built = await builder.build({ folder, dist, clock: history.planet.clock, searchable });
    told.push(built === null ? `killed at step ${at}` : 'built');
    const then = random.below(3);
    if (then === 0) told.push(change(history.planet, random));
    if (then === 1) {
      told.push('all of it taken back');
      history.planet = published;
    }
    await writePlanet(folder, history.planet);
  }
  if (random.chance(0.4)) await harmSite(history);
  told.push('—');

  const before = await allIn(dist);
  const fresh = join(dirname(dist), 'fresh', 'dist');
  const order = { folder, clock: history.planet.clock, searchable };
  const dists = [dist, fresh];
  const [built, wanted] = await Promise.all(
    builders.map((each, at) => each.build({ ...order, dist: dists[at] ?? '' })),
  );
  expect(wanted, told.join('\n')).not.toBeNull();
  expect(built, told.join('\n')).toEqual(wanted);
  expect(await allIn(dist), told.join('\n')).toEqual(built?.error === null ? await allIn(fresh) : before);
  if (random.chance(0.3)) {
    // The planet stays, for so long that no build has to ask what changed.
    await builders[0].build({ ...order, dist });
    await harmSite(history);
    told.push('— the planet as before');
    expect(await builders[0].build({ ...order, dist }), told.join('\n')).toEqual(wanted);
    expect(await allIn(dist), told.join('\n')).toEqual(wanted?.error === null ? await allIn(fresh) : before);
  }
  await rm(dirname(fresh), { recursive: true, force: true });
}

test.for(Array.from({ length: histories }, (_, at) => firstSeed + at))(
  'after any changes, damages and kills a site is byte for byte one that is built from scratch: seed %i',
  { timeout: 900_000 },
  async (seed, { signal }) => {
    const random = new Random(seed);
    const home = join(area, `${seed}`);
    const [folder, dist] = [join(home, 'content'), join(home, 'dist')];
    const searchable = seed % 3 === 0;
    // So many that two threads render them.
    const planet = aRandomPlanet(random, seed % 50 === 0 ? 500 : random.oneOf(searchable ? [8, 20] : [8, 20, 20, 60]));
    const history: History = { random, planet, folder, dist, searchable, told: [`seed ${seed}`] };
    await writePlanet(folder, planet);
    const built = await builders[0].build({ folder, dist, clock: planet.clock, searchable });
    expect(built).toEqual({ error: null });
    for (let left = steps; left > 0; left--) {
      signal.throwIfAborted();
      await step(history);
    }
    await rm(home, { recursive: true });
  },
);

test.each(['index.html', 'bundles.json'])(
  'killed before %s is in its place, a site becomes what it was to be, and what it was where all is taken back',
  async (file) => {
    const random = new Random(1);
    const home = join(area, file);
    const [folder, dist] = [join(home, 'content'), join(home, 'dist')];
    const planet = aRandomPlanet(random, 8);
    const order = { folder, dist, clock: planet.clock, searchable: file === 'bundles.json' };
    const changed = structuredClone(planet);
    Object.assign(changed.said, { title: 'Another planet' });
    changed.entries.splice(0, 2);
    const siteOf = async (now: RandomPlanet) => {
      await writePlanet(folder, now);
      expect(await builders[0].build(order)).toEqual({ error: null });
      return allIn(dist);
    };
    const killedWith = async (now: RandomPlanet) => {
      await writePlanet(folder, now);
      using builder = new Builder(file);
      expect(await builder.build(order)).toBeNull();
    };
    const after = await siteOf(changed);
    await siteOf(planet);
    await killedWith(changed);
    expect(await siteOf(changed)).toEqual(after);
    await killedWith(planet);
    expect(await siteOf(changed)).toEqual(after);
    await rm(home, { recursive: true });
  },
);
