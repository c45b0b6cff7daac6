/** Opens one issue on GitHub for feeds whose problem lasts, and ticks or closes it when the problem is solved. */
import { archiveFolder, readStates } from '../../src/archive/archive.ts';
import { clock } from '../../src/archive/environment.ts';
import { ownPlanet } from '../../src/archive/load-planet.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { print, run } from '../cli.ts';
import { applyAction, listIssues, NoIssues } from './github.ts';
import { decide } from './problem-issue.ts';

await run(async () => {
  const { GITHUB_API_URL = 'https://api.github.com', GITHUB_REPOSITORY, GITHUB_TOKEN } = process.env;
  if (!GITHUB_REPOSITORY || !GITHUB_TOKEN) {
    throw new OperatorError(
      'This opens issues on GitHub about failing feeds. The workflow of the planet runs it, with GITHUB_REPOSITORY and GITHUB_TOKEN.',
      2,
    );
  }
  const { folder, planet } = await ownPlanet();
  const repository = { url: `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}`, token: GITHUB_TOKEN };
  const states = await readStates(archiveFolder(folder));
  try {
    const actions = decide(planet, states, await listIssues(repository), clock());
    if (actions.length === 0) print('There are no new problems.');
    for (const action of actions) {
      await applyAction(repository, action);
      print(action.kind === 'open' ? `Opened: ${action.title}` : `#${action.number}: ${action.comment}`);
    }
  } catch (error) {
    if (!(error instanceof NoIssues)) throw error;
    print('This repository has no issues: Settings → General → Features → Issues.');
  }
});
