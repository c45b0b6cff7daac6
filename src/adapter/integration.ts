import type { AstroIntegration } from 'astro';
import { outputs } from '../outputs/list.ts';

/** Compiles the site into an app that renders any address (`server.ts`), with a route for each output of the planet, of authors and of feeds. */
export function orrery(): AstroIntegration {
  return {
    name: 'orrery',
    hooks: {
      'astro:config:setup': ({ injectRoute }) => {
        const entrypoint = new URL('./feed-route.ts', import.meta.url);
        for (const { path } of outputs) injectRoute({ pattern: `/[...view]${path}`, entrypoint });
      },
      'astro:config:done': ({ setAdapter }) =>
        setAdapter({
          name: 'orrery',
          entrypointResolution: 'auto',
          serverEntrypoint: new URL('./server.ts', import.meta.url),
          supportedAstroFeatures: { serverOutput: 'stable', staticOutput: 'stable' },
        }),
    },
  };
}
