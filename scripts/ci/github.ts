import type { Action, Issue } from './problem-issue.ts';

/** Where a workflow finds GitHub: from its environment. */
export interface Repository {
  /** `https://api.github.com/repos/ada/planet` */
  url: string;
  token: string;
}

/** The repository has no issues. */
export class NoIssues extends Error {}

async function ask({ url, token }: Repository, path: string, method = 'GET', body?: object): Promise<unknown> {
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'user-agent': 'Orrery',
    'x-github-api-version': '2022-11-28',
  };
  const answer = await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (answer.status === 410) throw new NoIssues();
  if (!answer.ok) throw new Error(`${method} ${path}: GitHub answers ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

const PAGE = 100;

/** Every issue that a workflow of ours may have opened, closed ones too. */
export async function listIssues(repository: Repository): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (let page = 1; ; page++) {
    const query = new URLSearchParams({
      state: 'all',
      creator: 'github-actions[bot]',
      per_page: `${PAGE}`,
      page: `${page}`,
    });
    const list = (await ask(repository, `/issues?${query}`)) as {
      number: number;
      state: string;
      body: string | null;
    }[];
    issues.push(...list.map(({ number, state, body }) => ({ number, open: state === 'open', body: body ?? '' })));
    if (list.length < PAGE) return issues;
  }
}

export async function carryOut(repository: Repository, action: Action): Promise<void> {
  switch (action.kind) {
    case 'open': {
      const { title, body } = action;
      await ask(repository, '/issues', 'POST', { title, body });
      return;
    }
    case 'tick': {
      const { number, body, comment, close } = action;
      await ask(repository, `/issues/${number}/comments`, 'POST', { body: comment });
      await ask(repository, `/issues/${number}`, 'PATCH', { body, ...(close && { state: 'closed' }) });
      return;
    }
    default:
      action satisfies never;
  }
}
