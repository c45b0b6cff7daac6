import yoctoSpinner from 'yocto-spinner';
import { printError } from '../cli.ts';

/** Prints progress on standard error: one moving line on a terminal, else one line for each feed. */
export function startProgress(total: number): { done: (feed: string, kind: string) => void; stop: () => void } {
  let count = 0;
  if (!process.stderr.isTTY) {
    return {
      done: (feed, kind) => printError(`${++count}/${total} ${feed}: ${kind}`),
      stop: () => {},
    };
  }
  const spinner = yoctoSpinner({ text: `0 of ${total} feeds`, stream: process.stderr }).start();
  return {
    done: (feed) => {
      spinner.text = `${++count} of ${total} feeds: ${feed}`;
    },
    stop: () => spinner.stop(),
  };
}
