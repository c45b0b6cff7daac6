import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is on every page, in two halves, with places for what differs: `%title%`, `%description%`, `%address%`. */
export interface Chrome {
  before: string;
  after: string;
}

/** Cut out of a built site's own archive page, so that the peers print what we print, whatever that comes to be. */
export function chromeOf(dist: string): Chrome {
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
