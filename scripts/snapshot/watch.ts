import { createContext, Script } from 'node:vm';

/** Work took longer than it was given. */
export class RanAway extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super(`stopped after ${seconds} s`);
    this.seconds = seconds;
  }
}

/** Nothing foreign runs here: a script with a timeout is the one way in Node to stop work of one's own in mid-loop. */
const room: { work: (() => void) | null } = { work: null };
const context = createContext(room);
const script = new Script('work()');

/** What `work` gives, unless it takes longer than `seconds`: then it is stopped for good. It may not wait for anything. */
export function within<T>(seconds: number, work: () => T): T {
  let result: { value: T } | null = null;
  room.work = () => {
    result = { value: work() };
  };
  try {
    script.runInContext(context, { timeout: Math.ceil(seconds * 1000) });
  } catch (error) {
    throw isTimeout(error) ? new RanAway(seconds) : error;
  } finally {
    room.work = null;
  }
  return (result as unknown as { value: T }).value;
}

/** The error may be of the other context, where `Error` is another. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
