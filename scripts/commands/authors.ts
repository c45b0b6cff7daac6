import { Command } from 'commander';
import { archiveFolder, heads } from '../../src/archive.ts';
import { alike } from '../../src/lib/alike.ts';
import { credit } from '../../src/lib/credit.ts';
import { hostOf } from '../../src/lib/host.ts';
import { peopleOf } from '../../src/lib/names.ts';
import type { Person } from '../../src/model/entry.ts';
import { print } from '../print.ts';
import { ownPlanet } from './own-planet.ts';

interface Found {
  entries: number;
  /** `planet-python, by title`: how often each feed and rule gave the name. */
  ways: Map<string, number>;
  hosts: Set<string>;
}

/** `authors`: who was found, through which feed and rule, and who may be one person. */
export const authorsCommand = new Command('authors')
  .description('List who was found, through which feed and rule, and propose aliases.')
  .action(async () => {
    const own = await ownPlanet();
    const { folder, planet } = own;
    const people = peopleOf(planet.authors);
    const found = new Map<string, Found>();
    for await (const { head } of heads(archiveFolder(folder))) {
      const feed = planet.feeds.find(({ id }) => id === head.feed);
      for (const person of feed ? credit(head, feed, people).authors : []) {
        note(found, person, `${head.feed}, by ${feed?.authors}`, head.url);
      }
    }
    tell(found);
  });

function note(found: Map<string, Found>, { name, url }: Person, way: string, link: string | null): void {
  const about = found.get(name) ?? { entries: 0, ways: new Map(), hosts: new Set() };
  found.set(name, about);
  about.entries += 1;
  about.ways.set(way, (about.ways.get(way) ?? 0) + 1);
  for (const address of [url, link]) if (address) about.hosts.add(hostOf(address));
}

function tell(found: ReadonlyMap<string, Found>): void {
  if (found.size === 0) print('Nobody is known yet. "npm run snapshot" reads the feeds.');
  const names = [...found].sort(([a], [b]) => a.localeCompare(b, 'en'));
  for (const [name, { entries, ways }] of names) {
    print(`${name}: ${entries} (${[...ways].map(([way, count]) => `${count} from ${way}`).join('; ')})`);
  }
  const pairs = alike(names.map(([name, { hosts }]) => ({ name, hosts })));
  if (pairs.length === 0) return;
  print('\nThese may be one person each. If so, write into planet.yaml:\n\nauthors:');
  for (const [one, other] of pairs) {
    const [name, alias] = one.length >= other.length ? [one, other] : [other, one];
    print(`  - name: ${JSON.stringify(name)}\n    aliases: [${JSON.stringify(alias)}]`);
  }
}
