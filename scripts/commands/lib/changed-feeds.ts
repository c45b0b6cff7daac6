import { execFile } from 'node:child_process';
import { isDeepStrictEqual, promisify } from 'node:util';
import { parse } from 'yaml';
import { FeedConfig, type Planet } from '../../../src/core/planet.ts';

const run = promisify(execFile);

/** What a change did to the list of feeds. */
export interface Change {
  /** New, or in any setting another than before. */
  touched: FeedConfig[];
  /** By id: what a feed's id was before, where only the id changed. */
  renamed: ReadonlyMap<string, string>;
  /** Ids that are not followed any more. */
  removed: string[];
}

/** The text of `planet.yaml` at a git reference; empty where it had none. A sentence where git does not know the reference. */
export async function planetAt(ref: string, folder: string): Promise<{ text: string } | string> {
  const git = (...args: string[]) => run('git', args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
  let commit: string;
  try {
    commit = (await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)).stdout.trim();
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ENOENT') return 'git is not installed here, and --changed asks it what changed';
    return `git knows no "${ref}" here; fetch it first ("git fetch origin ${ref.replace(/^origin\//, '')}"; in Actions, "fetch-depth: 0")`;
  }
  const shown = await git('show', `${commit}:./planet.yaml`).catch(() => ({ stdout: '' }));
  return { text: shown.stdout };
}

/** Compares what `planet.yaml` says now with its text before, which may have had mistakes. */
export function changeOf({ feeds }: Planet, before: string): Change {
  const old = feedsIn(before);
  const byId = new Map(old.map((feed) => [feed.id, feed]));
  const ids = new Set(feeds.map(({ id }) => id));
  const touched = feeds.filter((feed) => !isDeepStrictEqual(byId.get(feed.id), feed));
  const gone = old.filter(({ id }) => !ids.has(id));
  const renamed = touched.flatMap(({ id, url }) => {
    const was = byId.has(id) ? undefined : gone.find((feed) => feed.url === url);
    return was ? [[id, was.id] as const] : [];
  });
  const kept = new Set(renamed.map(([, was]) => was));
  return { touched, renamed: new Map(renamed), removed: gone.map(({ id }) => id).filter((id) => !kept.has(id)) };
}

function feedsIn(text: string): FeedConfig[] {
  let said: unknown;
  try {
    said = (parse(text) as { feeds?: unknown } | null)?.feeds;
  } catch {
    return [];
  }
  return Array.isArray(said) ? said.flatMap((feed) => FeedConfig.safeParse(feed).data ?? []) : [];
}
