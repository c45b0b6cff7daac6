/** The entry of the compiled app, which renders any address. `scripts/site/render.ts` calls it. */
import { createApp } from 'astro/app/entrypoint';
import { setPagesSince } from '../core/paths.ts';
import { type QuestionLog, questionLog } from '../data/answers.ts';
import { speak } from '../i18n/words.ts';

const app = createApp({ streaming: false });
// An error of an operator's page or slot without its stack trace, which names places of the compiled app. `npm run dev` has all.
(await app.getLogger()).setDestination({
  write: ({ message }) => {
    if (!hasFailed) process.stderr.write(`${message.replace(/\n +at .*/g, '')}\n`);
  },
});
/** Whether an answer failed: the build itself prints that error, and stops. */
let hasFailed = false;

/** Renders the page at an absolute address of the planet's site. */
export function render(address: string, context: QuestionLog): Promise<Response> {
  speak(context.data.words);
  setPagesSince(context.data.since);
  const fail = (error: unknown) => {
    hasFailed = true;
    context.fail(error);
  };
  return questionLog.run({ ...context, fail }, () => app.render(new Request(address)));
}
