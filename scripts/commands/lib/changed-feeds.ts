import { execFile } from 'node:child_process';
import { isDeepStrictEqual, promisify } from 'node:util';
import { parse } from 'yaml';
import { FeedConfig, type Planet } from '../../../src/core/planet.ts';

const run = promisify(execFile);

/** The differences between two lists of feeds. */
export interface Change {
  /** New, or with another value in any setting. */
  touched: FeedConfig[];
  /** By id: the former id of a feed whose address stayed. */
  renamed: ReadonlyMap<string, string>;
  /** Ids of removed feeds. */
  removed: string[];
}

/** The text of `planet.yaml` at a git reference; empty if there was no such file. A sentence if git does not know the reference. */
export async function planetAt(ref: string, folder: string): Promise<{ text: string } | string> {
  const git = (...args: string[]) => run('git', args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
  let commit: string;
  try {
    commit = (await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)).stdout.trim();
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ENOENT') return 'git is not installed here, and --changed needs it';
    return `git does not know "${ref}" here; fetch it first ("git fetch origin ${ref.replace(/^origin\//, '')}"; in Actions, "fetch-depth: 0")`;
  }
  const shown = await git('show', `${commit}:./planet.yaml`).catch(() => ({ stdout: '' }));
  return { text: shown.stdout };
}

/** Compares `planet.yaml` with its former text, which may have had mistakes. */
export function changeOf({ feeds }: Planet, before: string): Change {
  const formerFeeds = feedsIn(before);
  const byId = new Map(formerFeeds.map((feed) => [feed.id, feed]));
  const ids = new Set(feeds.map(({ id }) => id));
  const touched = feeds.filter((feed) => !isDeepStrictEqual(byId.get(feed.id), feed));
  const gone = formerFeeds.filter(({ id }) => !ids.has(id));
  const renamed = touched.flatMap(({ id, url }) => {
    const former = byId.has(id) ? undefined : gone.find((feed) => feed.url === url);
    return former ? [[id, former.id] as const] : [];
  });
  const kept = new Set(renamed.map(([, former]) => former));
  return { touched, renamed: new Map(renamed), removed: gone.map(({ id }) => id).filter((id) => !kept.has(id)) };
}

function feedsIn(text: string): FeedConfig[] {
  let feeds: unknown;
  try {
    feeds = (parse(text) as { feeds?: unknown } | null)?.feeds;
  } catch {
    return [];
  }
  return Array.isArray(feeds) ? feeds.flatMap((feed) => FeedConfig.safeParse(feed).data ?? []) : [];
}
