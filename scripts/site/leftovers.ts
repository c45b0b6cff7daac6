import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planetFile } from '../../src/archive/load-planet.ts';
import type { Planet } from '../../src/core/planet.ts';
import { isExample } from '../commands/lib/address-problem.ts';
import { TO_WRITE } from '../commands/lib/operator-files.ts';

/** What is no mistake, and most likely not meant: what the template brought, and words that YAML takes for a note. A sentence each. */
export function leftovers(folder: string, { site, title, owner }: Planet): string[] {
  const file = planetFile(folder);
  const pages = join(folder, 'pages');
  const names = existsSync(pages) ? readdirSync(pages).filter((name) => /\.mdx?$/.test(name)) : [];
  const unwritten = names.filter((name) => readFileSync(join(pages, name), 'utf8').includes(TO_WRITE));
  return [
    ...(isExample(site) ? [`${file}: "site" is still ${site}; write where the planet will stand.`] : []),
    ...(title === 'A planet' || title === 'Orrery'
      ? [`${file}: "title" is still ${title}; write the planet's name.`]
      : []),
    ...([`The keeper of ${title}`, 'The keeper of this planet'].includes(owner?.name ?? '')
      ? [`${file}: "owner" is still ${owner?.name}; write who runs it.`]
      : []),
    ...lostNotes(readFileSync(join(folder, 'planet.yaml'), 'utf8'), file),
    ...unwritten.map((name) => `pages/${name} still says "${TO_WRITE}"; write them, and take the line out.`),
  ];
}

/** `title: C #sharp` is the title C, and a note. Who means a note puts a space after the sign. */
function lostNotes(text: string, file: string): string[] {
  return text.split('\n').flatMap((line, at) => {
    const [, note] = /^[ -]*(?:title|description|name|bio): *[^'"#\s][^#]* (#[^\s#].*)$/.exec(line) ?? [];
    return note === undefined
      ? []
      : [`${file}:${at + 1}: "${note.trim()}" counts as a note; put the whole text in quotation marks if it is none.`];
  });
}
