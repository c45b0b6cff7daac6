import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type PageToFind, pageToFind, rememberPages } from '../../lib/search-pages.ts';
import { planOf, write } from '../planet/plan.ts';
import { LANGUAGES, NAMES, type Planted } from './planted.ts';

/** Writes pages as the search finds them on a site, of a planet of so many entries, and remembers them as a build does. Planted posts stand all over its months. */
export async function writePlanetPages(dist: string, entries: number): Promise<void> {
  const plan = planOf(entries);
  const planted = [...LANGUAGES, ...NAMES];
  const step = Math.floor(entries / planted.length);
  const paths: string[] = [];
  for (let index = 0; index < entries; index++) {
    const planned = plan.at(index);
    const { title, content } = write(planned);
    const published = planned.published.toISOString();
    await add({ title: title ?? '', html: content, author: planned.blog.title, published }, index);
    const extra = index % step === 0 ? planted.shift() : undefined;
    if (extra !== undefined) await add(postOf(extra, published), entries + index);
  }
  rememberPages(dist, paths);

  async function add(post: PageToFind, index: number): Promise<void> {
    const path = `${post.published.slice(0, 10).replaceAll('-', '/')}/post-${index}/index.html`;
    await mkdir(dirname(join(dist, path)), { recursive: true });
    await writeFile(join(dist, path), pageToFind(post));
    paths.push(path);
  }
}

function postOf({ title, text, lang }: Planted, published: string): PageToFind {
  const html = `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`;
  return { title, html, lang, author: 'A. Planter', published };
}
