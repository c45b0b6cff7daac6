import { expect, test } from 'vitest';
import type { EntryFilter } from '../../src/data/entry-lists.ts';
import { aPlanet } from '../lib/a-planet.ts';
import { rss } from '../lib/feed-server.ts';
import { planetYaml } from '../lib/planet.ts';

const NOON = Date.parse('2026-02-02T12:00:00Z');
const DAY = 24 * 3_600_000;

/** A post of some days ago. */
type Post = readonly [title: string, daysAgo: number | null];

function feedOf(feed: string, posts: readonly Post[]): string {
  const linkOf = (title: string) => `https://${feed}.example/${title.replaceAll(' ', '-')}`;
  const dateOf = (ago: number | null) => (ago === null ? '' : new Date(NOON - ago * DAY).toUTCString());
  return rss(posts.map(([title, ago]) => ({ title, link: linkOf(title), date: dateOf(ago) })));
}

const series = (name: string, count: number, from: number, step: number): Post[] =>
  Array.from({ length: count }, (_, i) => [`${name} ${i}`, from + i * step]);

/** What the site shows after runs an hour apart, each with these posts of `blog`; a feed with no posts is not in the planet. */
async function shown(
  runs: readonly (readonly Post[])[],
  others: readonly Post[],
  { now = NOON + DAY, others: feeds = 30 } = {},
) {
  const names = Array.from({ length: feeds }, (_, i) => `other${i}`);
  const posts = (name: string) => others.map(([title, ago]): Post => [`${title} ${name}`, ago]);
  const silent = Object.fromEntries(names.map((name) => [name, feedOf(name, posts(name))]));
  const planet = await aPlanet(silent, { now: new Date(now) });
  for (const [hour, posts] of runs.entries()) {
    const all = posts.length === 0 ? names : [...names, 'blog'];
    await planet.folder.write('planet.yaml', planetYaml(Object.fromEntries(all.map((name) => [name, `${name}.xml`]))));
    await planet.reads({ blog: feedOf('blog', posts) }, new Date(NOON + hour * 3_600_000));
  }
  const data = await planet.data();
  const entriesOf = (filter: EntryFilter) => {
    const list = data.many.entries(filter).data();
    return list.map(({ entry }) => entry);
  };
  const [inFeeds, inRiver] = [entriesOf({ newest: 50 }), entriesOf({ river: true })];
  const months = data.monthsInUtc.filter((month) => data.one.history(month));
  const inMonths = months.flatMap((monthInUtc) => entriesOf({ monthInUtc }));
  const inHistory = new Set([...inFeeds, ...inMonths].map(({ path }) => path));
  return { inFeeds, inRiver, isWhole: inHistory.size === data.site.entries.length };
}

const OLD: Post[] = series('Old', 12, 30, 1);
const LATE: Post = ['Late', 5];
const NEWER: Post = ['Newer', 3];
const WITH_NEWER = [NEWER, ...OLD];

test.for<[string, { runs: Post[][]; now?: number; shows: string[] }]>([
  ['a post dated some days ago is shown', { runs: [OLD, [LATE, ...OLD]], shows: ['Late'] }],
  ['also between newer and older ones', { runs: [WITH_NEWER, [NEWER, LATE, ...OLD]], shows: ['Late'] }],
  ['one older than all that its blog had is not', { runs: [[NEWER], [LATE, NEWER, ['Older', 9]]], shows: [] }],
  ['the first reading of a blog is not', { runs: [[], [LATE, ...OLD]], shows: [] }],
  ['older posts of a longer document are not', { runs: [OLD.slice(0, 4), OLD], shows: [] }],
  ['a post older than the ten newest of its blog is not', { runs: [OLD, [...OLD, ['Import', 39.5]]], shows: [] }],
  ['a first sight in the future counts as none', { runs: [OLD, [LATE, ...OLD]], now: NOON + 60_000, shows: [] }],
])('in the river and the feeds, %s', async ([, { runs, shows, ...at }]) => {
  const { inFeeds, inRiver, isWhole } = await shown(runs, series('Post', 2, 0.1, 1), at);
  const ofBlog = (list: typeof inFeeds) => list.filter(({ feed }) => feed === 'blog').map(({ title }) => title);
  expect([ofBlog(inFeeds), ofBlog(inRiver), isWhole]).toEqual([shows, shows, true]);
  const dates = inRiver.map(({ published }) => published);
  expect(dates).toEqual(dates.toSorted().reverse());
});

test.for<[string, { posts: Post[]; feeds?: number; ago?: number; share: number }]>([
  ['without dates', { posts: series('New', 60, 0, 0).map(([title]) => [title, null]), share: 10 }],
  ['with dates of today', { posts: series('New', 45, 0, 0.001), share: 10 }],
  ['alone has all places', { posts: series('New', 60, 0, 0.001), feeds: 0, share: 50 }],
  ['beside one other has what is left', { posts: series('New', 60, 0, 0.001), feeds: 1, share: 40 }],
  ['beside blogs that were silent', { posts: series('New', 45, 0, 0.001), ago: 3, share: 45 }],
])('a new blog %s: places in the planet’s feeds', async ([, { posts, feeds = 30, ago = 2, share }]) => {
  // The others are of January: of February the subscription has only a part.
  const runs = feeds === 0 ? [posts] : [[], posts];
  const { inFeeds, isWhole } = await shown(runs, series('Post', 30, ago, 0.01), { others: feeds });
  expect([inFeeds.length, inFeeds.filter(({ feed }) => feed === 'blog').length, isWhole]).toEqual([50, share, true]);
});
