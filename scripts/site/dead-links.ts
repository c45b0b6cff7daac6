import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linksIn } from '../../src/core/own-page.ts';
import { absolute, routes } from '../../src/core/paths.ts';
import type { Planet } from '../../src/core/planet.ts';
import { fileOfPath } from './folders.ts';
import { readHostRules } from './host-rules.ts';
import { ownPageFiles } from './own-files.ts';

/** Sentences about links of the operator's own pages to pages or files that the built site does not have. */
export function deadLinks(folder: string, output: string, { site }: Pick<Planet, 'site'>): string[] {
  const rules = readHostRules(output);
  const root = absolute(site, '/');
  return ownPageFiles(folder).flatMap(({ name, id }) => {
    const [, html = ''] = read(join(output, fileOfPath(routes.page(id)))).split('<div class="head prose">');
    const links = linksIn(html.split('</main>')[0] ?? '');
    return [...new Set(links)].flatMap((link) => {
      const { href = '' } = URL.parse(link, absolute(site, routes.page(id))) ?? {};
      const path = href.replace(/[?#].*$/s, '').slice(root.length - 1);
      if (!href.startsWith(root) || rules.leadsFrom(new URL(href).pathname)) return [];
      return existsSync(join(output, fileOfPath(path)))
        ? []
        : [`pages/${name}: the link ${link} leads to no page or file of this site.`];
    });
  });
}

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
