import { inspect } from 'node:util';
import { cleanText } from '../../src/lib/clean-text.ts';
import type { FeedConfig } from '../../src/model/planet.ts';
import type { FeedStates } from '../../src/model/state.ts';
import { printError } from '../print.ts';
import type { Outcome } from './outcome.ts';
import { inTurns, turnOf } from './queue.ts';
import { type Means, refresh } from './refresh.ts';

/** Asks each feed once, a few at the same time. `progress` is called for each as soon as it is read. */
export function askAll(
  feeds: readonly FeedConfig[],
  states: FeedStates,
  means: Means,
  progress: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  return inTurns(feeds, turnOf, async (feed) => {
    const outcome = await refresh(feed, states[feed.id], means).catch((bug: unknown) => struck(feed, bug));
    progress(outcome);
    return outcome;
  });
}

/** The one place where a bug does not end the run: a feed that we cannot read must not cost the planet all others. */
function struck(feed: FeedConfig, bug: unknown): Outcome {
  printError(inspect(bug));
  const detail = cleanText(bug instanceof Error ? bug.message : String(bug)).slice(0, 200);
  return { kind: 'failed', feed, reason: { kind: 'bug', detail }, retryAt: null };
}
