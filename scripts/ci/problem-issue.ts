import type { FeedStates } from '../../src/core/feed-state.ts';
import type { Planet } from '../../src/core/planet.ts';

const DAYS = 14;

/** An issue as it stands. */
export interface Issue {
  number: number;
  open: boolean;
  body: string;
}

export type Action =
  | { kind: 'open'; title: string; body: string }
  | { kind: 'tick'; number: number; body: string; comment: string; close: boolean };

/** What to tell of a planet's feeds, where all that was told stands in these issues. */
export function decide(planet: Planet, states: FeedStates, issues: readonly Issue[], now: Date): Action[] {
  const troubles = planet.feeds.flatMap(({ id, title, paused }): Lasting[] => {
    const trouble = states[id]?.trouble;
    return trouble && !paused ? [{ feed: id, title, ...trouble }] : [];
  });
  const told = new Set(issues.flatMap(({ body }) => issueLines(body).map(({ trouble }) => trouble)));
  const before = now.getTime() - DAYS * 86_400_000;
  const fresh = troubles.filter((each) => Date.parse(each.since) <= before && !told.has(nameOf(each)));
  const ticks = issues.filter(({ open }) => open).flatMap((issue) => tick(issue, new Set(troubles.map(nameOf))));
  return [
    ...ticks,
    ...(fresh.length === 0 ? [] : [{ kind: 'open', title: titleOf(fresh), body: bodyOf(fresh) } as const]),
  ];
}

function tick({ number, body }: Issue, lasting: ReadonlySet<string>): Action[] {
  const waiting = issueLines(body).filter(({ over }) => !over);
  const over = waiting.map(({ trouble }) => trouble).filter((trouble) => !lasting.has(trouble));
  if (over.length === 0) return [];
  const comment = `Over: ${over.map((trouble) => `\`${trouble.split(' ')[0]}\``).join(', ')}.`;
  return [{ kind: 'tick', number, body: ticked(body, new Set(over)), comment, close: over.length === waiting.length }];
}

/** A feed in a trouble that has lasted: one line of an issue. */
interface Lasting {
  feed: string;
  title: string;
  outcome: 'failed' | 'gone' | 'held';
  /** A sentence that may hold a stranger's words. */
  reason: string;
  since: string;
}

/** One line of an issue that stands: which trouble it told, and whether it is over. */
export interface ProblemReport {
  /** `planet-python 2026-01-23T08:40:00Z`: the feed, and since when. */
  trouble: string;
  over: boolean;
}

function nameOf({ feed, since }: Pick<Lasting, 'feed' | 'since'>): string {
  return `${feed} ${since}`;
}

const line = /^- \[([ x])\] .* <!-- orrery ([a-z0-9-]+ [0-9TZ:-]+) -->$/gm;

/** What an issue tells; nothing where it is another's. */
export function issueLines(body: string): ProblemReport[] {
  return [...body.matchAll(line)].map(([, tick, trouble = '']) => ({ trouble, over: tick === 'x' }));
}

/** The same body with a tick at what is over. */
function ticked(body: string, over: ReadonlySet<string>): string {
  return body.replace(line, (whole, _tick, trouble: string) =>
    over.has(trouble) ? whole.replace('- [ ]', '- [x]') : whole,
  );
}

const words = {
  failed: 'has failed',
  gone: 'is gone for good',
  held: 'has been held for you to decide',
};

function titleOf(lasting: readonly Lasting[]): string {
  const [first] = lasting;
  return lasting.length === 1 && first
    ? `${first.feed} ${words[first.outcome]} since ${first.since.slice(0, 10)}`
    : `${lasting.length} feeds have been in trouble for two weeks`;
}

function bodyOf(lasting: readonly Lasting[]): string {
  const lines = lasting.map(
    (each) =>
      `- [ ] ${quoted(each.title)} (\`${each.feed}\`) ${words[each.outcome]} since ${each.since.slice(0, 10)}: ` +
      `${quoted(each.reason)} <!-- orrery ${nameOf(each)} -->`,
  );
  return [
    'What was read of them stays on the planet. `npm run planet -- check FEED` asks one again; the page `/status/` says more.',
    '',
    ...lines,
    '',
    'A tick means: well again, paused, or no longer followed. When all are ticked, this issue closes by itself. If you close',
    'it, the same trouble is not brought up again.',
  ].join('\n');
}

/** A stranger's words between marks within which nothing is a link, a picture, or calls anybody. */
function quoted(text: string): string {
  const plain = text.replaceAll('`', '’').replace(/\s+/g, ' ').trim();
  return `\`${plain.length > 300 ? `${plain.slice(0, 299)}…` : plain || '…'}\``;
}
