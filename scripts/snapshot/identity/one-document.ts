import { UniqueTraits } from './document-order.ts';
import type { Rule } from './match-rules.ts';
import { areTextsAlike, hasLongText, haveOneText, mayBeVersions, type Post } from './post.ts';

/** Without repeated posts: of several versions the newest stays, in the place of the first. `sharers` share their id with another. */
export function oneDocument(incoming: readonly Post[]): { posts: Post[]; sharers: Set<Post> } {
  const byId = new Map<string, Post[]>();
  const newestVersions = new Map<Post, Post>();
  const listed = withoutSecondAddresses(incoming);
  const counts = [...Map.groupBy(listed, ({ id }) => id).values()].map(({ length }) => length);
  // All posts may be listed in two versions or more, under an id each.
  const doIdsTell = 2 * counts.length > listed.length || 2 * Math.max(...counts) <= listed.length;
  for (const post of listed) {
    const others = byId.get(post.id) ?? [];
    const same = others.findIndex((other) =>
      doIdsTell ? areListedVersions(other, post) : areRevisions(other, post) || areSameInAll(other, post),
    );
    const other = others[same];
    if (other === undefined) {
      byId.set(post.id, [...others, post]);
      newestVersions.set(post, post);
    } else if (versionDate(post) > versionDate(other)) {
      others[same] = post;
      for (const [first, newest] of newestVersions) if (newest === other) newestVersions.set(first, post);
    }
  }
  const sharers = [...byId.values()].flatMap((posts) => (posts.length > 1 ? posts : []));
  return { posts: [...newestVersions.values()], sharers: new Set(sharers) };
}

/** Whether all dates may be days without a time in one zone: at one quarter of an hour, or two an hour apart by summer time. */
export function mayAllBeDays(posts: readonly Post[]): boolean {
  const hours = posts.flatMap(({ instant }) => (instant === null ? [] : (Date.parse(instant) / 3_600_000) % 24));
  const [one = 0, other = one, ...more] = new Set(hours);
  return more.length === 0 && [0, 1, 23].includes(Math.abs(one - other)) && Number.isInteger(4 * one);
}

/** Milliseconds. A build may give each post the time at which it wrote that file, or a second more than the one below. */
const BUILD = 120_000;

/** Whether most posts have one date, as that of a build, or of its first build by a new software. */
export function haveOneDate(posts: readonly Pick<Post, 'instant'>[]): boolean {
  const dates = posts.flatMap(({ instant }) => (instant === null ? [] : Date.parse(instant))).sort((a, b) => a - b);
  const most = Math.max(3, Math.ceil(posts.length * 0.75));
  return dates.some((first, at) => (dates[at + most - 1] ?? Number.POSITIVE_INFINITY) - first <= BUILD);
}

/** A planet may list a post under its old and its new address, after the blog moved: the first one stays. */
function withoutSecondAddresses(posts: readonly Post[]): Post[] {
  const byTime = Map.groupBy(posts, ({ title, fullInstant }) => `${fullInstant} ${title}`);
  return posts.filter((post) => {
    if (post.fullInstant === null || post.title === '') return true;
    const others = byTime.get(`${post.fullInstant} ${post.title}`) ?? [];
    const before = others.slice(0, others.indexOf(post));
    const isTwin = (other: Post) =>
      hasLongText(other) && haveOneText(other, post) && !areOfTwoBlogs(other, post, posts);
    return !before.some((other) => other.id !== post.id && isTwin(other));
  });
}

/** Whether two posts of one id are versions of one post, in a document whose ids tell posts apart. */
function areListedVersions(a: Post, b: Post): boolean {
  if (a.link !== b.link) return false;
  if (areRevisions(a, b)) return true;
  const haveOneDate = a.instant === b.instant;
  const areEmpty = a.words.length + b.words.length === 0;
  // An id that is only the link, or stands for a missing one, says less.
  if (a.link !== null && a.id !== a.url) return areEmpty ? a.title === b.title : areTextsAlike(a, b);
  const isUntitled = a.title === '' || b.title === '';
  const doTitlesAgree = a.title === b.title || (haveOneDate && isUntitled && hasLongText(a));
  return doTitlesAgree && (haveOneDate || hasLongText(a)) && (areEmpty || areTextsAlike(a, b));
}

/** As RFC 4287 has them: one date of publication, several of an update. */
function areRevisions(a: Post, b: Post): boolean {
  return a.link === b.link && a.published !== null && a.published === b.published && a.updated !== b.updated;
}

/** Whether two posts whose id says nothing are one, listed twice. */
function areSameInAll(a: Post, b: Post): boolean {
  return a.link === b.link && a.title === b.title && a.instant === b.instant && haveOneText(a, b);
}

function versionDate({ instant, updated }: Post): string {
  return updated ?? instant ?? '';
}

// A feed may be a planet: then its posts are of many blogs.

/** Whether the site of the second post took the place of that of the first: under the same name, or as the only one. */
function isNewSite(existing: Post, incoming: Post, posts: readonly Post[]): boolean {
  if (existing.host === null || incoming.host === null) return false;
  const hosts = new Set(posts.map(({ host }) => host));
  return !hosts.has(existing.host) && (hosts.size === 1 || shareName(existing, incoming));
}

function shareName(a: Post, b: Post): boolean {
  return a.names.some((name) => b.names.includes(name));
}

/** Whether another name stands on a post, in a document of several sites. */
function isByAnother(existing: Post, incoming: Post, posts: readonly Post[]): boolean {
  if (existing.names.length === 0 || incoming.names.length === 0 || shareName(existing, incoming)) return false;
  return posts.some(({ host }) => host !== null && host !== incoming.host);
}

/** Whether two posts are on two sites, under two names. All of one site may be of a blog that moved and renamed its author. */
export function areOfTwoBlogs(existing: Post, incoming: Post, posts: readonly Post[]): boolean {
  if (existing.host === null || incoming.host === null || existing.host === incoming.host) return false;
  return isByAnother(existing, incoming, posts);
}

interface Matched {
  posts: readonly Post[];
  /** The matches of all other rules: incoming post → stored post. */
  matches: ReadonlyMap<Post, { post: Post; rule: Rule }>;
  links: UniqueTraits;
}

type Pair = { existing: Post; incoming: Post };

/** Word for word. One alone may be an announcement that is repeated. */
const LEAST = 2;

/**
 * Unmatched posts that are stored under another id and date, with their stored ones: a blog that changed its software or
 * its domain floods planets with its old posts. Several of one site come at once, and no fewer than those of this site
 * whose ids are known. Each has the link of its stored post, or all that were on another site are now on this one.
 */
export function returnedPosts(
  { existing, isPart }: { existing: readonly Post[]; isPart: boolean },
  { posts, matches, links }: Matched,
): Pair[] {
  const unmatched = posts.filter((post) => !matches.has(post));
  if (isPart || unmatched.length < LEAST || existing.length < LEAST || !links.areDistinctive) return [];
  const matched = new Set([...matches.values()].map(({ post }) => post));
  const titles = new Set(unmatched.map(({ title }) => title).filter(Boolean));
  const texts = new UniqueTraits(
    existing.filter(({ title }) => titles.has(title)),
    posts,
    textKey,
  );
  const pairs = unmatched.flatMap((incoming): Pair[] => {
    const byLink = links.existingWithTraitOf(incoming);
    const one = byLink ?? texts.existingWithTraitOf(incoming);
    if (one === undefined || matched.has(one)) return [];
    const isLinked = one === byLink && mayBeVersions(one, incoming) && !isByAnother(one, incoming, posts);
    const isOne = isLinked || (one !== byLink && isNewSite(one, incoming, posts));
    return isOne ? [{ existing: one, incoming }] : [];
  });
  const hostsById = posts.filter((post) => matches.get(post)?.rule === 'id').map(({ host }) => host);
  return [...Map.groupBy(pairs, ({ existing, incoming }) => `${existing.host} ${incoming.host}`).values()].flatMap(
    (those) => {
      const equal = those.filter(isWordForWord).length;
      const { host } = those[0]?.incoming ?? {};
      return equal >= LEAST && equal >= hostsById.filter((each) => each === host).length ? those : [];
    },
  );
}

function isWordForWord({ existing, incoming }: Pair): boolean {
  return existing.title === incoming.title && hasLongText(incoming) && haveOneText(existing, incoming);
}

/** Title and text, if both are enough to tell posts apart. */
function textKey(post: Post): string | null {
  return post.title !== '' && hasLongText(post) ? JSON.stringify([post.title, ...post.words]) : null;
}
