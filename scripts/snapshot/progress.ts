import yoctoSpinner from 'yocto-spinner';

/** Shows progress on a terminal, in one moving line on standard error. */
export function startProgress(total: number): { done: (feed: string) => void; stop: () => void } {
  // Cron mails what is on standard error.
  if (!process.stderr.isTTY) return { done: () => {}, stop: () => {} };
  let count = 0;
  const spinner = yoctoSpinner({ text: `0 of ${total} feeds`, stream: process.stderr }).start();
  return {
    done: (feed) => {
      spinner.text = `${++count} of ${total} feeds: ${feed}`;
    },
    stop: () => spinner.stop(),
  };
}
