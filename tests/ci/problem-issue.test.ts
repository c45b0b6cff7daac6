import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { decide, type Issue, issueLines } from '../../scripts/ci/problem-issue.ts';
import { type FeedProblem, type FeedStates, newFeedState } from '../../src/core/feed-state.ts';
import { Planet } from '../../src/core/planet.ts';
import { onLoopback } from '../lib/feed-server.ts';
import { aFolder, planetYaml } from '../lib/planet.ts';
import { programHere } from '../lib/program-here.ts';

const now = new Date('2026-03-15T06:00:00Z');
const since = '2026-03-01T06:00:00Z';
const failing: FeedProblem = { outcome: 'failed', reason: 'timed out after 30 s', since };
const yaml = planetYaml({ one: 'https://one.example/', two: 'https://two.example/', well: 'https://well.example/' });
const planet = Planet.parse(parse(yaml));
type Troubles = Record<string, FeedProblem | null>;
const statesOf = (troubles: Troubles): FeedStates =>
  Object.fromEntries(
    Object.entries(troubles).map(([id, trouble]) => [id, { ...newFeedState(`https://${id}.example/`), trouble }]),
  );

/** What is decided day after day, where GitHub keeps what it is told. */
function days(...each: { troubles: Troubles; planet?: Planet; at?: string }[]) {
  const issues: (Issue & { title: string })[] = [];
  const told = each.map(({ troubles, planet: other = planet, at = now.toISOString() }) =>
    decide(other, statesOf(troubles), issues, new Date(at)).map((action) => {
      if (action.kind === 'open') {
        issues.push({ number: issues.length + 1, open: true, ...action });
        return `open ${action.title}`;
      }
      const issue = issues[action.number - 1] as Issue;
      issue.body = action.body;
      issue.open = !action.close;
      return `${action.close ? 'close' : 'comment'} ${action.number} ${action.comment}`;
    }),
  );
  return { told, issues };
}

describe('a feed in trouble', () => {
  test('is reported once, after 14 days and not a minute before', () => {
    const troubles = { one: failing, two: null };
    const { told } = days({ troubles, at: '2026-03-15T05:59:00Z' }, { troubles }, { troubles }, { troubles });
    expect(told).toEqual([[], ['open one has failed since 2026-03-01'], [], []]);
  });

  test('is reported in one issue with the others, ticked when it is over, closed with the last', () => {
    const [two, well] = [{ ...failing, outcome: 'gone' } as const, { troubles: { one: null, two: null } }];
    const { told, issues } = days({ troubles: { one: failing, two } }, { troubles: { one: null, two } }, well, well);
    const opened = 'open 2 feeds have had problems for two weeks';
    expect(told).toEqual([[opened], ['comment 1 Solved: `one`.'], ['close 1 Solved: `two`.'], []]);
    expect(issueLines(issues[0]?.body ?? '').map(({ solved }) => solved)).toEqual([true, true]);
  });

  test('is reported in issues that GitHub accepts, with any number of others', () => {
    const ids = Array.from({ length: 200 }, (_, index) => `feed-${index}`);
    const feeds = ids.map((id) => ({ ...planet.feeds[0], id, title: 'T'.repeat(400) }));
    const many = { ...planet, feeds: [...feeds, ...planet.feeds] };
    const problem = { ...failing, reason: 'R'.repeat(400) };
    const troubles = Object.fromEntries(ids.map((id) => [id, problem]));
    const { told, issues } = days({ troubles, planet: many as Planet }, { troubles, planet: many as Planet });
    expect(told).toEqual([[80, 80, 40].map((feeds) => `open ${feeds} feeds have had problems for two weeks`), []]);
    for (const { body } of issues) expect(body.length).toBeLessThan(65_536);
  });

  const later = { ...failing, since: '2026-03-14T06:00:00Z' };
  const all = { one: failing, two: { ...later, outcome: 'gone' } as const, well: later };
  const held = { ...later, outcome: 'held' } as const;
  test.for([
    { when: 'all have one', troubles: all, told: ['open All feeds have problems'] },
    { when: 'a minute less', troubles: all, at: '2026-03-15T05:59:00Z', told: [] },
    { when: 'one works', troubles: { ...all, well: null }, told: ['open one has failed since 2026-03-01'] },
    {
      ...{ when: 'the others are paused', troubles: { ...all, well: null }, paused: ['well'] },
      told: ['open All feeds have problems'],
    },
    { when: 'one waits', troubles: { ...all, well: held }, told: ['open All feeds have problems'] },
    { when: 'only one does not wait', troubles: { one: later, two: held, well: held }, told: [] },
    { when: 'there is one feed', troubles: { well: later }, paused: ['one', 'two'], told: [] },
  ])('is reported after a day if all have one: $when', ({ troubles, at, paused = [], told }) => {
    const feeds = planet.feeds.map((feed) => ({ ...feed, paused: paused.includes(feed.id) }));
    const day = { troubles, planet: { ...planet, feeds }, ...(at && { at }) };
    expect(days(day, day).told).toEqual([told, []]);
  });

  test('is reported again if it was OK in between', () => {
    const again = { troubles: { one: { ...failing, since: '2026-04-01T00:00:00Z' } }, at: '2026-04-20T00:00:00Z' };
    const { told } = days({ troubles: { one: failing } }, { troubles: { one: null } }, again);
    expect(told[2]).toEqual(['open one has failed since 2026-04-01']);
  });

  test('is reported with its day in the time zone of the planet', () => {
    const troubles = { one: { ...failing, since: '2026-02-28T22:00:00Z' } };
    const { told, issues } = days({ troubles, planet: { ...planet, timezone: 'Asia/Tokyo' } });
    expect([told, issues[0]?.body]).toEqual([
      [['open one has failed since 2026-03-01']],
      expect.stringContaining('since 2026-03-01: '),
    ]);
  });

  test('is described on one line, shortened if it is long, with its day', () => {
    const linesOf = (reason: string) => {
      const { issues } = days({ troubles: { one: { ...failing, reason } } });
      return issues[0]?.body.split('\n').filter((line) => line.startsWith('- '));
    };
    const begin = '- [ ] `Feed one` (`one`) has failed since 2026-03-01:';
    const line = (reason: string) => [`${begin} \`${reason}\` <!-- orrery one ${since} -->`];
    expect(linesOf(' timed out\n  after 30 s ')).toEqual(line('timed out after 30 s'));
    expect(linesOf('R'.repeat(300))).toEqual(line('R'.repeat(300)));
    expect(linesOf('R'.repeat(301))).toEqual(line(`${'R'.repeat(299)}…`));
    expect(linesOf('')).toEqual(line('…'));
  });

  test('is not ticked in an issue that somebody closed', () => {
    const { issues } = days({ troubles: { one: failing } });
    const closed = issues.map((issue) => ({ ...issue, open: false }));
    expect(decide(planet, statesOf({ one: null }), closed, now)).toEqual([]);
  });

  test('is over when it is paused, or followed no more', () => {
    const paused = { ...planet, feeds: planet.feeds.map((feed) => ({ ...feed, paused: true })) };
    const left = { ...planet, feeds: planet.feeds.slice(1) };
    for (const other of [paused, left]) {
      const { told } = days({ troubles: { one: failing } }, { troubles: { one: failing }, planet: other });
      expect(told[1]).toEqual(['close 1 Solved: `one`.']);
    }
  });

  test('calls nobody and links nowhere, whatever words its server finds', () => {
    const reason =
      'no `XML: @octocat #1 <img src=x>\n- [ ] x <!-- orrery two 2026-03-01T06:00:00Z -->\n[a](https://b.example)';
    const { issues } = days({ troubles: { one: { ...failing, reason } } });
    const body = issues[0]?.body ?? '';
    expect(issueLines(body)).toEqual([{ problem: `one ${since}`, solved: false }]);
    expect(body.replace(/`[^`]*`/g, '')).not.toMatch(/[@#]|<img|\]\(/);
  });
});

/** As much of GitHub as the script asks for. */
async function aGitHub() {
  const issues: { number: number; state: string; title: string; body: string; comments: string[] }[] = [];
  const asked: string[] = [];
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    asked.push(`${request.method} ${request.headers.authorization}`);
    const [, number] = /\/issues\/(\d+)/.exec(request.url ?? '') ?? [];
    const issue = issues[Number(number) - 1];
    if (request.method === 'GET') return request.url?.includes('creator=github-actions%5Bbot%5D') ? issues : null;
    const said = (await json(request)) as { body: string };
    if (!issue) return issues.push({ number: issues.length + 1, state: 'open', title: '', comments: [], ...said });
    return request.method === 'PATCH' ? Object.assign(issue, said) : issue.comments.push(said.body);
  };
  const server = createServer(async (request, response) => {
    const body = request.url?.startsWith('/repos/ada/planet/issues') ? await answer(request) : null;
    response.writeHead(body === null ? (request.url?.includes('none') ? 410 : 404) : 200).end(JSON.stringify(body));
  });
  return { issues, asked, ...(await onLoopback(server)) };
}

test('the script opens an issue, lets it be, and closes it', async () => {
  await using github = await aGitHub();
  await using folder = await aFolder(yaml);
  const env = {
    ...{ PLANET_CONTENT: folder.path, SOURCE_DATE_EPOCH: `${now.getTime() / 1000}` },
    ...{ GITHUB_API_URL: `http://${github.host}`, GITHUB_REPOSITORY: 'ada/planet', GITHUB_TOKEN: 'secret' },
  };
  const report = (over = {}) => programHere(['scripts/ci/report-problems.ts'], { ...env, ...over });
  const write = (troubles: Troubles) => folder.write('archive/feeds.json', JSON.stringify(statesOf(troubles)));
  await write({ one: failing });
  expect((await report()).stdout).toBe('Opened: one has failed since 2026-03-01\n');
  expect((await report()).stdout).toBe('There are no new problems.\n');
  await write({ one: null });
  expect((await report()).stdout).toBe('#1: Solved: `one`.\n');
  expect(github.issues).toMatchObject([{ state: 'closed', comments: ['Solved: `one`.'] }]);
  expect(new Set(github.asked)).toEqual(new Set(['GET Bearer secret', 'POST Bearer secret', 'PATCH Bearer secret']));
  const none = await report({ GITHUB_REPOSITORY: 'ada/none' });
  expect(none).toMatchObject({ code: 0, stdout: expect.stringContaining('has no issues') });
  const refused = await report({ GITHUB_REPOSITORY: 'ada/other' });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/^GET \/issues.*: GitHub answers 404: null\n$/);
});
