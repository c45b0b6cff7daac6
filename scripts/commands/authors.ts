import { Command } from 'commander';
import { archiveFolder, readStates } from '../../src/archive/archive.ts';
import { ownPlanet } from '../../src/archive/load-planet.ts';
import { readAllMetadata } from '../../src/archive/read-entries.ts';
import { credit } from '../../src/core/credit.ts';
import type { Person } from '../../src/core/entry.ts';
import { nameKey, type People, peopleOf } from '../../src/core/name-lists.ts';
import { compareText } from '../../src/core/periods.ts';
import type { FeedConfig } from '../../src/core/planet.ts';
import { alike } from '../../src/core/text-likeness.ts';
import { hostOf } from '../../src/core/web-address.ts';
import { print } from '../cli.ts';
import type { SanitisedEntry } from '../snapshot/sanitised-entry.ts';

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
    const { folder, planet } = await ownPlanet();
    const people = peopleOf(planet.authors);
    const found = new Map<string, Found>();
    const byFeed = new Map<string, Spans>();
    for await (const entry of readAllMetadata(archiveFolder(folder))) {
      const feed = planet.feeds.find(({ id }) => id === entry.feed);
      for (const person of feed ? credit(entry, feed, people).authors : []) {
        note(found, person, `${entry.feed}, by ${feed?.authors}`, entry.url);
        const spans = byFeed.get(entry.feed) ?? new Map();
        byFeed.set(entry.feed, lengthened(spans, person.name, entry.published));
      }
    }
    const states = await readStates(archiveFolder(folder));
    const renamed = planet.feeds.flatMap(({ id }) => [
      ...Object.entries(states[id]?.formerAuthors ?? {}).map(([alias, { now }]) => ({ alias, now })),
      ...successor(byFeed.get(id) ?? new Map()),
    ]);
    tell(
      found,
      renamed.filter(({ alias, now }) => shownAs(alias, people) !== shownAs(now, people)),
      people,
    );
  });

function note(found: Map<string, Found>, { name, url }: Person, way: string, link: string | null): void {
  const about = found.get(name) ?? { entries: 0, ways: new Map(), hosts: new Set() };
  found.set(name, about);
  about.entries += 1;
  about.ways.set(way, (about.ways.get(way) ?? 0) + 1);
  for (const address of [url, link]) if (address) about.hosts.add(hostOf(address));
}

/** When each name was first and last credited. */
type Spans = Map<string, { first: string; last: string }>;

function lengthened(spans: Spans, name: string, published: string): Spans {
  const { first, last } = spans.get(name) ?? { first: published, last: published };
  return spans.set(name, { first: first < published ? first : published, last: last > published ? last : published });
}

/** A blog of one name, then of another: it may have changed how it spells its author. */
function successor(spans: Spans): { alias: string; now: string }[] {
  const [one, other, more] = [...spans].sort(([, a], [, b]) => compareText(a.first, b.first));
  if (one === undefined || other === undefined || more !== undefined) return [];
  return one[1].last < other[1].first ? [{ alias: one[0], now: other[0] }] : [];
}

/** A feed may have renamed its author several times. */
function lastOf(name: string, renamed: readonly { alias: string; now: string }[]): string {
  const seen = new Set<string>();
  let last = name;
  for (let next: string | undefined = name; next !== undefined && !seen.has(next); ) {
    last = next;
    seen.add(last);
    next = renamed.find(({ alias }) => alias === last)?.now;
  }
  return last;
}

/** As planet.yaml has it already. */
function shownAs(name: string, people: People): string {
  return nameKey(people.get(nameKey(name))?.name ?? name);
}

function tell(
  found: ReadonlyMap<string, Found>,
  renamed: readonly { alias: string; now: string }[],
  people: People,
): void {
  if (found.size === 0) print('Nobody is known yet. "npm run snapshot" reads the feeds.');
  const names = [...found].sort(([a], [b]) => a.localeCompare(b, 'en'));
  for (const [name, { entries, ways }] of names) {
    print(`${name}: ${entries} (${[...ways].map(([way, count]) => `${count} from ${way}`).join('; ')})`);
  }
  const pairs = alike(names.map(([name, { hosts }]) => ({ name, hosts }))).map(([one, other]) =>
    one.length >= other.length ? { now: one, alias: other } : { now: other, alias: one },
  );
  const said = new Map<string, Set<string>>();
  for (const { now, alias } of [...renamed, ...pairs]) {
    const last = lastOf(now, renamed);
    const name = people.get(nameKey(last))?.name ?? last;
    // What is an alias here must not be a name there.
    if (said.has(alias) || [...said.values()].some((aliases) => aliases.has(alias) || aliases.has(name))) continue;
    said.set(name, (said.get(name) ?? new Set()).add(alias));
  }
  if (said.size === 0) return;
  print('\nThese may be one person each. If so, write into planet.yaml:\n\nauthors:');
  for (const [name, aliases] of said) {
    const known = people.get(nameKey(name))?.aliases ?? [];
    const all = [...known, ...aliases].map((alias) => JSON.stringify(alias));
    print(`  - name: ${JSON.stringify(name)}\n    aliases: [${all.join(', ')}]`);
  }
}

type Rule = FeedConfig['authors'];

/** The rules in the order in which they are tried, and what each is, for people. */
export const authorRules: readonly { rule: Rule; says: string }[] = [
  { rule: 'entry', says: 'as the entry says' },
  { rule: 'title', says: 'as its title begins' },
  { rule: 'feed', says: "always the feed's title" },
];

/** How many of the entries a rule finds somebody for. */
export function credited(entries: readonly SanitisedEntry[], authors: Rule, title: string): number {
  return entries.filter((entry) => somebody(entry, authors, title).length > 0).length;
}

/** The rule under which most entries have an author; the feed's title where neither entries nor titles name anybody. */
export function fittingRule(entries: readonly SanitisedEntry[]): Rule {
  if (entries.length === 0) return 'entry';
  if (titlesBeginWithNames(entries)) return 'title';
  return credited(entries, 'entry', '') * 2 >= entries.length ? 'entry' : 'feed';
}

function somebody(entry: SanitisedEntry, authors: Rule, title: string): string[] {
  const names = credit(entry, { authors, title }).authors.map(({ name }) => name);
  const split = authors !== 'title' || credit(entry, { authors, title }).title !== entry.title;
  return split ? names : [];
}

/** A planet's titles: nearly all begin with a name and a colon, most with first and last name, and of several people. */
function titlesBeginWithNames(entries: readonly SanitisedEntry[]): boolean {
  const names = entries.flatMap((entry) => somebody(entry, 'title', ''));
  const full = names.filter((name) => FULL_NAME.test(name)).length;
  const people = new Set(names.map(nameKey)).size;
  return people >= 2 && names.length >= entries.length * 0.8 && full >= entries.length / 2;
}

/** Two to five words with capitals, where the script has any, and small ones between them: `Ada Lovelace`, `Guido van Rossum`. */
const FULL_NAME = /^[\p{Lu}\p{Lo}][^\s\d]*(?:\s+\p{Ll}{1,3})*(?:\s+[\p{Lu}\p{Lo}][^\s\d]*){1,4}$/u;
