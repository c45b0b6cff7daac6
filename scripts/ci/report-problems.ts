/** Opens issues on GitHub for feeds whose problem lasts, and ticks or closes them when the problem is solved. */
import { archiveFolder, readStates } from '../../src/archive/archive.ts';
import { clock } from '../../src/archive/environment.ts';
import { operatorPlanet } from '../../src/archive/load-planet.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { print, run } from '../cli.ts';
import { type Action, decide, type Issue } from './problem-issue.ts';

/** GitHub's API for a repository: `https://api.github.com/repos/ada/planet`. */
type Repository = { url: string; token: string };

/** Issues are disabled in the repository. */
class NoIssues extends Error {}

async function request({ url, token }: Repository, path: string, method = 'GET', body?: object): Promise<unknown> {
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'user-agent': 'Orrery',
    'x-github-api-version': '2022-11-28',
  };
  const signal = AbortSignal.timeout(60_000);
  const options = { method, headers, signal, ...(body && { body: JSON.stringify(body) }) };
  const fail = (error: Error) => {
    throw new OperatorError(`${method} ${path}: GitHub does not answer: ${error.cause ?? error}`);
  };
  const response = await fetch(`${url}${path}`, options).catch(fail);
  if (response.status === 410) throw new NoIssues();
  if (response.ok) return response.json().catch(fail);
  throw new OperatorError(`${method} ${path}: GitHub answers ${response.status}: ${await response.text().catch(fail)}`);
}

const PAGE = 100;

/** All issues, open or closed, that a workflow of the repository has opened. */
async function listIssues(repository: Repository): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (let page = 1; ; page++) {
    const query = new URLSearchParams({
      state: 'all',
      creator: 'github-actions[bot]',
      per_page: `${PAGE}`,
      page: `${page}`,
    });
    const list = (await request(repository, `/issues?${query}`)) as {
      number: number;
      state: string;
      body: string | null;
    }[];
    issues.push(...list.map(({ number, state, body }) => ({ number, open: state === 'open', body: body ?? '' })));
    if (list.length < PAGE) return issues;
  }
}

async function applyAction(repository: Repository, action: Action): Promise<void> {
  if (action.kind === 'open') {
    const { title, body } = action;
    await request(repository, '/issues', 'POST', { title, body });
  } else {
    const { number, body, comment, close } = action;
    await request(repository, `/issues/${number}/comments`, 'POST', { body: comment });
    await request(repository, `/issues/${number}`, 'PATCH', { body, ...(close && { state: 'closed' }) });
  }
}

await run(async () => {
  const { GITHUB_API_URL = 'https://api.github.com', GITHUB_REPOSITORY, GITHUB_TOKEN } = process.env;
  if (!GITHUB_REPOSITORY || !GITHUB_TOKEN)
    throw new OperatorError(
      'This opens issues on GitHub about failing feeds. The workflow of the planet runs it, with GITHUB_REPOSITORY and GITHUB_TOKEN.',
      2,
    );
  const { folder, planet } = await operatorPlanet();
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
