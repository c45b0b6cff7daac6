import { createHash, hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from './files.ts';

/** What is the same for every page, and what only the pages outside the archive show; as hashes. */
export interface Design {
  /** The engine: code, styles, pictures and libraries that make pages. */
  engine: string;
  /** What the operator's folder adds to all pages: files beside `planet.yaml`, and what its own pages are called. */
  operator: string;
  /** What it shows on pages of their own: its pages and pictures. */
  own: string;
}

const ENGINE = ['src', 'public', 'scripts/site', 'astro.config.mjs', 'package-lock.json', 'tsconfig.json'];
/** Operators' folders among the engine's code. */
const NOT_ENGINE = ['src/content/', 'src/demo/'];
/** What a snapshot reads or writes is in the entries already, and planet.yaml is in the site. */
const NOT_SHOWN = /^(?:archive|feeds|\.orrery)\/|^planet\.yaml$/;

/** @param folder the operator's folder, absolute */
export function readDesign(folder: string): Design {
  const engine = ENGINE.flatMap((name) => filesBelow('.', name)).filter(
    (file) => !NOT_ENGINE.some((start) => file.startsWith(start)),
  );
  const shown = filesBelow(folder).filter((file) => !NOT_SHOWN.test(file));
  const [inFolders, beside] = [shown.filter((file) => file.includes('/')), shown.filter((file) => !file.includes('/'))];
  const titles = inFolders.filter((file) => file.endsWith('.mdx')).map((file) => frontMatter(join(folder, file)));
  return {
    engine: hash('sha256', `${process.version} ${hashOf('.', engine)}`),
    operator: hash('sha256', `${titles.join()} ${hashOf(folder, beside)}`),
    own: hashOf(folder, inFolders),
  };
}

function hashOf(root: string, files: readonly string[]): string {
  const all = createHash('sha256');
  for (const file of files)
    all
      .update(`${file}\n`)
      .update(readFileSync(join(root, file)))
      .update('\n');
  return all.digest('hex');
}

/** Titles and order of the operator's own pages stand at the foot of every page. */
function frontMatter(file: string): string {
  return readFileSync(file, 'utf8').split(/^---$/m)[1] ?? '';
}
