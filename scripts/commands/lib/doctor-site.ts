import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import packageJson from '../../../package.json' with { type: 'json' };
import { contentFolder, isPackage, root } from '../../../src/archive/environment.ts';
import { missingMessages } from '../../../src/archive/load-planet.ts';
import { languageName } from '../../../src/core/language.ts';
import { size } from '../../../src/core/media.ts';
import type { Planet } from '../../../src/core/planet.ts';
import { countText } from '../../../src/core/text.ts';
import { git } from '../../archive-branch/git.ts';
import { leftovers } from '../../site/leftovers.ts';
import { DAY } from '../../snapshot/schedule.ts';
import { type Note, ok, span, warning } from './doctor-archive.ts';

interface SiteSize {
  files: number;
  bytes: number;
  largest: { path: string; bytes: number };
  /** The folder with the most files. */
  fullest: { path: string; files: number };
}

/** The limits of hosts: https://developers.cloudflare.com/pages/platform/limits/, https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits */
function limitsOf({ files, bytes, largest, fullest }: SiteSize): [value: number, most: number, message: string][] {
  return [
    [files, 20_000, `${count(files)} files, and Cloudflare Pages allows 20,000 (100,000 if paid)${LESS}`],
    [
      largest.bytes,
      25 * 1024 * 1024,
      `a file of ${size(largest.bytes)}, ${largest.path}, and Cloudflare Pages allows 25 MiB`,
    ],
    [bytes, 1_000_000_000, `${size(bytes)}, and GitHub Pages allows 1 GB${LESS}`],
    [fullest.files, 54_000, `${count(fullest.files)} files in ${fullest.path}, and Netlify allows 54,000 in a folder`],
  ];
}

const LESS =
  '; "layout: month" in planet.yaml writes one page for each month of old years, instead of one for each entry';

/** The part of a limit from which on the doctor warns. */
const NEAR = 0.8;

export async function examineSite(output: string): Promise<Note[]> {
  const site = await measure(output);
  const name = relative('.', output);
  if (site === null || site.files === 0) return [ok(`There is no built site in ${name}; "npm run build" creates it.`)];
  return [
    ok(`The site in ${name} has ${countText(site.files, 'file', 'files')}, ${size(site.bytes)} in all.`),
    ...sizeWarnings(site, name),
  ];
}

export function sizeWarnings(site: SiteSize, name: string): Note[] {
  return limitsOf(site).flatMap(([value, most, message]) => {
    if (value > most) return [warning(`${name} has ${message}.`)];
    return value > most * NEAR ? [warning(`${name} is close to a limit: ${message}.`)] : [];
  });
}

async function measure(folder: string): Promise<SiteSize | null> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => null);
  if (found === null) return null;
  const site: SiteSize = { files: 0, bytes: 0, largest: { path: '', bytes: 0 }, fullest: { path: '', files: 0 } };
  const crowds = new Map<string, number>();
  for (const file of found.filter((each) => each.isFile())) {
    // A running build may have removed the file.
    const bytes = (await stat(join(file.parentPath, file.name)).catch(() => null))?.size;
    if (bytes === undefined) continue;
    site.files += 1;
    site.bytes += bytes;
    if (bytes > site.largest.bytes) site.largest = { path: relative(folder, join(file.parentPath, file.name)), bytes };
    crowds.set(file.parentPath, (crowds.get(file.parentPath) ?? 0) + 1);
  }
  for (const [path, files] of crowds) {
    if (files > site.fullest.files) site.fullest = { path: relative(folder, path) || relative('.', folder), files };
  }
  return site;
}

function count(number: number): string {
  return number.toLocaleString('en');
}

export function examinePlanet(folder: string, planet: Planet): Note[] {
  return [
    ok(`planet.yaml is valid, with ${countText(planet.feeds.length, 'feed', 'feeds')}.`),
    ...leftovers(folder, planet).map(warning),
    ...examineMessages(missingMessages(folder, planet.language), planet.language),
  ];
}

function examineMessages(missing: readonly string[], language: string): Note[] {
  if (missing.length === 0) return [];
  const some = missing.slice(0, 5).join(', ');
  const more = missing.length > 5 ? ` and ${count(missing.length - 5)} more` : '';
  const texts = countText(missing.length, 'text of the site is', 'texts of the site are');
  return [
    warning(
      `${texts} not translated into ${languageName(language)}: ${some}${more}. Readers see these texts in English. You can translate them in messages.yaml.`,
    ),
  ];
}

/** The notes on the version of the engine's workflow that the operator's workflow calls; none if it calls a branch or a commit. */
export function examineWorkflow(file: string, text: string, engine: string): Note[] {
  const called = /^\s*uses:\s*["']?[^\s"'@]+\/planet\.yml@v(\d+\.\d+\.\d[^\s"']*)/m.exec(text)?.[1];
  if (called === undefined || called === engine) return [];
  return [
    warning(
      `${file} calls version ${called}, and the engine has version ${engine}. Write "@v${engine}" into its "uses:".`,
    ),
  ];
}

/** Notes on the workflow that takes the snapshots, and on its last commit that this clone knows. */
export async function examineSchedule(now: Date): Promise<Note[]> {
  const place = isPackage ? contentFolder() : root;
  const workflow = `.github/workflows/${isPackage ? 'planet' : 'publish'}.yml`;
  if (!existsSync(join(place, workflow)))
    return [
      warning(
        `There is no ${workflow}. Unless another program runs "npm run build" on a schedule, the planet is not updated.`,
      ),
    ];
  const version = examineWorkflow(workflow, await readFile(join(place, workflow), 'utf8'), packageJson.version);
  return [...version, await examineCommit(place, now)];
}

async function examineCommit(cwd: string, now: Date): Promise<Note> {
  const last = await lastCommit(cwd);
  if (last === null)
    return ok(
      'There is no branch "archive" here; after the first run of the workflow, "git fetch origin archive" fetches it.',
    );
  const ago = now.getTime() - last.getTime();
  const sentence = `The last commit of the branch "archive" in this clone is ${span(ago)} old`;
  if (ago < 2 * DAY) return ok(`${sentence}.`);
  return warning(
    `${sentence}. "git fetch origin archive" may fetch a newer one; if not, check in Actions that the workflow still runs: GitHub disables schedules after 60 days without commits.`,
  );
}

/** The date of the last commit of the branch that this clone knows: pulled, fetched or its own. */
async function lastCommit(cwd: string): Promise<Date | null> {
  const names = ['refs/orrery/archive', 'refs/remotes/origin/archive', 'refs/heads/archive'];
  const date = await git(['log', '-1', '--ignore-missing', '--format=%cI', ...names, '--'], { cwd }).catch(() => '');
  return date === '' ? null : new Date(date);
}
