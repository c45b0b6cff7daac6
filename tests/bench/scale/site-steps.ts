import { readFileSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { measure, type Took } from '../measure.ts';

export interface SiteTook {
  /** Everything that `npm run site` does. */
  all: Took;
  /** Of that, the pages and output feeds; compiling too, where the engine was not compiled. */
  pages: { cpu: number };
  /** And the search index. */
  search: { cpu: number };
}

/** `npm run site`, as package.json has it, without what npm itself takes. */
export async function buildSite(env: Record<string, string>): Promise<SiteTook> {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));
  const path = [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter);
  const all = await measure('sh', ['-c', scripts['site'] ?? ''], { ...env, PATH: path }, { mark: 'site: ' });
  return { all, pages: { cpu: all.untilMark }, search: { cpu: all.cpu - all.untilMark } };
}
