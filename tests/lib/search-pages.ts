import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../scripts/disk/files.ts';
import { fingerprint, type RenderedFolder, writeManifest } from '../../scripts/site/manifest.ts';
import { stateFolder } from '../../scripts/site/output-files.ts';

/** A post as a page that can be searched. */
export interface PageToFind {
  title: string;
  html: string;
  lang?: string;
  author?: string;
  /** ISO 8601 */
  published: string;
}

/** The page of an entry with what Pagefind reads of it, and nothing else. */
export function pageToFind({ title, html, lang = 'en', author = 'Ada', published }: PageToFind, site = 'en'): string {
  return `<!doctype html><html lang="${site}"><body><a data-pagefind-filter="year">${published.slice(0, 4)}</a>
<bdi data-pagefind-meta="feed" data-pagefind-filter="feed">Planet Bench</bdi><article lang="${lang}" data-pagefind-body>
<h4 data-pagefind-weight="7"><span data-pagefind-meta="author"><bdi data-pagefind-filter="author">${author}</bdi></span>:
<bdi data-pagefind-meta="title">${title}</bdi></h4>
<time datetime="${published}" data-pagefind-ignore="index" data-pagefind-meta="date" data-pagefind-sort="date[datetime]">${published}</time>
<div>${html}</div></article></body></html>`;
}

/** Remembers the entry pages of a site as a build does. */
export function rememberPages(dist: string, paths: readonly string[]): void {
  makeFolder(stateFolder(dist));
  const months = Map.groupBy(paths, (path) => path.slice(0, '2026/01'.length));
  const manifest = [...months].map(([name, own]): [string, RenderedFolder] => [
    name,
    {
      questions: [],
      answers: '',
      entries: own.length,
      files: new Map(own.map((path) => [path, fingerprint(dist, path)])),
    },
  ]);
  writeManifest(dist, 'pages', new Map(manifest));
}

/** A site that is nothing but posts, by day and name, each `title: text` or just a text. The first of a day is its newest. */
export async function writePages(
  dist: string,
  days: Record<string, Record<string, string>>,
  site = 'en',
): Promise<void> {
  const paths: string[] = [];
  for (const [day, posts] of Object.entries(days)) {
    for (const [at, [name, post]] of Object.entries(posts).entries()) {
      const [, title = 'Of the day', html = ''] = /^(?:(\w[\w ]*): )?(.*)$/.exec(post) ?? [];
      const path = `${day.replaceAll('-', '/')}/${name}/index.html`;
      const published = `${day}T${String(23 - at).padStart(2, '0')}:00:00Z`;
      await mkdir(dirname(join(dist, path)), { recursive: true });
      await writeFile(join(dist, path), pageToFind({ title, html, published }, site));
      paths.push(path);
    }
  }
  rememberPages(dist, paths);
}
