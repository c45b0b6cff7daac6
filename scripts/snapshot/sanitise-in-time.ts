import { createContext, Script } from 'node:vm';
import type { FeedEntry } from './feed-entry.ts';
import { type SanitisedEntry, sanitiseEntry } from './sanitised-entry.ts';

/** Milliseconds for one entry: a feed has thirty seconds. The longest text takes half a second, and the worst that is known takes three. */
const TIME = 8_000;

/**
 * The entries of a feed, safe to keep, without those that take too long, and the number of these: by one of them, a planet would
 * lose the posts of all its bloggers. One that the archive has stays as it is there.
 */
export function sanitiseInTime(entries: readonly FeedEntry[], time = TIME): { safe: SanitisedEntry[]; late: number } {
  const safe: SanitisedEntry[] = [];
  let late = 0;
  const done = () => safe.length + late;
  const sanitiseRest = () => {
    for (const entry of entries.slice(done())) safe.push(sanitiseEntry(entry));
  };
  // An entry that was stopped after others had only a part of the time: it gets all of it in the next round.
  for (let begin = 0; !isDoneIn(time, sanitiseRest); begin = done()) if (done() === begin) late += 1;
  return { safe, late };
}

const context = createContext({});
const script = new Script('run()');

/** Runs a function, and returns whether it ended in time: else V8 stops it. */
function isDoneIn(time: number, run: () => void): boolean {
  context['run'] = run;
  try {
    script.runInContext(context, { timeout: time });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}
