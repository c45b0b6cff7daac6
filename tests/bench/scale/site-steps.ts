import { readFileSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { measure, type Took } from '../measure.ts';

export interface SiteTook {
  /** Everything that `npm run site` does. */
  all: Took;
  /** The step that makes the search index, where it is a step of its own. */
  search: Took | null;
  /** All the others. */
  pages: Took;
}

/** `npm run site`, step by step as package.json has it, without what npm itself takes. */
export async function buildSite(env: Record<string, string>): Promise<SiteTook> {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));
  const steps = (scripts['site'] ?? '').split('&&').map((step) => step.trim());
  const path = [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter);
  const took: { step: string; took: Took }[] = [];
  for (const step of steps)
    took.push({ step, took: await measure('sh', ['-c', `exec ${step}`], { ...env, PATH: path }) });
  const isSearch = ({ step }: { step: string }) => step.includes('search');
  const search = took.filter(isSearch).map(({ took }) => took);
  const pages = took.filter((each) => !isSearch(each)).map(({ took }) => took);
  return {
    all: together([...pages, ...search]),
    search: search.length > 0 ? together(search) : null,
    pages: together(pages),
  };
}

/** One after the other. */
export function together(list: readonly Took[]): Took {
  return {
    cpu: list.reduce((sum, { cpu }) => sum + cpu, 0),
    peak: Math.max(0, ...list.map(({ peak }) => peak)),
    stdout: list.map(({ stdout }) => stdout).join(''),
  };
}
