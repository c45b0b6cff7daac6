import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linksIn } from '../../src/core/own-links.ts';
import { absolute, routes } from '../../src/core/paths.ts';
import type { Planet } from '../../src/core/planet.ts';
import { fileOfPath } from './folders.ts';
import { ownPageFiles } from './own-pages.ts';

/** Sentences about links of the operator's own pages to pages or files that the built site does not have. */
export function deadLinks(folder: string, output: string, { site }: Pick<Planet, 'site'>): string[] {
  const redirects = read(join(output, '_redirects')).split('\n').map(redirected);
  const root = absolute(site, '/');
  return ownPageFiles(folder).flatMap(({ name, id }) => {
    const [, own = ''] = read(join(output, fileOfPath(routes.page(id)))).split('<div class="head prose">');
    const links = linksIn(own.split('</main>')[0] ?? '');
    return [...new Set(links)].flatMap((link) => {
      const { href = '' } = URL.parse(link, absolute(site, routes.page(id))) ?? {};
      const path = href.replace(/[?#].*$/s, '').slice(root.length - 1);
      if (!href.startsWith(root) || redirects.some((isFrom) => isFrom(new URL(href).pathname))) return [];
      return existsSync(join(output, fileAt(path)))
        ? []
        : [`pages/${name}: the link ${link} leads to no page or file of this site.`];
    });
  });
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** The file of an address, which an operator wrote. */
function fileAt(path: string): string {
  try {
    return fileOfPath(path);
  } catch {
    return path;
  }
}

/** Returns a test whether a line of `_redirects` leads from a path: `/old/* /new/ 301`, `/:year/ …`. */
function redirected(line: string): (path: string) => boolean {
  const from = /^\s*(\/\S*)\s+\S/.exec(line)?.[1];
  if (from === undefined) return () => false;
  const pattern = from.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*|:\w+/g, '.*');
  return (path) => new RegExp(`^${pattern}$`).test(path);
}
