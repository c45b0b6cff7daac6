import { copyFile, mkdir, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { clearWay } from '../files/checked.ts';
import { removeFile } from '../site/lay.ts';
import { lookInto } from '../site/marks.ts';
import { isRemembered, type Part, type Parts, readParts, writeParts } from '../site/parts.ts';

/**
 * Lays what another machine built into the output folder, with what is remembered of it, so that the next build finds it
 * there. Of a part that did not change since both had the same build, only the files that did need lie in the other folder;
 * a part that is damaged or not whole is left out, and made anew. Killed at any point, what was being laid is forgotten.
 * @param share the other machine's output folder
 * @returns how many parts were taken over; null where that is no share that was made to its end
 */
export async function joinSite(output: string, share: string): Promise<number | null> {
  // The search is made last, and where there is none of it that is remembered too.
  if (!isRemembered(share, 'search')) return null;
  const there = { pages: await readParts(share, 'pages'), search: await readParts(share, 'search') };
  // What nobody remembers would stay for ever.
  if ((await readParts(output, 'pages')).size === 0) await rm(output, { recursive: true, force: true });
  const pages = await joinParts(output, share, 'pages', there.pages);
  return pages + (await joinParts(output, share, 'search', there.search));
}

async function joinParts(output: string, share: string, kind: string, theirs: Parts): Promise<number> {
  const before = await readParts(output, kind);
  const [isThere, isHere] = [lookInto(share), lookInto(output)];
  // Whether each file of a part is there or here as it was written.
  const isHad = ({ files }: Part) =>
    Object.entries(files).every(([path, mark]) => isThere(path, ...mark) || isHere(path, ...mark));
  const taken: Parts = new Map(
    [...theirs].filter(([name, part]) => !isDeepStrictEqual(before.get(name), part) && isHad(part)),
  );
  if (taken.size === 0) return 0;
  const kept = new Map([...before].filter(([name]) => !taken.has(name)));
  await writeParts(output, kind, kept);
  for (const { files } of taken.values()) {
    for (const [path, mark] of Object.entries(files)) {
      if (isHere(path, ...mark)) continue;
      clearWay(output, path);
      await rm(join(output, path), { force: true });
      await lay(join(share, path), join(output, path), mark);
    }
  }
  const parts = new Map([...kept, ...taken]);
  const wanted = new Set([...parts.values()].flatMap(({ files }) => Object.keys(files)));
  for (const [name, { files }] of before) {
    if (taken.has(name)) for (const path of Object.keys(files)) if (!wanted.has(path)) removeFile(output, path);
  }
  await writeParts(output, kind, parts);
  return taken.size;
}

/** Copies a file with its time, half a millisecond in: no rounding of the file system's takes it below. */
async function lay(from: string, to: string, [, time]: Part['files'][string]): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  await utimes(to, new Date(), (time + 0.5) / 1000);
}
