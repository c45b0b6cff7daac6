import type { AstroIntegration } from 'astro';
import { PICTURES } from '../core/planet-values.ts';
import { outputs } from '../outputs/formats.ts';

/** Makes Astro compile an app that renders any address (`server.ts`), with a route for each output format and picture type. */
export function orrery(): AstroIntegration {
  return {
    name: 'orrery',
    hooks: {
      'astro:config:setup': ({ injectRoute }) => {
        const feed = new URL('./feed-route.ts', import.meta.url);
        const avatar = new URL('./avatar-route.ts', import.meta.url);
        // The ending must be part of the route, or Astro treats the address as that of a folder.
        for (const { path } of outputs) injectRoute({ pattern: `/[...view]${path}`, entrypoint: feed });
        for (const ending of PICTURES) injectRoute({ pattern: `/avatars/[name]${ending}`, entrypoint: avatar });
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
