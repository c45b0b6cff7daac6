import { OperatorError } from '../../src/core/operator-error.ts';
import { git, MissingGit } from './git.ts';

/** The branch of the archive. Its files are in no other branch. */
export const BRANCH = 'refs/heads/archive';
/** Our references in this clone: all that they lead to is here. */
const REFERENCES = 'refs/orrery/';
/** The fetched branch. `FETCH_HEAD` may be that of an editor, which fetches `main` at the same time. */
const FETCHED = `${REFERENCES}fetched`;
/** The commit that is installed in the operator's folder. */
export const INSTALLED = `${REFERENCES}archive`;

/** Fetches the branch, if it has moved; null if the remote has none. Throws if git fails: otherwise a push would create a new branch. */
export async function fetchHead(remote: string): Promise<string | null> {
  const listed = await git(['ls-remote', '--end-of-options', remote, BRANCH]).catch(async (error: Error) => {
    if (error instanceof MissingGit || (await hasRepository(remote))) throw error;
    throw new OperatorError(
      'This folder has no git repository "origin". Name one: "git init" and "git remote add origin ADDRESS", or only PLANET_REMOTE in a folder with "git init". Without git, the archive is the folder itself.',
    );
  });
  // It also lists other branches whose names end so.
  const line = listed.split('\n').find((each) => each.endsWith(`\t${BRANCH}`));
  const head = line?.split('\t')[0];
  if (head === undefined) return null;
  // Git reads the commits for their trees: after a crash one may be missing, and is fetched again.
  const known = await git(['for-each-ref', '--format=%(objectname) %(tree)', REFERENCES]).catch(() => '');
  if (known.includes(head)) return head;
  await git(['fetch', '--quiet', '--depth=1', '--no-tags', '--end-of-options', remote, `+${BRANCH}:${FETCHED}`]);
  return git(['rev-parse', FETCHED]);
}

/** Fetches a commit if this clone lacks it, as a shallow one does. Returns whether the clone has it. */
export async function fetchCommit(commit: string, remote: string): Promise<boolean> {
  const isHere = async () =>
    (await git(['rev-parse', '--quiet', '--verify', '--end-of-options', `${commit}^{commit}`]).catch(() => '')) !== '';
  if (await isHere()) return true;
  await git(['fetch', '--quiet', '--depth=1', '--no-tags', '--end-of-options', remote, commit]).catch(() => {});
  return isHere();
}

/** False if git knows no repository of the default name here. Throws if git does not look into a folder of another user. */
export async function hasRepository(remote: string): Promise<boolean> {
  if (remote !== 'origin') return true;
  return git(['remote', 'get-url', remote]).then(
    () => true,
    (error: Error) => {
      // Git's message says what to do (https://github.com/actions/runner-images/issues/6775).
      if (error.message.includes('safe.directory')) throw error;
      return false;
    },
  );
}
