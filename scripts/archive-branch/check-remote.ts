import { OperatorError } from '../../src/core/operator-error.ts';
import { git } from './git.ts';

/** Throws an `OperatorError` if git knows no repository of the default name here. */
export async function checkRemote(remote: string): Promise<void> {
  if (remote !== 'origin') return;
  await git(['remote', 'get-url', remote]).catch(() => {
    throw new OperatorError(
      'This folder has no git repository "origin". Name one: "git init" and "git remote add origin ADDRESS", or only PLANET_REMOTE in a folder with "git init". Without git, the archive is the folder itself.',
    );
  });
}
