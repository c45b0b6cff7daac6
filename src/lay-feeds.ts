import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

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
 * Lays the authors' and feeds' own feeds beside their pages. As routes they would be more files than all pages together,
 * and for each Astro takes many times as long as it takes to write one.
 */
export function layFeeds(): AstroIntegration {
  return {
    name: 'orrery-lay-feeds',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        if (!globalThis.feedsOfThisBuild) throw new Error('src/views.ts was not loaded: the feeds cannot be written');
        for await (const { path, text } of globalThis.feedsOfThisBuild()) {
          const file = join(fileURLToPath(dir), path);
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, text);
        }
      },
    },
  };
}
