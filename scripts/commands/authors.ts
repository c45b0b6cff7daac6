import { Command } from 'commander';
import { archiveFolder, readStates } from '../../src/archive/archive.ts';
import { operatorPlanet } from '../../src/archive/load-planet.ts';
import { readAllMetadata } from '../../src/archive/read-entries.ts';
import { creditOf, namesInTitles } from '../../src/core/credit.ts';
import type { Person } from '../../src/core/entry.ts';
import { type AuthorSettings, authorsByName, isJoint, nameKey, shownName } from '../../src/core/name-lists.ts';
import { compareText } from '../../src/core/text.ts';
import { hostOf } from '../../src/core/web-address.ts';
import { print } from '../cli.ts';
import { completeMonths } from '../snapshot/verify.ts';

interface Found {
  entries: number;
  /** How often each spelling was found: `Ann Lee`, `ann lee`. The site has one author for them. */
  spellings: Map<string, number>;
  /** `planet-python, by title`: how often each feed and rule found the name. */
  sources: Map<string, number>;
  hosts: Set<string>;
}

export const authorsCommand = new Command('authors')
  .description('List the authors with the feeds and rules that found them, and propose aliases.')
  .action(async () => {
    const { folder, planet } = await operatorPlanet();
    await completeMonths(archiveFolder(folder));
    const people = authorsByName(planet.authors);
    const found = new Map<string, Found>();
    const entries = await Array.fromAsync(
      readAllMetadata(archiveFolder(folder)),
      ({ feed, title, authors, url, published }) => ({ feed, title, authors, url, published }),
    );
    const entriesOf = Map.groupBy(entries, ({ feed }) => feed);
    const states = await readStates(archiveFolder(folder));
    const renamed: Renamed[] = [];
    for (const feed of planet.feeds) {
      const ofFeed = entriesOf.get(feed.id) ?? [];
      const rule = { ...feed, names: namesInTitles(ofFeed) };
      const credits = ofFeed.flatMap((entry) =>
        creditOf(entry, rule, people).authors.map((person) => ({ person, ...entry })),
      );
      for (const { person, url } of credits) noteName(found, person, `${feed.id}, by ${feed.authors}`, url);
      for (const [alias, { now }] of Object.entries(states[feed.id]?.formerAuthors ?? {})) renamed.push({ alias, now });
      if (feed.authors === 'entry') renamed.push(...successor(credits));
    }
    const keyOf = (name: string) => nameKey(shownName(name, people));
    const isShownAsOne = ({ alias, now }: Renamed) => keyOf(alias) === keyOf(now);
    printAuthors(
      new Map([...found.values()].map((each) => [usualSpelling(each), each])),
      renamed.filter((pair) => !isShownAsOne(pair) && ![pair.alias, pair.now].some(isJoint)),
      people,
    );
  });

/** A former name of an author, and the one that replaced it. */
type Renamed = { alias: string; now: string };

function noteName(found: Map<string, Found>, { name, url }: Person, source: string, link: string | null): void {
  const about = found.get(nameKey(name)) ?? { entries: 0, spellings: new Map(), sources: new Map(), hosts: new Set() };
  found.set(nameKey(name), about);
  about.entries += 1;
  about.spellings.set(name, (about.spellings.get(name) ?? 0) + 1);
  about.sources.set(source, (about.sources.get(source) ?? 0) + 1);
  for (const address of [url, link]) if (address) about.hosts.add(hostOf(address));
}

function usualSpelling({ spellings }: Found): string {
  const [usual] = [...spellings].sort(([a, some], [b, others]) => others - some || compareText(a, b));
  return usual?.[0] ?? '';
}

/** Two names in a feed, each several times, the second only after the first ended: the feed may have changed the spelling of its author. */
function successor(credits: readonly { person: Person; published: string }[]): Renamed[] {
  const inOrder = credits.toSorted((a, b) => compareText(a.published, b.published));
  const [one, other, more] = Map.groupBy(inOrder, ({ person }) => person.name);
  if (one === undefined || other === undefined || more !== undefined) return [];
  const [[alias, before], [now, after]] = [one, other];
  const [end = '', start = ''] = [before.at(-1)?.published, after[0]?.published];
  return before.length > 1 && after.length > 1 && end < start ? [{ alias, now }] : [];
}

/** The newest name of an author. A feed may have renamed an author several times. */
function newestName(name: string, renamed: readonly Renamed[]): string {
  const names = new Set([name]);
  // The loop also visits the names that it adds.
  for (const each of names) names.add(renamed.find(({ alias }) => alias === each)?.now ?? each);
  return [...names].at(-1) ?? name;
}

/** Prints the authors, and the lines for `planet.yaml` that would merge similar names. */
function printAuthors(found: ReadonlyMap<string, Found>, renamed: readonly Renamed[], people: AuthorSettings): void {
  if (found.size === 0) print('There are no authors yet. "npm run snapshot" reads the feeds.');
  const names = [...found].sort(([a], [b]) => a.localeCompare(b, 'en'));
  for (const [name, { entries, sources }] of names)
    print(`${name}: ${entries} (${[...sources].map(([source, count]) => `${count} from ${source}`).join('; ')})`);
  const pairs = shortNames(found);
  const proposals = new Map<string, Set<string>>();
  for (const { now, alias } of [...renamed, ...pairs]) {
    const name = shownName(newestName(now, renamed), people);
    // An alias in one group must not be the name of another.
    if (proposals.has(alias) || [...proposals.values()].some((aliases) => aliases.has(alias) || aliases.has(name)))
      continue;
    proposals.set(name, (proposals.get(name) ?? new Set()).add(alias));
  }
  if (proposals.size === 0) return;
  print('\nEach of these may be one person. If so, add to planet.yaml:\n\nauthors:');
  for (const [name, aliases] of proposals) {
    const existing = people.get(nameKey(name))?.aliases ?? [];
    const all = [...existing, ...aliases].map((alias) => JSON.stringify(alias));
    print(`  - name: ${JSON.stringify(name)}\n    aliases: [${all.join(', ')}]`);
  }
}

/** Pairs of names that may be of one person: of one site, and one is short for the other, or as long and rarer. */
function shortNames(found: ReadonlyMap<string, Found>): Renamed[] {
  const all = [...found].map(([name, { hosts, entries }]) => ({ name, hosts, entries, words: plainWords(name) }));
  // A sort keeps the order of equals.
  const people = all.sort((a, b) => a.name.length - b.name.length || a.entries - b.entries);
  return people.flatMap((short, index) => {
    const others = people.slice(index + 1).filter((long) => !short.hosts.isDisjointFrom(long.hosts));
    const longs = others.filter(({ words }) => isShortFor(short.words, words));
    // The first may be the name of all: the usual one.
    return longs.sort((a, b) => b.entries - a.entries).map(({ name }) => ({ alias: short.name, now: name }));
  });
}

/** The words of a name without accents, case and punctuation: `j muller` for `J. Müller`. */
function plainWords(name: string): string[] {
  const plain = nameKey(name).normalize('NFKD');
  return plain.replace(/[^\p{L}\p{N} ]/gu, '').split(' ');
}

/** Whether each word begins one of the other name, as `j muller` those of `joerg muller`, and one of them is whole. */
function isShortFor(short: readonly string[], long: readonly string[]): boolean {
  const isWhole = (word: string) => word.length > 1 && long.includes(word);
  return short.some(isWhole) && short.every((word) => word !== '' && long.some((other) => other.startsWith(word)));
}
