import { dayOf } from '../../src/core/dates.ts';
import type { FeedProblem, FeedStates } from '../../src/core/feed-state.ts';
import type { Planet } from '../../src/core/planet.ts';
import { DAY } from '../snapshot/schedule.ts';

/** A problem is reported after this time. */
const DAYS = 14;

/** The same if all feeds have new problems, and there are several. */
const DAYS_OF_ALL = 1;
const ABOUT_ALL =
  'Perhaps not the feeds are the cause, but the machine that reads them, or a new version of the engine.';

/** The most feeds in one issue: GitHub rejects a body of more than 65,536 characters. */
const MOST_ISSUE_FEEDS = 80;

export type Issue = { number: number; open: boolean; body: string };

export type Action =
  | { kind: 'open'; title: string; body: string }
  | { kind: 'tick'; number: number; body: string; comment: string; close: boolean };

/** The changes of issues for the current problems of feeds. `issues` are all that were opened before. */
export function decide(planet: Planet, states: FeedStates, issues: readonly Issue[], now: Date): Action[] {
  const feeds = planet.feeds.filter(({ paused }) => !paused);
  const problems = feeds.flatMap(({ id, title }): ProblemFeed[] => {
    const problem = states[id]?.trouble;
    return problem ? [{ feed: id, title, ...problem, day: dayOf(problem.since, planet.timezone) }] : [];
  });
  const reported = new Set(issues.flatMap(({ body }) => issueLines(body).map(({ problem }) => problem)));
  const unreported = problems.filter((each) => !reported.has(problemName(each)));
  const lasts =
    (days: number) =>
    ({ since }: ProblemFeed): boolean =>
      Date.parse(since) <= now.getTime() - days * DAY;
  // A feed that waits for the operator, or that an issue names, says nothing about the machine.
  const telling = unreported.filter(({ outcome }) => outcome !== 'held');
  const hasAll = problems.length === feeds.length && telling.length > 1 && telling.every(lasts(DAYS_OF_ALL));
  const lasted = unreported.filter(lasts(hasAll ? DAYS_OF_ALL : DAYS));
  const ticks = issues.filter(({ open }) => open).flatMap((issue) => tick(issue, new Set(problems.map(problemName))));
  const groups = Array.from({ length: Math.ceil(lasted.length / MOST_ISSUE_FEEDS) }, (_, index) =>
    lasted.slice(index * MOST_ISSUE_FEEDS, (index + 1) * MOST_ISSUE_FEEDS),
  );
  const open = (group: ProblemFeed[]): Action =>
    hasAll
      ? { kind: 'open', title: 'All feeds have problems', body: `${ABOUT_ALL}\n\n${issueBody(group)}` }
      : { kind: 'open', title: issueTitle(group), body: issueBody(group) };
  return [...ticks, ...groups.map(open)];
}

/** Ticks the lines of solved problems in an issue; closes it if all are solved. */
function tick({ number, body }: Issue, current: ReadonlySet<string>): Action[] {
  const waiting = issueLines(body).filter(({ solved }) => !solved);
  const solved = waiting.map(({ problem }) => problem).filter((problem) => !current.has(problem));
  if (solved.length === 0) return [];
  const comment = `Solved: ${solved.map((problem) => `\`${problem.split(' ')[0]}\``).join(', ')}.`;
  return [
    { kind: 'tick', number, body: ticked(body, new Set(solved)), comment, close: solved.length === waiting.length },
  ];
}

interface ProblemFeed extends FeedProblem {
  feed: string;
  title: string;
  /** The day of `since` in the planet's time zone. */
  day: string;
}

/** The feed and the start of a problem: `planet-python 2026-01-23T08:40:00Z`. */
function problemName({ feed, since }: Pick<ProblemFeed, 'feed' | 'since'>): string {
  return `${feed} ${since}`;
}

const line = /^- \[([ x])\] .* <!-- orrery ([a-z0-9-]+ [0-9TZ:-]+) -->$/gm;

/** The problems in an issue; none if the issue is not ours. */
export function issueLines(body: string) {
  return [...body.matchAll(line)].map(([, tick, problem = '']) => ({ problem, solved: tick === 'x' }));
}

function ticked(body: string, solved: ReadonlySet<string>): string {
  return body.replace(line, (whole, _tick, problem: string) =>
    solved.has(problem) ? whole.replace('- [ ]', '- [x]') : whole,
  );
}

const words = {
  failed: 'has failed',
  gone: 'is gone for good',
  held: 'has been held for your decision',
};

function issueTitle(reported: readonly ProblemFeed[]): string {
  const [first] = reported;
  return reported.length === 1 && first
    ? `${first.feed} ${words[first.outcome]} since ${first.day}`
    : `${reported.length} feeds have had problems for two weeks`;
}

function issueBody(reported: readonly ProblemFeed[]): string {
  const lines = reported.map(
    (each) =>
      `- [ ] ${quoted(each.title)} (\`${each.feed}\`) ${words[each.outcome]} since ${each.day}: ` +
      `${quoted(each.reason)} <!-- orrery ${problemName(each)} -->`,
  );
  return [
    'Their entries stay on the planet. `npm run planet -- check FEED` tries a feed again; the page `/status/` has details.',
    '',
    ...lines,
    '',
    'A tick means: solved, paused, or no longer followed. When all lines have ticks, this issue is closed. If you close it',
    'before that, these problems are not reported again.',
  ].join('\n');
}

/** A text from others as inline code: in it, nothing is a link, a picture or a mention. */
function quoted(text: string): string {
  const plain = text.replaceAll('`', '’').replace(/\s+/g, ' ').trim();
  return `\`${plain.length > 300 ? `${plain.slice(0, 299)}…` : plain || '…'}\``;
}
