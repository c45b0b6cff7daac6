import type { RequestListener } from 'node:http';
import type { SanitisedEntry } from '../../../scripts/snapshot/sanitised-entry.ts';
import { escapeHtml } from '../../../src/core/clean-text.ts';
import { type FeedServer, serveFeeds } from '../../lib/feed-server.ts';
import { AN_HOUR, type Blog, type Plan, write } from './plan.ts';

/** What a feed shows: its newest so many. */
const SHOWN = 12;

/** The feeds of a plan on loopback. A feed in which nothing was posted since it was last asked says so (304). */
export async function serveFeedsOf(plan: Plan) {
  const server: FeedServer = await serveFeeds({});
  let hour = 0;
  const newest = newestOf(plan);
  for (const blog of [...plan.blogs, ...plan.planets])
    server.answers[pathOf(blog.id)] = answer(plan, blog, newest.get(blog.id) ?? [], () => hour);
  return {
    host: server.host,
    addressOf: (id: string) => server.url(pathOf(id)),
    /** Lets hours pass, with new entries in each. */
    pass: (hours: number) => {
      hour += hours;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function pathOf(id: string): string {
  return `/${id}.xml`;
}

function newestOf(plan: Plan): Map<string, number[]> {
  const newest = new Map<string, number[]>();
  for (let index = 0; index < plan.entries; index++) {
    const { id } = plan.at(index).blog;
    const list = newest.get(id) ?? [];
    list.push(index);
    newest.set(id, list.slice(-SHOWN));
  }
  return newest;
}

function answer(plan: Plan, blog: Blog, old: readonly number[], hour: () => number): RequestListener {
  return (request, response) => {
    const past = Array.from({ length: hour() * AN_HOUR }, (_, index) => plan.entries + index);
    const added = past.filter((index) => plan.at(index).blog.id === blog.id);
    const last = added.at(-1);
    const etag = `"${last === undefined ? 0 : Math.floor((last - plan.entries) / AN_HOUR) + 1}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    const said = [...old, ...added].slice(-SHOWN).map((index) => write(plan.at(index)));
    response.writeHead(200, { etag, 'content-type': 'application/atom+xml' }).end(atom(blog, said.reverse()));
  };
}

function atom({ title, home }: Blog, entries: readonly SanitisedEntry[]): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>${escapeHtml(title)}</title><id>${home}</id><link href="${home}"/>
<updated>${entries[0]?.published?.toISOString() ?? '2000-01-01T00:00:00Z'}</updated>
${entries.map(atomEntry).join('\n')}
</feed>`;
}

function atomEntry({ id, url, title, authors, published, categories, content }: SanitisedEntry): string {
  const people = authors.map(({ name, url }) => `<author><name>${escapeHtml(name)}</name><uri>${url}</uri></author>`);
  return `<entry><id>${id}</id><link href="${url}"/><title>${escapeHtml(title)}</title>${people.join('')}
<published>${published?.toISOString()}</published><updated>${published?.toISOString()}</updated>
${categories.map((term) => `<category term="${escapeHtml(term)}"/>`).join('')}
<content type="html">${escapeHtml(content)}</content></entry>`;
}
