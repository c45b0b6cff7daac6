import type { APIRoute, GetStaticPaths } from 'astro';
import { outputs } from './outputs/list.ts';
import { getView, type Subject, viewPaths } from './views.ts';

export const getStaticPaths = (() => viewPaths()) satisfies GetStaticPaths;

/** One file of the row of `outputs` whose route was asked for. `src/every-feed.ts` gives each row a route. */
export const GET: APIRoute<{ subject: Subject }> = async ({ props: { subject }, routePattern }) => {
  const output = outputs.find(({ path }) => routePattern.endsWith(path));
  if (output === undefined) throw new Error(`No row of src/outputs/list.ts has the route ${routePattern}`);
  return new Response(await output.print(await getView(subject)), {
    headers: { 'Content-Type': `${output.type}; charset=utf-8` },
  });
};
