import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { outputs } from './outputs/list.ts';

/** A feed of a built site. */
interface LaidFeed {
  /** From the output folder. */
  path: string;
  text: string;
}

declare global {
  /** Every feed of an author or a feed that this build makes. `src/views.ts` sets it, which only Astro can load. */
  var feedsOfThisBuild: (() => AsyncIterable<LaidFeed>) | undefined;
}

/**
 * Every row of `outputs` as a file for every view. In a build only the planet's own are routes: the authors' and feeds' would
 * be more files than all pages together, and Astro takes many times as long over one as it takes to write it. They are laid
 * beside their pages all at once.
 */
export function everyFeed(): AstroIntegration {
  return {
    name: 'orrery-every-feed',
    hooks: {
      'astro:config:setup': ({ injectRoute }) => {
        const entrypoint = new URL('./feed-route.ts', import.meta.url);
        for (const { path } of outputs) injectRoute({ pattern: `/[...view]${path}`, entrypoint, prerender: true });
      },
      'astro:build:done': ({ dir }) => lay(fileURLToPath(dir)),
    },
  };
}

async function lay(folder: string): Promise<void> {
  if (!globalThis.feedsOfThisBuild) throw new Error('src/views.ts was not loaded: the feeds cannot be written');
  for await (const { path, text } of globalThis.feedsOfThisBuild()) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
