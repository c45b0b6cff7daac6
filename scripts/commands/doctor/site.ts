import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { size } from '../../../src/lib/files.ts';
import { Planet } from '../../../src/model/planet.ts';
import { look, type Note, well } from './report.ts';

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
  if (site === null) return [well(`There is no built site in ${name}; "npm run build" makes it.`)];
  return [
    well(`The site in ${name} has ${count(site.files)} files, ${size(site.bytes)} in all.`),
    ...judge(site, name),
  ];
}

export function judge(site: Measured, name: string): Note[] {
  return LIMITS.flatMap(({ of, most, says }) => {
    if (of(site) > most) return [look(`${name} has ${says(site)}.`)];
    return of(site) > most * NEAR ? [look(`${name} comes near a limit: ${says(site)}.`)] : [];
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
