// The least that such a site can cost: the same pages, joined from strings and written one after the other.
//   node tests/bench/peers/plain-writer.ts <operator's folder> <our built site> <output folder>
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { escapeHtml as e } from '../../../src/core/clean-text.ts';
import { chromeOf } from './chrome.ts';
import { type Group, type Page, type Period, type Post, planetData, type View } from './planet-data.ts';

const [folder = '', dist = '', output = ''] = process.argv.slice(2);
const { before, after } = chromeOf(dist);
const data = await planetData(folder);
const site = data.planet.site;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(output, path)), { recursive: true });
  writeFileSync(join(output, path), text);
}

function writePage(path: string, title: string, description: string, inner: string): void {
  const places: Record<string, string> = { title: e(title), description: e(description), address: `${site}${path}/` };
  const head = before.replace(/%(title|description|address)%/g, (_, place: string) => places[place] ?? '');
  write(`${path}/index.html`, head + inner + after);
}

const linkTo = ({ path, text, date }: Period) => `<a href="/${path}/"><time datetime="${date}">${text}</time></a>`;
const crumbs = (periods: Period[]) =>
  `<nav class="crumbs" aria-label="Where this is"><ol><li><a href="/archive/">Archive</a></li>${periods.map((period) => `<li><a href="/${period.path}/">${period.text}</a></li>`).join('')}</ol></nav>`;
const via = ({ via }: Post) =>
  via
    .map(({ id, title }) => `<span class="via"> · also via <a href="/feeds/${id}/"><bdi>${e(title)}</bdi></a></span>`)
    .join('');
const byline = ({ author, title, url }: Post) =>
  `<span class="authors"><a class="p-author h-card" href="/authors/${author.slug}/"><bdi>${e(author.name)}</bdi></a></span><span class="authors">: </span><a class="title p-name u-url" href="${url}"><bdi>${e(title)}</bdi></a>`;
const permalink = ({ path, published, when }: Post) =>
  `<a class="permalink" href="/${path}/" rel="bookmark"><time class="dt-published" datetime="${published}">${when}</time></a>`;

const entry = (post: Post) =>
  `<div class="head">${crumbs([post.year, post.month])}</div><section class="span day" aria-labelledby="day"><h2 class="gutter" id="day">${linkTo(post.day)}</h2><div class="column"><section class="run"><h3><a href="/feeds/${post.feed.id}/"><bdi>${e(post.feed.title)}</bdi></a></h3><article class="entry alone h-entry"><h4>${byline(post)}</h4><p class="facts">${permalink(post)}${via(post)}</p><div class="prose e-content" dir="auto">${post.content}</div></article></section><div class="after"><p class="original">First published at <a href="${post.url}">${post.host}</a>.</p></div></div></section>`;

const river = ({ key, title, posts }: Group) =>
  `<section class="run"><h3><a href="/feeds/${key}/"><bdi>${e(title)}</bdi></a></h3>${posts.map((post) => `<article class="entry h-entry"><h4>${byline(post)}</h4><div class="prose e-content" dir="auto">${post.content}</div><p class="when">${permalink(post)}${via(post)}</p></article>`).join('')}</section>`;

const rows = (posts: Post[], when: (post: Post) => string) =>
  `<ul class="rows">${posts.map((post) => `<li><a class="permalink" href="/${post.path}/"><time datetime="${post.published}">${when(post)}</time></a><div><a class="title" href="${post.url}"><bdi>${e(post.title)}</bdi></a><p class="about"><bdi>${e(post.author.name)}</bdi> · <bdi>${e(post.feed.title)}</bdi></p></div></li>`).join('')}</ul>`;

const spans = (groups: Group[], when: (post: Post) => string) =>
  groups
    .map(
      ({ key, title, posts }) =>
        `<section class="span"><h2 class="gutter"><a href="/${key}/">${title}</a></h2><div class="column"><p class="tally">${posts.length} entries</p>${rows(posts, when)}</div></section>`,
    )
    .join('');

const list = ({ title, posts, groups }: Page, above: string, when: (post: Post) => string) =>
  `<header class="head">${above}<h1>${e(title)}</h1><p class="lede">${posts.length} entries</p></header>${spans(groups, when)}`;

function rss({ path, title, posts }: View): string {
  const items = posts.map(
    (post) =>
      `<item><title>${e(`${post.author.name}: ${post.title}`)}</title><link>${post.url}</link><guid isPermaLink="false">${post.id}</guid><description>${e(post.summary)}</description><pubDate>${post.published}</pubDate><dc:creator>${e(post.author.name)}</dc:creator>${post.categories.map((term) => `<category>${e(term)}</category>`).join('')}<content:encoded>${e(post.content)}</content:encoded></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>${e(title)}</title><link>${site}${path}</link>${items.join('')}</channel></rss>`;
}

function atom({ path, title, posts }: View): string {
  const entries = posts.map(
    (post) =>
      `<entry><title>${e(post.title)}</title><id>${post.id}</id><link rel="alternate" href="${post.url}"/><author><name>${e(post.author.name)}</name><uri>${post.author.url}</uri></author><published>${post.published}</published><updated>${post.published}</updated>${post.categories.map((term) => `<category term="${e(term)}"/>`).join('')}<source><title>${e(post.feed.title)}</title><id>${post.feed.url}</id></source><summary>${e(post.summary)}</summary><content type="html">${e(post.content)}</content></entry>\n`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>${e(title)}</title><id>${site}${path}</id>\n${entries.join('')}</feed>`;
}

function jsonFeed({ path, title, posts }: View): string {
  const items = posts.map((post) => ({
    id: post.id,
    url: post.url,
    title: post.title,
    content_html: post.content,
    summary: post.summary,
    date_published: post.published,
    authors: [{ name: post.author.name, url: post.author.url }],
    tags: post.categories,
  }));
  return JSON.stringify(
    { version: 'https://jsonfeed.org/version/1.1', title, home_page_url: `${site}${path}`, items },
    null,
    1,
  );
}

for (const post of data.posts) writePage(post.path, `${post.author.name}: ${post.title}`, post.summary, entry(post));
for (const day of data.days)
  writePage(
    day.period.path,
    day.title,
    day.title,
    `<div class="head">${crumbs([])}</div><section class="span day"><h2 class="gutter">${linkTo(day.period)}</h2><div class="column">${day.groups.map(river).join('')}</div></section>`,
  );
for (const month of data.months)
  writePage(
    month.period.path,
    month.title,
    month.title,
    list(month, crumbs([]), ({ time }) => time),
  );
for (const year of data.years)
  writePage(
    year.period.path,
    year.title,
    year.title,
    `<h1>${year.title}</h1><ul class="days">${year.groups.map(({ key, title, posts }) => `<li><a href="/${key}/" aria-label="${title}, ${posts.length} entries">${key.slice(-2)}</a></li>`).join('')}</ul>`,
  );
for (const author of data.authors)
  writePage(
    `authors/${author.key}`,
    author.title,
    author.title,
    list(author, '', ({ dayInYear }) => dayInYear),
  );
for (const feed of data.feeds)
  writePage(
    `feeds/${feed.key}`,
    feed.title,
    feed.title,
    list(feed, '', ({ dayInYear }) => dayInYear),
  );
for (const view of data.views) {
  write(`${view.path}rss.xml`, rss(view));
  write(`${view.path}atom.xml`, atom(view));
  write(`${view.path}feed.json`, jsonFeed(view));
}
for (const month of data.atomMonths) write(`atom/${month.path}.xml`, atom(month));
