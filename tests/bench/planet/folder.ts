import { existsSync } from 'node:fs';
import { link, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { newIdentity } from '../../../scripts/snapshot/identity/entry-ids.ts';
import { createEntry } from '../../../scripts/snapshot/new-entry.ts';
import { withOriginals } from '../../../scripts/snapshot/originals.ts';
import { writeEntries, writeStates } from '../../../scripts/snapshot/store.ts';
import { archiveFolder, readStates } from '../../../src/archive/archive.ts';
import type { Entry } from '../../../src/core/entry.ts';
import { monthOf } from '../../../src/core/entry-keys.ts';
import { type FeedStates, newFeedState } from '../../../src/core/feed-state.ts';
import { Planet } from '../../../src/core/planet.ts';
import { type Blog, type Plan, repeat, write } from './plan.ts';

/** Where a feed is read, by its id. */
export type AddressOf = (feed: string) => string;

const TIMEZONE = 'UTC';
/** Raised when the same plan is written in other words, so that an archive that lies about is not taken for it. */
const EDITION = 3;

/** Writes an operator's folder as a snapshot would have left it: one month in memory at a time. */
export async function writePlanet(folder: string, plan: Plan, addressOf: AddressOf): Promise<void> {
  const planet = planetOf(plan, addressOf);
  await describe(folder, planet);
  const counts = await writeArchive(archiveFolder(folder), plan, Planet.parse(planet));
  await writeStates(archiveFolder(folder), statesOf(plan, addressOf, counts));
}

/**
 * The same, from an archive that lies written in `store`, or is written there first. Files are linked, not copied: a snapshot
 * replaces them whole, and never changes one.
 */
export async function layPlanet(folder: string, store: string, plan: Plan, addressOf: AddressOf): Promise<void> {
  const written = join(store, `${plan.entries}-${EDITION}`);
  if (!existsSync(written)) {
    await writePlanet(`${written}.unfinished`, plan, addressOf);
    await rename(`${written}.unfinished`, written);
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(archiveFolder(folder), { recursive: true });
  for (const name of await readdir(archiveFolder(written)))
    await link(join(archiveFolder(written), name), join(archiveFolder(folder), name));
  await describe(folder, planetOf(plan, addressOf));
  const counts = new Map(
    Object.entries(await readStates(archiveFolder(written))).map(([id, { entries }]) => [id, entries]),
  );
  await writeStates(archiveFolder(folder), statesOf(plan, addressOf, counts));
}

async function describe(folder: string, planet: object): Promise<void> {
  await mkdir(join(folder, 'pages'), { recursive: true });
  await writeFile(join(folder, 'planet.yaml'), stringify(planet));
  await writeFile(join(folder, 'pages', 'about.mdx'), ABOUT);
}

function planetOf({ blogs, planets }: Plan, addressOf: AddressOf) {
  const follow = ({ id, title, home }: Blog) => ({ id, title, url: addressOf(id), home });
  return {
    title: 'Planet Bench',
    description: 'A planet that grows as large as one likes',
    site: 'https://planet.example/',
    timezone: TIMEZONE,
    owner: { name: 'The keeper of this planet' },
    feeds: [...blogs.map(follow), ...planets.map((planet) => ({ ...follow(planet), authors: 'title' }))],
  };
}

const ABOUT = '---\ntitle: About\ndescription: What this is\n---\n\nA planet to measure with.\n';

/** Entries of each feed, by id. */
type Counts = Map<string, number>;

async function writeArchive(archive: string, plan: Plan, planet: Planet): Promise<Counts> {
  const counts: Counts = new Map();
  // Under another name until it is whole: what is there can be trusted.
  const unfinished = `${archive}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  let month: Entry[] = [];
  const flush = async () => {
    await writeEntries(unfinished, withOriginals(month, [], planet));
    for (const { feed } of month) counts.set(feed, (counts.get(feed) ?? 0) + 1);
    month = [];
  };
  for (let index = 0; index < plan.entries; index++) {
    const lines = linesAt(plan, index);
    if (month[0] && lines[0] && monthOf(month[0]) !== monthOf(lines[0])) await flush();
    month.push(...lines);
  }
  await flush();
  await rm(archive, { recursive: true, force: true });
  await rename(unfinished, archive);
  return counts;
}

/** An entry, and the copy of it where there is one. A snapshot saw them within the hour. */
function linesAt(plan: Plan, index: number): Entry[] {
  const planned = plan.at(index);
  const said = write(planned);
  const seen = new Date(planned.published.getTime() + 1_800_000);
  const copy = planned.copiedBy;
  return [
    createEntry(newIdentity(planned.blog.id, said.id), said, { timezone: TIMEZONE }, seen),
    ...(copy
      ? [createEntry(newIdentity(copy.id, repeat(said, copy).id), repeat(said, copy), { timezone: TIMEZONE }, seen)]
      : []),
  ];
}

function statesOf({ blogs, planets }: Plan, addressOf: AddressOf, counts: Counts): FeedStates {
  const stateOf = ({ id, title, home }: Blog) => ({
    ...newFeedState(addressOf(id)),
    validators: { etag: '"0"' },
    entries: counts.get(id) ?? 0,
    title,
    home,
    host: new URL(addressOf(id)).host,
  });
  return Object.fromEntries([...blogs, ...planets].map((blog) => [blog.id, stateOf(blog)]));
}
