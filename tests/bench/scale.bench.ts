// What planets of several sizes cost, beside Eleventy with the same pages, in one run:
//   npm run bench -- scale 1000 5000 20000 50000 100000
// Archives are kept in the temporary folder and used again; sites are deleted at the end. Only Linux tells how much processor time a command's children took.
import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge } from './scale/goals.ts';
import { type Hour, type Measured, type Started, startPlanet } from './scale/one-size.ts';
import { tableOf } from './scale/table.ts';

const ROUNDS = 5;
const ALL = [1_000, 5_000, 20_000, 50_000, 100_000];

const given = process.argv.slice(2).map(Number);
if (process.platform !== 'linux' || given.some((size) => !(size >= 100))) {
  console.error('Run it on Linux, with sizes in entries, each 100 or more: npm run bench -- scale 1000 5000');
  process.exit(2);
}
const area = join(tmpdir(), 'orrery-bench');
await mkdir(area, { recursive: true });
await using room = await mkdtempDisposable(join(area, 'run-'));
await using started = new AsyncDisposableStack();
const planets: { entries: number; planet: Started; hours: Hour[] }[] = [];
for (const entries of given.length > 0 ? given : ALL) {
  const say = (what: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${entries}: ${what}`);
  planets.push({ entries, planet: started.use(await startPlanet(entries, area, room.path, say)), hours: [] });
}
// In turns, and of each the median: a machine may be half as fast a quarter of an hour later.
for (let round = 0; round < ROUNDS; round++) for (const { planet, hours } of planets) hours.push(await planet.anHour());
const sizes: Measured[] = [];
for (const { entries, planet, hours } of planets) {
  const [median] = hours.toSorted((a, b) => a.cpu - b.cpu).slice(Math.floor(ROUNDS / 2));
  const peak = Math.max(...hours.map((hour) => hour.peak));
  sizes.push(await planet.measured({ ...(median as Hour), peak }));
  await writeFile(join(area, `measured-${entries}.json`), JSON.stringify(sizes.at(-1), null, 1));
}
console.log(`${tableOf(sizes)}\n`);
for (const { goal, told, met } of judge(sizes)) {
  console.log(
    `${told === null ? 'not measured' : met ? 'met' : 'MISSED'}: ${goal}${told === null ? '' : ` (${told})`}`,
  );
  if (!met) process.exitCode = 1;
}
