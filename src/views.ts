import type { GetStaticPathsResult } from 'astro';
import { bodyOf } from './bodies.ts';
import { NEWEST, NEWEST_OF_SHELF } from './lib/making.ts';
import { authorShelf, feedShelf } from './lib/parts.ts';
import { routes } from './lib/routes.ts';
import { reading, show } from './lib/shown.ts';
import type { AuthorRecord, EntryRecord } from './model/site.ts';
import { type Chain, chainOf } from './outputs/archives.ts';
import type { Place } from './outputs/atom.ts';
import { feedHtml } from './outputs/content.ts';
import { outputs } from './outputs/list.ts';
import { movedPage } from './outputs/moved.ts';
import { type Item, pageOf, type View } from './outputs/view.ts';
import { type Everything, getEverything } from './queries.ts';

/** What an output feed is of. */
export type Subject =
  | { of: 'planet' }
  /** `at` is the slug under which the feeds lie, where it is one that the author had before: they go on there. */
  | { of: 'author'; slug: string; at?: string }
  | { of: 'feed'; id: string };

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
    ...formerly(authors)
      .filter(({ at }) => makes(authorShelf({ slug: at })))
      .map(({ author, at }): Subject => ({ of: 'author', slug: author.slug, at })),
    ...feeds
      .filter((feed) => feed.entries > 0 && makes(feedShelf(feed)))
      .map(({ id }): Subject => ({ of: 'feed', id })),
  ];
}

/** Every slug that an author had before. */
function formerly(authors: readonly AuthorRecord[]): { author: AuthorRecord; at: string }[] {
  return authors.flatMap((author) => author.formerly.map((at) => ({ author, at })));
}

/** Where the feeds of a subject lie, from the root of the planet. */
function folderOf(subject: Subject): string | undefined {
  switch (subject.of) {
    case 'planet':
      return undefined;
    case 'author':
      return `authors/${subject.at ?? subject.slug}`;
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
  const { planet, authors, makes, yearsMade } = await getEverything();
  for (const { author, at } of formerly(authors)) {
    const [shelf, folder] = [authorShelf({ slug: at }), `authors/${at}`];
    const page = (path: string) => movedPage(planet, author.name, path);
    if (makes(shelf)) yield { path: `${folder}/index.html`, text: page(routes.author(author.slug)) };
    for (const year of yearsMade(shelf))
      yield { path: `${folder}/${year}/index.html`, text: page(routes.authorYear(author.slug, year)) };
  }
};

export async function getView(subject: Subject): Promise<View> {
  const site = await getEverything();
  const { head, entries } = viewOf(subject, site);
  const newest = entries.slice(0, subject.of === 'planet' ? NEWEST : NEWEST_OF_SHELF);
  const view = { planet: site.planet, of: subject.of, ...head, items: itemsOf(newest, site) };
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
      return { head, entries: site.shelf(authorShelf({ slug: subject.at ?? subject.slug })).newest };
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
