import type { Planet } from '../../src/model/planet.ts';
import type { FeedStates } from '../../src/model/state.ts';
import { bodyOf, type Lasting, linesOf, nameOf, ticked, titleOf } from './issue.ts';

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
  const told = new Set(issues.flatMap(({ body }) => linesOf(body).map(({ trouble }) => trouble)));
  const before = now.getTime() - DAYS * 86_400_000;
  const fresh = troubles.filter((each) => Date.parse(each.since) <= before && !told.has(nameOf(each)));
  const ticks = issues.filter(({ open }) => open).flatMap((issue) => tick(issue, new Set(troubles.map(nameOf))));
  return [
    ...ticks,
    ...(fresh.length === 0 ? [] : [{ kind: 'open', title: titleOf(fresh), body: bodyOf(fresh) } as const]),
  ];
}

function tick({ number, body }: Issue, lasting: ReadonlySet<string>): Action[] {
  const waiting = linesOf(body).filter(({ over }) => !over);
  const over = waiting.map(({ trouble }) => trouble).filter((trouble) => !lasting.has(trouble));
  if (over.length === 0) return [];
  const comment = `Over: ${over.map((trouble) => `\`${trouble.split(' ')[0]}\``).join(', ')}.`;
  return [{ kind: 'tick', number, body: ticked(body, new Set(over)), comment, close: over.length === waiting.length }];
}
