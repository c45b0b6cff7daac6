import { merge } from '../../scripts/snapshot/merge.ts';
import type { SanitisedEntry } from '../../scripts/snapshot/sanitised-entry.ts';
import type { Entry } from '../../src/core/entry.ts';
import { type FeedState, newFeedState } from '../../src/core/feed-state.ts';
import { anIncoming, aReading } from './builders.ts';
import { Random } from './random.ts';

/** How a feed names its entries, links to them and dates them. */
export const policies = {
  ids: ['uuid', 'url', 'none', 'changed once', 'host moved', 'new in each run', 'by position', 'one for all'],
  links: ['page', 'fragment', 'front page', 'session', 'none'],
  dates: ['full', 'day', 'clock', 'none'],
  /** What some feeds and planets have besides. */
  extras: ['updated alone', 'deltas', 'changing clocks', 'alike texts'],
} as const;

export interface Kind {
  ids: (typeof policies.ids)[number];
  links: (typeof policies.links)[number];
  dates: (typeof policies.dates)[number];
  extra: (typeof policies.extras)[number] | null;
}

/** Each id with each link and each date, without extras. */
export const usual: Kind[] = policies.ids.flatMap((ids) =>
  policies.links.flatMap((links) => policies.dates.map((dates) => ({ ids, links, dates, extra: null }))),
);

/** Each extra with each id and each link; alike texts with each date too, if the id of a post is not that of any post. */
export const unusual: Kind[] = policies.extras.flatMap((extra) =>
  usual
    .filter(({ ids, dates }) => (extra === 'alike texts' ? ids !== 'by position' : dates === 'full'))
    .map((kind) => ({ ...kind, extra })),
);

/**
 * Its ids are good, or its links and its dates are: no post of such a feed may come to harm. In deltas nothing vanishes, and nobody can see that
 * a host moved.
 */
export function isSound({ ids, links, dates, extra }: Kind): boolean {
  const haveLinks = links === 'page' || links === 'fragment';
  const haveMoved = extra === 'deltas' && ids === 'host moved';
  return ids === 'uuid' || (haveLinks && dates === 'full' && extra !== 'updated alone' && !haveMoved);
}

/** What a feed says in one run. Which post each entry is stands in its `rights`, which no rule looks at. */
interface Run {
  now: Date;
  isDelta: boolean;
  said: SanitisedEntry[];
}

export interface History {
  kind: Kind;
  timezone: string;
  runs: Run[];
}

export interface Told {
  posts: number;
  /** Posts that no permalink shows at the end. */
  lost: number;
  /** Permalinks beyond the first of a post. */
  doubled: number;
  /** Permalinks that ever showed another post's words. */
  others: number;
  /** Runs that said the same again, and changed something. */
  restless: number;
  /** Entries whose permalink changed. */
  moved: number;
}

/** Words that nobody uses, so that two texts share none but by chance. */
const word = (random: Random) => `${random.oneOf(first)}${random.oneOf(second)}${random.oneOf(third)}`;
const first = ['bra', 'cle', 'dor', 'fli', 'gru', 'hal', 'jin', 'kor', 'lum', 'mar', 'nor', 'pel', 'qui', 'ros', 'sta'];
const second = ['ba', 'de', 'fi', 'go', 'ka', 'li', 'mo', 'nu', 'pa', 're', 'so', 'ti', 've'];
const third = ['n', 'r', 's', 't', 'x', 'lo', 'ma', 'ne', 'ta'];
const words = (random: Random, count: number) => Array.from({ length: count }, () => word(random));

interface Post {
  number: number;
  uuid: string;
  slug: string;
  title: string;
  text: string[];
  posted: number;
  edited: number;
  /** Whether no document has said it since its last edit. */
  isEditNew: boolean;
}

const HOUR = 3_600_000;
const MINUTES = HOUR / 20;

/** One feed of a kind, over ten to forty runs. */
export function historyOf(kind: Kind, seed: number): History {
  const random = new Random(seed);
  // Alone in a document, a post of alike words looks like an edit of another one of its id.
  const mayStandAlone = kind.extra !== 'alike texts' || kind.ids !== 'one for all';
  const window = random.oneOf(mayStandAlone ? [1, 2, 5, 10, 50] : [2, 5, 10, 50]);
  const titles = kind.extra === 'alike texts' ? random.oneOf(['* released', 'Developer', '']) : null;
  const isOldestFirst = titles !== null && random.chance(0.3);
  // A new post above one that stays may be an edit of another that stood there.
  const hasPinned = random.chance(0.15) && (titles === null || window > 2);
  // Of a part of a document nobody can count the positions.
  const isDelta = kind.extra === 'deltas' && kind.ids !== 'by position';
  const zones = ['Europe/Helsinki', 'America/St_Johns', 'Pacific/Auckland'];
  const timezone = kind.extra === 'changing clocks' ? random.oneOf(zones) : 'UTC';
  const count = 10 + random.below(31);
  const changesAt = 2 + random.below(count - 2);
  const posts: Post[] = [];
  const runs: Run[] = [];
  let now = Date.UTC(2026, random.oneOf([0, 2, 9]), 20, random.below(24), random.below(60), random.below(60));
  let before = now - 40 * HOUR;
  let saidBefore = new Set<string>();
  for (let run = 0; run < count; run += 1) {
    const fresh = run === 0 ? 1 + random.below(window + 2) : random.oneOf([0, 0, 0, 1, 1, 1, 2, 3]);
    // A date at the minute of a snapshot counts as none: feeds whose dates are all like that are a kind of their own.
    const times = Array.from({ length: random.chance(0.03) ? fresh + window : fresh }, () =>
      Math.floor(Math.min(before + random.next() * (now - before), now - MINUTES)),
    );
    for (const posted of times.sort((a, b) => a - b)) posts.push(anotherPost(random, kind, titles, posted, posts));
    const [pinned] = posts;
    const shown = posts.slice(-window);
    if (hasPinned && pinned && !shown.includes(pinned)) shown.unshift(pinned);
    if (run > 0) for (const post of shown) if (random.chance(0.02)) edit(random, post, now, kind);
    const inOrder = (those: Post[]) => (isOldestFirst ? those : those.reverse());
    const isEmpty = run > 0 && random.chance(0.04);
    const cut = random.chance(0.04) && (mayStandAlone || shown.length > 2) ? Math.ceil(shown.length / 2) : 0;
    const said = isEmpty ? [] : inOrder(shown.slice(cut));
    for (const post of said) post.isEditNew = false;
    const how = { kind, now, hasChanged: run >= changesAt, random, timezone };
    const entries = said.map((post, place) => entryOf(post, isOldestFirst ? place + 1 : said.length - place, how));
    const shapes = entries.map(({ rights, title, url, content }) => JSON.stringify([rights, title, url, content]));
    const known = saidBefore;
    saidBefore = new Set(shapes);
    const delta = isDelta && run > 0;
    runs.push({
      now: new Date(now),
      isDelta: delta,
      said: delta ? entries.filter((_, place) => !known.has(shapes[place] ?? '')) : entries,
    });
    before = now;
    // Some runs are missed.
    now += (random.chance(0.1) ? 30 + random.below(60) : 1 + random.below(12)) * HOUR + random.below(3000) * 1000;
  }
  return { kind, timezone, runs };
}

/** Of a feed without dates nobody could tell two posts of the same words apart. */
function anotherPost(random: Random, { dates }: Kind, titles: string | null, posted: number, posts: Post[]): Post {
  for (;;) {
    const post = aPost(random, posts.length, posted, posts.at(-1));
    if (titles !== null) Object.assign(post, alikeWords(random, titles, posts));
    const isTwin = ({ title, text }: Post) => title === post.title && text.join() === post.text.join();
    if (dates === 'full' || !posts.some(isTwin)) return post;
  }
}

function aPost(random: Random, number: number, posted: number, last: Post | undefined): Post {
  const title = random.chance(0.25) ? random.oneOf(['Photo', 'Re: Trains', 'Links', '']) : words(random, 4).join(' ');
  const length = random.oneOf([0, 1, 3, 8, 25, 25, 60, 60, 60]);
  const text =
    length < 4 ? random.oneOf([['nice'], ['look', 'at', 'this'], words(random, length)]) : words(random, length);
  // Some say much of what the last one said.
  if (last && length > 20 && random.chance(0.1)) text.splice(0, 12, ...last.text.slice(0, 12));
  const uuid = `urn:uuid:${Array.from({ length: 12 }, () => random.below(16).toString(16)).join('')}`;
  return { number, uuid, slug: `${number}-${word(random)}`, title, text, posted, edited: posted, isEditNew: false };
}

/** Releases, jobs and nightly builds: the words of the first post, but for a name. */
function alikeWords(random: Random, titles: string, posts: readonly Post[]): Pick<Post, 'title' | 'text'> {
  const name = `${word(random)}${posts.length}`;
  return { title: titles.replace('*', name), text: [name, ...(posts[0]?.text.slice(1) ?? words(random, 24))] };
}

/**
 * Once between two documents that say it, as several edits at once make another text. Without a good id a post whose title, link and date are all
 * mended, one after the other, is nobody's any more: one of them; and so is one without words whose title and link are.
 */
function edit(random: Random, post: Post, now: number, { ids }: Kind): void {
  const kindOfEdit = random.oneOf(['title', 'slug', 'date', 'words', 'words', 'title and slug'] as const);
  if (post.isEditNew) return;
  if (kindOfEdit !== 'words' && post.edited !== post.posted && ids !== 'uuid') return;
  if (kindOfEdit === 'title and slug' && post.text.length === 0 && ids !== 'uuid') return;
  post.isEditNew = true;
  post.edited = Math.floor(now - random.next() * HOUR);
  const edits = {
    title: () => Object.assign(post, { title: `${post.title} ${word(random)}`.trim() }),
    slug: () => Object.assign(post, { slug: `${post.number}-${word(random)}` }),
    date: () => {
      const posted = post.posted + random.oneOf([60_000, HOUR, -HOUR, 5 * HOUR]);
      return Object.assign(post, { posted: Math.min(posted, now - 1000) });
    },
    words: () => {
      const others = new Set(
        Array.from({ length: Math.ceil(post.text.length / 10) }, () => random.below(post.text.length)),
      );
      return Object.assign(post, { text: post.text.map((each, at) => (others.has(at) ? word(random) : each)) });
    },
  };
  if (kindOfEdit === 'title and slug') for (const part of ['title', 'slug'] as const) edits[part]();
  else edits[kindOfEdit]();
}

interface How {
  kind: Kind;
  now: number;
  hasChanged: boolean;
  random: Random;
  timezone: string;
}

function entryOf(post: Post, position: number, how: How): SanitisedEntry {
  const { kind, hasChanged, random } = how;
  const host = kind.ids === 'host moved' && hasChanged ? 'https://new.example' : 'http://old.example';
  const page = `${host}/${post.slug}`;
  const links: Record<Kind['links'], () => string | null> = {
    page: () => page,
    fragment: () => `${host}/all.html#${post.slug}`,
    'front page': () => `${host}/`,
    session: () => `${page}?session=${random.below(1e9)}`,
    none: () => null,
  };
  const url = links[kind.links]();
  const dated = dateOf(post, how);
  const content = `<p>${post.text.join(' ')}</p>`;
  const ids: Record<Kind['ids'], () => string | null> = {
    uuid: () => post.uuid,
    url: () => page,
    none: () => null,
    'changed once': () => (hasChanged ? `https://new.example/?p=${post.uuid}` : post.uuid),
    'host moved': () => page,
    'new in each run': () => `urn:run:${random.below(1e9)}`,
    'by position': () => String(position),
    'one for all': () => 'https://old.example/feed',
  };
  const id = ids[kind.ids]() ?? url ?? `urn:hash:${post.title} ${dated.published?.toISOString() ?? content}`;
  return anIncoming({ id, url, title: post.title, content, summary: '', rights: `${post.number}`, ...dated });
}

function dateOf({ posted, edited }: Post, { kind, now }: How): Pick<SanitisedEntry, 'published' | 'updated'> {
  if (kind.extra === 'updated alone') return { published: null, updated: new Date(Math.max(posted, edited)) };
  const dates: Record<Kind['dates'], Date | null> = {
    full: new Date(posted),
    day: new Date(`${new Date(posted).toISOString().slice(0, 10)}T00:00:00Z`),
    clock: new Date(now),
    none: null,
  };
  return { published: dates[kind.dates], updated: null };
}

/** What the planet makes of a history, held against what was posted. */
export function play({ runs, timezone }: History): Told {
  const archive = new Map<string, Entry>();
  const shown = new Map<string, Set<string>>();
  const posts = new Set<string>();
  const told: Told = { posts: 0, lost: 0, doubled: 0, others: 0, restless: 0, moved: 0 };
  let state: FeedState = { ...newFeedState('feeds/a.xml'), trusted: true };
  for (const [run, { now, isDelta, said }] of runs.entries()) {
    const look = () =>
      merge(
        { entries: [...archive.values()], held: [], states: { a: state }, keys: [] },
        [aReading(said, {}, { delta: isDelta })],
        { timezone, site: 'https://planet.example/' },
        now,
      );
    const lay = ({ newEntries, changed, counts }: ReturnType<typeof merge>) => {
      for (const entry of [...newEntries, ...changed]) {
        if ((archive.get(entry.id) ?? entry).path !== entry.path) told.moved += 1;
        archive.set(entry.id, entry);
      }
      for (const { path, rights } of archive.values())
        shown.set(path, (shown.get(path) ?? new Set()).add(rights ?? ''));
      const { lastDocument, aliases, idsUnreliable } = counts.get('a')?.memory ?? state;
      const next = { ...state, lastDocument: [...lastDocument], aliases, idsUnreliable };
      const isSame = JSON.stringify(next) === JSON.stringify(state);
      state = next;
      return newEntries.length + changed.length === 0 && isSame;
    };
    lay(look());
    if (run % 5 === 4 && !isDelta && !lay(look())) told.restless += 1;
    for (const { rights } of said) posts.add(rights ?? '');
    Object.assign(told, judged(archive, shown, posts));
  }
  return told;
}

function judged(archive: Map<string, Entry>, shown: Map<string, Set<string>>, posts: Set<string>) {
  const places = Map.groupBy([...archive.values()], ({ rights }) => rights ?? '');
  const lost = [...posts].filter((post) => !places.has(post)).length;
  const doubled = [...places.values()].reduce((sum, { length }) => sum + length - 1, 0);
  const others = [...shown.values()].filter(({ size }) => size > 1).length;
  return { posts: posts.size, lost, doubled, others };
}

/** The smallest history that fails in the same way: fewer runs, then fewer posts. */
export function smallest(history: History, fails: (told: Told) => boolean): History {
  let small = history;
  const attempt = (runs: Run[]) => {
    const next = { ...small, runs };
    if (runs.length > 0 && runs.length <= small.runs.length && fails(play(next))) small = next;
  };
  for (let at = small.runs.length; at > 0; at -= 1) attempt(small.runs.slice(0, at));
  for (let at = small.runs.length - 1; at >= 0; at -= 1) attempt(small.runs.filter((_, index) => index !== at));
  const numbers = new Set(small.runs.flatMap(({ said }) => said.map(({ rights }) => rights)));
  for (const number of numbers) {
    attempt(small.runs.map((run) => ({ ...run, said: run.said.filter(({ rights }) => rights !== number) })));
  }
  return small;
}

export function inLines({ kind, timezone, runs }: History): string {
  const lines = runs.flatMap(({ now, isDelta, said }) => [
    `${now.toISOString()}${isDelta ? ' (delta)' : ''}`,
    ...said.map(
      ({ rights, id, url, title, published, updated, content }) =>
        `  post ${rights}: ${id} | ${url} | ${title} | ${(published ?? updated)?.toISOString()} | ${content}`,
    ),
  ]);
  return [JSON.stringify({ ...kind, timezone }), ...lines].join('\n');
}
