import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesIn, folderHarms, harmsOf, seeded } from '../lib/damage.ts';
import { hashes, NODE_COMPILE_CACHE, surroundings } from '../lib/planet.ts';
import { aRandomPlanet, change, Random, type RandomPlanet, writePlanet } from '../lib/random-planet.ts';
import type { Built, Order } from '../lib/site-builder.ts';

/** Longer by hand: `HISTORIES=300 FIRST_SEED=1000 npx vitest run tests/e2e/never-stale.test.ts`. */
const histories = Number(process.env['HISTORIES'] ?? 10);
const firstSeed = Number(process.env['FIRST_SEED'] ?? 1);
const STEPS = 3;

let area: string;
let builders: [Builder, Builder];

beforeAll(async () => {
  area = await mkdtemp(join(tmpdir(), 'orrery-stale-'));
  builders = [new Builder(), new Builder()];
});
afterAll(async () => {
  for (const builder of builders) builder[Symbol.dispose]();
  await rm(area, { recursive: true, force: true });
});

class Builder implements Disposable {
  readonly #child: ChildProcess;

  /** @param killAt at which step towards the disk it is to be killed */
  constructor(killAt?: number) {
    this.#child = fork(join(import.meta.dirname, 'site-builder.ts'), {
      env: { ...surroundings, NODE_COMPILE_CACHE, KILL_AT: `${killAt}` },
      execArgv: killAt === undefined ? [] : ['--import', join(import.meta.dirname, 'kill-at.ts')],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
  }

  /** Null where it was killed on the way. */
  build(order: Order): Promise<Built | null> {
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
      await harm(path, () => random.below(1000) / 1000);
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
  const { random, planet, folder, dist, searchable, told } = history;
  for (let left = 1 + random.below(4); left > 0; left--) told.push(change(planet, random));
  await writePlanet(folder, planet);
  if (random.chance(0.25)) {
    // Before this it reads its own code.
    const at = 450 + random.below(random.oneOf([100, 400, 2000]));
    using builder = new Builder(at);
    const built = await builder.build({ folder, dist, clock: planet.clock, searchable });
    told.push(built === null ? `killed at step ${at}` : 'built');
    if (random.chance(0.3)) told.push(change(planet, random));
    await writePlanet(folder, planet);
  }
  if (random.chance(0.4)) await harmSite(history);
  told.push('—');

  const before = await allIn(dist);
  const fresh = join(dirname(dist), 'fresh', 'dist');
  const order = { folder, clock: planet.clock, searchable };
  const [built, wanted] = await Promise.all([
    builders[0].build({ ...order, dist }),
    builders[1].build({ ...order, dist: fresh }),
  ]);
  expect(wanted, told.join('\n')).not.toBeNull();
  expect(built, told.join('\n')).toEqual(wanted);
  expect(await allIn(dist), told.join('\n')).toEqual(built?.error === null ? await allIn(fresh) : before);
  await rm(dirname(fresh), { recursive: true, force: true });
}

describe('after any changes, damages and kills a site is byte for byte one that is built from scratch', () => {
  test.each(Array.from({ length: histories }, (_, at) => firstSeed + at))('seed %i', async (seed) => {
    const random = new Random(seeded(seed));
    // A linear generator's first numbers follow its seed.
    for (let i = 0; i < 10; i++) random.below(1);
    const home = join(area, `${seed}`);
    const [folder, dist] = [join(home, 'content'), join(home, 'dist')];
    const searchable = seed % 3 === 0;
    // So many that two threads render them.
    const planet = aRandomPlanet(random, seed % 50 === 0 ? 500 : random.oneOf(searchable ? [8, 20] : [8, 20, 20, 120]));
    const history: History = { random, planet, folder, dist, searchable, told: [`seed ${seed}`] };
    await writePlanet(folder, planet);
    expect(await builders[0].build({ folder, dist, clock: planet.clock, searchable })).toEqual({
      error: null,
    });
    for (let left = STEPS; left > 0; left--) await step(history);
    await rm(home, { recursive: true });
  });
});
