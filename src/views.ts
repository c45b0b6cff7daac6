import type { GetStaticPathsResult } from 'astro';
import { bodyOf } from './bodies.ts';
import { NEWEST } from './lib/making.ts';
import { authorShelf, feedShelf } from './lib/parts.ts';
import { routes } from './lib/routes.ts';
import { reading, show } from './lib/shown.ts';
import type { EntryRecord } from './model/site.ts';
import { type Chain, chainOf } from './outputs/archives.ts';
import type { Place } from './outputs/atom.ts';
import { feedHtml } from './outputs/content.ts';
import { outputs } from './outputs/list.ts';
import { type Item, pageOf, type View } from './outputs/view.ts';
import { type Everything, getEverything } from './queries.ts';

/** What an output feed is of. */
export type Subject = { of: 'planet' } | { of: 'author'; slug: string } | { of: 'feed'; id: string };

/** Paths of `[...view]`, for a route of every output. A build lays all but the planet's own by itself (`every-feed.ts`). */
export async function viewPaths(): Promise<GetStaticPathsResult> {
  const subjects = import.meta.env.DEV ? await subjectsHere() : [{ of: 'planet' } as const];
  return subjects.map((subject) => ({ params: { view: folderOf(subject) }, props: { subject } }));
}

/** What has entries, and is made in this build. */
async function subjectsHere(): Promise<Subject[]> {
  const { authors, feeds, makes } = await getEverything();
  return [
    { of: 'planet' },
    ...authors.filter((author) => makes(authorShelf(author))).map(({ slug }): Subject => ({ of: 'author', slug })),
    ...feeds
      .filter((feed) => feed.entries > 0 && makes(feedShelf(feed)))
      .map(({ id }): Subject => ({ of: 'feed', id })),
  ];
}

/** Where the feeds of a subject lie, from the root of the planet. */
function folderOf(subject: Subject): string | undefined {
  switch (subject.of) {
    case 'planet':
      return undefined;
    case 'author':
      return `authors/${subject.slug}`;
    case 'feed':
      return `feeds/${subject.id}`;
    default:
      return subject satisfies never;
  }
}

globalThis.feedsOfThisBuild = async function* () {
  for (const subject of await subjectsHere()) {
    const folder = folderOf(subject);
    if (folder === undefined) continue;
    const view = await getView(subject);
    for (const { path, print } of outputs) yield { path: `${folder}${path}`, text: await print(view) };
  }
};

export async function getView(subject: Subject): Promise<View> {
  const site = await getEverything();
  const { head, entries } = viewOf(subject, site);
  const view = { planet: site.planet, of: subject.of, ...head, items: itemsOf(entries.slice(0, NEWEST), site) };
  return subject.of === 'planet' ? { ...view, place: (await getChain()).subscription } : view;
}

/** The months behind the planet's Atom feed. */
export async function getChain(): Promise<Chain> {
  const { monthsInUtc, newest } = await getEverything();
  return chainOf(monthsInUtc, newest[NEWEST]);
}

/** The planet's entries of a month, in UTC as the archive has them. */
export async function getMonth(month: string, place: Place): Promise<View> {
  const site = await getEverything();
  const { head } = viewOf({ of: 'planet' }, site);
  return { planet: site.planet, of: 'planet', ...head, items: itemsOf(site.entriesInUtc(month), site), place };
}

type Head = Pick<View, 'title' | 'description' | 'path'>;

function viewOf(subject: Subject, site: Everything): { head: Head; entries: readonly EntryRecord[] } {
  const { planet, authorBySlug, feedById } = site;
  switch (subject.of) {
    case 'planet': {
      const head = { title: planet.title, description: planet.description, path: routes.river };
      return { head, entries: site.newest };
    }
    case 'author': {
      const name = authorBySlug.get(subject.slug)?.name ?? subject.slug;
      const head = part(name, `What ${name} writes, as ${planet.title} follows it`, routes.author(subject.slug), site);
      return { head, entries: site.shelf(authorShelf(subject)).newest };
    }
    case 'feed': {
      const name = feedById.get(subject.id)?.title ?? subject.id;
      const head = part(name, `${name}, as ${planet.title} follows it`, routes.feed(subject.id), site);
      return { head, entries: site.shelf(feedShelf(subject)).newest };
    }
    default:
      return subject satisfies never;
  }
}

function part(name: string, description: string, path: string, { planet }: Everything): Head {
  return { title: `${name} · ${planet.title}`, description, path };
}

function itemsOf(entries: readonly EntryRecord[], site: Everything): Item[] {
  const body = (entry: EntryRecord) => feedHtml(bodyOf(entry), pageOf(site, { entry }));
  return entries.map((entry) => {
    const shown = show(entry, site);
    return { ...shown, reading: reading(shown, body), sharedId: entry.sharedId };
  });
}
