// Writes an operator's folder with so many entries, always the same:  node tests/bench/planet-of.ts 5000 /tmp/planet
import { writePlanet } from './planet/folder.ts';
import { planOf } from './planet/plan.ts';

const [count, folder] = process.argv.slice(2);
if (!/^\d+$/.test(count ?? '') || folder === undefined) {
  console.error('Say how many entries, and where to: node tests/bench/planet-of.ts 5000 /tmp/planet');
  process.exit(2);
}
await writePlanet(folder, planOf(Number(count)), (feed) => `https://${feed}.example/feed.xml`);
