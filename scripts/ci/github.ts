import type { Action, Issue } from './problem-issue.ts';

/** GitHub's API for a repository, from the environment of a workflow. */
export interface Repository {
  /** `https://api.github.com/repos/ada/planet` */
  url: string;
  token: string;
}

/** Issues are disabled in the repository. */
export class NoIssues extends Error {}

async function request({ url, token }: Repository, path: string, method = 'GET', body?: object): Promise<unknown> {
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'user-agent': 'Orrery',
    'x-github-api-version': '2022-11-28',
  };
  const response = await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (response.status === 410) throw new NoIssues();
  if (!response.ok) throw new Error(`${method} ${path}: GitHub answers ${response.status}: ${await response.text()}`);
  return response.json();
}

const PAGE = 100;

/** All issues, open or closed, that a workflow of the repository has opened. */
export async function listIssues(repository: Repository): Promise<Issue[]> {
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

/** Opens, changes or closes an issue. */
export async function applyAction(repository: Repository, action: Action): Promise<void> {
  switch (action.kind) {
    case 'open': {
      const { title, body } = action;
      await request(repository, '/issues', 'POST', { title, body });
      return;
    }
    case 'tick': {
      const { number, body, comment, close } = action;
      await request(repository, `/issues/${number}/comments`, 'POST', { body: comment });
      await request(repository, `/issues/${number}`, 'PATCH', { body, ...(close && { state: 'closed' }) });
      return;
    }
    default:
      action satisfies never;
  }
}
