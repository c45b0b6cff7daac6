import type { AstroIntegration } from 'astro';
import { PICTURES } from '../core/planet.ts';
import { outputs } from '../outputs/formats.ts';

/** Compiles the site into an app that renders any address (`server.ts`), with a route for each output of the planet, of authors and of feeds. */
export function orrery(): AstroIntegration {
  return {
    name: 'orrery',
    hooks: {
      'astro:config:setup': ({ injectRoute }) => {
        const feed = new URL('./feed-route.ts', import.meta.url);
        const avatar = new URL('./avatar-route.ts', import.meta.url);
        // Astro takes an address for a file, and not for a folder, by the ending of its route.
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
