import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import packageJson from '../../../package.json' with { type: 'json' };
import { contentFolder, isPackage, root } from '../../../src/archive/environment.ts';
import { Planet } from '../../../src/core/planet.ts';
import { size } from '../../../src/outputs/view.ts';
import { leftovers } from '../../site/leftovers.ts';
import { DAY, type Note, ok, problem, span, warning } from './doctor-report.ts';

/** A built site, measured. */
export interface Measured {
  files: number;
  bytes: number;
  largest: { path: string; bytes: number };
  /** Of the folder with most files in it. */
  crowd: { path: string; files: number };
}

const MIB = 1024 * 1024;

/** https://developers.cloudflare.com/pages/platform/limits/, https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits */
const LIMITS: readonly {
  of: (site: Measured) => number;
  most: number;
  says: (site: Measured) => string;
}[] = [
  {
    of: ({ files }) => files,
    most: 20_000,
    says: ({ files }) => `${count(files)} files, and Cloudflare Pages takes 20,000 (100,000 if paid)${LESS}`,
  },
  {
    of: ({ largest }) => largest.bytes,
    most: 25 * MIB,
    says: ({ largest }) => `a file of ${size(largest.bytes)}, ${largest.path}, and Cloudflare Pages takes 25 MiB`,
  },
  {
    of: ({ bytes }) => bytes,
    most: 1_000_000_000,
    says: ({ bytes }) => `${size(bytes)}, and GitHub Pages takes 1 GB${LESS}`,
  },
  {
    of: ({ crowd }) => crowd.files,
    most: 54_000,
    says: ({ crowd }) => `${count(crowd.files)} files in ${crowd.path}, and Netlify takes 54,000 in a folder`,
  },
];

/** Once planet.yaml can say it. */
const LESS =
  'layout' in Planet.shape
    ? '; "layout: month" in planet.yaml makes a page a month of old years, not one an entry'
    : '';

/** From here on it is time to think of it. */
const NEAR = 0.8;

export async function examineSite(output: string): Promise<Note[]> {
  const site = await measure(output);
  const name = relative('.', output);
  if (site === null) return [ok(`There is no built site in ${name}; "npm run build" makes it.`)];
  return [
    ok(`The site in ${name} has ${count(site.files)} files, ${size(site.bytes)} in all.`),
    ...judgeMeasurements(site, name),
  ];
}

export function judgeMeasurements(site: Measured, name: string): Note[] {
  return LIMITS.flatMap(({ of, most, says }) => {
    if (of(site) > most) return [warning(`${name} has ${says(site)}.`)];
    return of(site) > most * NEAR ? [warning(`${name} comes near a limit: ${says(site)}.`)] : [];
  });
}

async function measure(folder: string): Promise<Measured | null> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => null);
  if (found === null) return null;
  const site: Measured = { files: 0, bytes: 0, largest: { path: '', bytes: 0 }, crowd: { path: '', files: 0 } };
  const crowds = new Map<string, number>();
  for (const file of found.filter((each) => each.isFile())) {
    const { size: bytes } = await stat(join(file.parentPath, file.name));
    site.files += 1;
    site.bytes += bytes;
    if (bytes > site.largest.bytes) site.largest = { path: relative(folder, join(file.parentPath, file.name)), bytes };
    crowds.set(file.parentPath, (crowds.get(file.parentPath) ?? 0) + 1);
  }
  for (const [path, files] of crowds) {
    if (files > site.crowd.files) site.crowd = { path: relative(folder, path) || relative('.', folder), files };
  }
  return site;
}

function count(number: number): string {
  return number.toLocaleString('en');
}

const run = promisify(execFile);

export function examineNode(version: string): Note {
  const wanted = packageJson.engines.node.replace('>=', '');
  const told = `This is Node ${version}`;
  return isOlder(version, wanted)
    ? problem(`${told}, and Orrery wants ${wanted} or newer; "npm ci" brings its own, or install one.`)
    : ok(`${told}.`);
}

function isOlder(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [majorWanted = 0, minorWanted = 0] = wanted.split('.').map(Number);
  return major < majorWanted || (major === majorWanted && minor < minorWanted);
}

export function examinePlanet(folder: string, planet: Planet): Note[] {
  return [
    ok(`planet.yaml is in order, and follows ${planet.feeds.length} feeds.`),
    ...leftovers(folder, planet).map(warning),
  ];
}

/** Where the archive's branch was last seen to be, newest knowledge first. */
const BRANCHES = ['refs/orrery/archive', 'refs/remotes/origin/archive', 'refs/heads/archive'];

/** Who takes the snapshots: a workflow, and the branch that it commits to, as far as this copy has heard of it. */
export async function examineSchedule(now: Date): Promise<Note[]> {
  const place = isPackage ? contentFolder() : root;
  const workflow = `.github/workflows/${isPackage ? 'planet' : 'publish'}.yml`;
  if (!existsSync(join(place, workflow))) {
    return [
      warning(
        `There is no ${workflow}. Unless something else runs "npm run build" by the clock, the planet stands still.`,
      ),
    ];
  }
  const last = await lastCommit();
  if (last === null) {
    return [ok('This copy knows no branch "archive"; "git fetch origin archive" brings it, if the workflow has run.')];
  }
  const ago = now.getTime() - last.getTime();
  const told = `The branch "archive" that this copy has was last written ${span(ago)} ago`;
  if (ago < 2 * DAY) return [ok(`${told}.`)];
  return [
    warning(
      `${told}. "git fetch origin archive" may bring a newer one; if not, see in Actions whether it still runs: GitHub switches schedules off after 60 idle days.`,
    ),
  ];
}

async function lastCommit(): Promise<Date | null> {
  for (const branch of BRANCHES) {
    const said = await run('git', ['log', '-1', '--format=%cI', branch, '--'], {
      cwd: isPackage ? contentFolder() : root,
    }).catch(() => null);
    if (said?.stdout.trim()) return new Date(said.stdout.trim());
  }
  return null;
}
