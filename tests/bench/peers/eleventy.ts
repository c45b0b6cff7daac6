// Eleventy for the same pages, as its own starter does it: Nunjucks, one global data file, pagination. Everything that a
// template prints is made before (planet-data.ts), nothing is put into collections, and no plugin looks at the output.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Pinned, and no dependency of the project: it is only compared with. */
const VERSION = '3.1.8';

const CRUMBS = '<nav class="crumbs" aria-label="Where this is"><ol><li><a href="/archive/">Archive</a></li>';
const LIST_HEAD = (of: string, above: string) =>
  `<header class="head">${above}<h1>{{ ${of}.title }}</h1><p class="lede">{{ ${of}.posts.length }} entries</p></header>`;
const BYLINE =
  '<span class="authors"><a class="p-author h-card" href="/authors/{{ post.author.slug }}/"><bdi>{{ post.author.name }}</bdi></a></span><span class="authors">: </span><a class="title p-name u-url" href="{{ post.url }}"><bdi>{{ post.title }}</bdi></a>';
const PERMALINK =
  '<a class="permalink" href="/{{ post.path }}/" rel="bookmark"><time class="dt-published" datetime="{{ post.published }}">{{ post.when }}</time></a>';
const VIA =
  '{% for feed in post.via %}<span class="via"> · also via <a href="/feeds/{{ feed.id }}/"><bdi>{{ feed.title }}</bdi></a></span>{% endfor %}';
const SPANS = (of: string, when: string) =>
  `{% for group in ${of}.groups %}<section class="span"><h2 class="gutter"><a href="/{{ group.key }}/">{{ group.title }}</a></h2><div class="column"><p class="tally">{{ group.posts.length }} entries</p><ul class="rows">{% for post in group.posts %}<li><a class="permalink" href="/{{ post.path }}/"><time datetime="{{ post.published }}">{{ post.${when} }}</time></a><div><a class="title" href="{{ post.url }}"><bdi>{{ post.title }}</bdi></a><p class="about"><bdi>{{ post.author.name }}</bdi> · <bdi>{{ post.feed.title }}</bdi></p></div></li>{% endfor %}</ul></div></section>{% endfor %}`;

/** A template that makes a page of each thing in a list. */
function pages(list: string, alias: string, permalink: string, more: Record<string, string>, inner: string): string {
  const computed = Object.entries(more).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
  return `---\npagination:\n  data: planet.${list}\n  size: 1\n  alias: ${alias}\npermalink: ${JSON.stringify(permalink)}\neleventyExcludeFromCollections: true\n${more['title'] ? 'layout: page.njk\neleventyComputed:\n' : ''}${computed.join('')}---\n${inner}`;
}

const titled = (of: string) => ({ title: `{{ ${of}.title }}`, description: `{{ ${of}.title }}` });
const ATOM_ENTRIES =
  '{% for post in view.posts %}<entry><title>{{ post.title }}</title><id>{{ post.id }}</id><link rel="alternate" href="{{ post.url }}"/><author><name>{{ post.author.name }}</name><uri>{{ post.author.url }}</uri></author><published>{{ post.published }}</published><updated>{{ post.published }}</updated>{% for term in post.categories %}<category term="{{ term }}"/>{% endfor %}<source><title>{{ post.feed.title }}</title><id>{{ post.feed.url }}</id></source><summary>{{ post.summary }}</summary><content type="html">{{ post.content }}</content></entry>\n{% endfor %}';
const ATOM = `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{{ view.title }}</title><id>{{ planet.planet.site }}{{ view.path }}</id>\n${ATOM_ENTRIES}</feed>`;

const TEMPLATES: Record<string, string> = {
  'entry.njk': pages(
    'posts',
    'post',
    '{{ post.path }}/index.html',
    { title: '{{ post.author.name }}: {{ post.title }}', description: '{{ post.summary }}' },
    `<div class="head">${CRUMBS}<li><a href="/{{ post.year.path }}/">{{ post.year.text }}</a></li><li><a href="/{{ post.month.path }}/">{{ post.month.text }}</a></li></ol></nav></div><section class="span day" aria-labelledby="day"><h2 class="gutter" id="day"><a href="/{{ post.day.path }}/"><time datetime="{{ post.day.date }}">{{ post.day.text }}</time></a></h2><div class="column"><section class="run"><h3><a href="/feeds/{{ post.feed.id }}/"><bdi>{{ post.feed.title }}</bdi></a></h3><article class="entry alone h-entry"><h4>${BYLINE}</h4><p class="facts">${PERMALINK}${VIA}</p><div class="prose e-content" dir="auto">{{ post.content | safe }}</div></article></section><div class="after"><p class="original">First published at <a href="{{ post.url }}">{{ post.host }}</a>.</p></div></div></section>`,
  ),
  'day.njk': pages(
    'days',
    'day',
    '{{ day.period.path }}/index.html',
    titled('day'),
    `<div class="head">${CRUMBS}</ol></nav></div><section class="span day"><h2 class="gutter"><a href="/{{ day.period.path }}/"><time datetime="{{ day.key }}">{{ day.title }}</time></a></h2><div class="column">{% for group in day.groups %}<section class="run"><h3><a href="/feeds/{{ group.key }}/"><bdi>{{ group.title }}</bdi></a></h3>{% for post in group.posts %}<article class="entry h-entry"><h4>${BYLINE}</h4><div class="prose e-content" dir="auto">{{ post.content | safe }}</div><p class="when">${PERMALINK}${VIA}</p></article>{% endfor %}</section>{% endfor %}</div></section>`,
  ),
  'month.njk': pages(
    'months',
    'month',
    '{{ month.period.path }}/index.html',
    titled('month'),
    `${LIST_HEAD('month', `${CRUMBS}</ol></nav>`)}${SPANS('month', 'time')}`,
  ),
  'year.njk': pages(
    'years',
    'year',
    '{{ year.period.path }}/index.html',
    titled('year'),
    `<h1>{{ year.title }}</h1><ul class="days">{% for group in year.groups %}<li><a href="/{{ group.key }}/" aria-label="{{ group.title }}, {{ group.posts.length }} entries">{{ group.key.slice(-2) }}</a></li>{% endfor %}</ul>`,
  ),
  'author.njk': pages(
    'authors',
    'author',
    'authors/{{ author.key }}/index.html',
    titled('author'),
    `${LIST_HEAD('author', '')}${SPANS('author', 'dayInYear')}`,
  ),
  'feed.njk': pages(
    'feeds',
    'feed',
    'feeds/{{ feed.key }}/index.html',
    titled('feed'),
    `${LIST_HEAD('feed', '')}${SPANS('feed', 'dayInYear')}`,
  ),
  'rss.njk': pages(
    'views',
    'view',
    '{{ view.path }}rss.xml',
    {},
    `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{{ view.title }}</title><link>{{ planet.planet.site }}{{ view.path }}</link>{% for post in view.posts %}<item><title>{{ post.author.name }}: {{ post.title }}</title><link>{{ post.url }}</link><guid isPermaLink="false">{{ post.id }}</guid><description>{{ post.summary }}</description><pubDate>{{ post.published }}</pubDate><dc:creator>{{ post.author.name }}</dc:creator>{% for term in post.categories %}<category>{{ term }}</category>{% endfor %}<content:encoded>{{ post.content }}</content:encoded></item>{% endfor %}</channel></rss>`,
  ),
  'atom.njk': pages('views', 'view', '{{ view.path }}atom.xml', {}, ATOM),
  'atom-month.njk': pages('atomMonths', 'view', 'atom/{{ view.path }}.xml', {}, ATOM),
  'json.njk': pages(
    'views',
    'view',
    '{{ view.path }}feed.json',
    {},
    '{"version":"https://jsonfeed.org/version/1.1","title":{{ view.title | dump | safe }},"home_page_url":"{{ planet.planet.site }}{{ view.path }}","items":[{% for post in view.posts %}\n{"id":{{ post.id | dump | safe }},"url":{{ post.url | dump | safe }},"title":{{ post.title | dump | safe }},"content_html":{{ post.content | dump | safe }},"summary":{{ post.summary | dump | safe }},"date_published":"{{ post.published }}","authors":[{"name":{{ post.author.name | dump | safe }},"url":"{{ post.author.url }}"}],"tags":{{ post.categories | dump | safe }}}{{ "," if not loop.last }}{% endfor %}]}',
  ),
};

/** Lays out a project in `folder`. Returns the command that builds it into `output`. */
export function eleventyProject(folder: string, content: string, dist: string, output: string): string[] {
  const command = join(folder, 'node_modules/@11ty/eleventy/cmd.cjs');
  mkdirSync(join(folder, 'site/_includes'), { recursive: true });
  mkdirSync(join(folder, 'site/_data'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}\n');
  if (!existsSync(command))
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--save-exact', `@11ty/eleventy@${VERSION}`], {
      cwd: folder,
    });
  const source = resolve(import.meta.dirname, 'planet-data.ts');
  writeFileSync(
    join(folder, 'site/_data/planet.js'),
    `import { planetData } from ${JSON.stringify(source)};\nexport default () => planetData(${JSON.stringify(content)});\n`,
  );
  const { before, after } = chromeOf(dist);
  const head = before
    .replaceAll('%title%', '{{ title }}')
    .replaceAll('%description%', '{{ description }}')
    .replaceAll('%address%', '{{ planet.planet.site }}{{ page.url }}');
  writeFileSync(join(folder, 'site/_includes/page.njk'), `${head}{{ content | safe }}${after}`);
  for (const [name, text] of Object.entries(TEMPLATES)) writeFileSync(join(folder, 'site', name), text);
  return [command, '--input=site', `--output=${output}`, '--quiet'];
}

/**
 * What is on every page, in two halves, with places for what differs: `%title%`, `%description%`, `%address%`. Cut out of
 * a built site's own archive page, so that Eleventy prints what we print, whatever that comes to be.
 */
function chromeOf(dist: string): { before: string; after: string } {
  const html = readFileSync(join(dist, 'archive', 'index.html'), 'utf8');
  const main = /<main[^>]*>/.exec(html);
  const end = html.indexOf('</main>');
  if (main === null || end < 0) throw new Error(`${dist}/archive/index.html has no <main> to cut its chrome at`);
  const before = html
    .slice(0, main.index + main[0].length)
    .replace(/(<title>)[^<]*/, '$1%title%')
    .replace(/((?:name="description"|property="og:description") content=")[^"]*/g, '$1%description%')
    .replace(/(property="og:title" content=")[^"]*/, '$1%title%')
    .replace(/((?:rel="canonical" href|property="og:url" content)=")[^"]*/g, '$1%address%');
  return { before, after: html.slice(end) };
}
