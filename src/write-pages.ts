import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/**
 * Writes the pages of which there are many, those of a pattern as `[year]/index.astro`, as soon as they are rendered. Astro
 * itself hands every folder and every file to another thread and waits for it, which takes a sixth of a large build.
 */
export function writePages(): AstroIntegration {
  let where: { outDir: URL; publicDir: URL; base: string };
  return {
    name: 'orrery-write-pages',
    hooks: {
      'astro:config:done': ({ config }) => {
        where = config;
      },
      'astro:build:start': ({ setPrerenderer }) => {
        setPrerenderer((usual) => ({
          ...usual,
          name: 'orrery-write-pages',
          async render(request, options) {
            const made = await usual.render(request, options).catch((error: unknown) => {
              const { pathname } = new URL(request.url);
              throw new Error(
                `The page ${pathname} cannot be made: ${error instanceof Error ? error.message : error}`,
                {
                  cause: error,
                },
              );
            });
            const response = made instanceof Response ? made : made.response;
            const { type, pathname } = options.routeData;
            if (type !== 'page' || pathname !== undefined || response.status !== 200) return made;
            const path = `.${new URL(request.url).pathname.slice(where.base.length - 1)}index.html`;
            // A file of the operator's own comes before any page, and Astro says so.
            if (existsSync(new URL(path, where.publicDir))) return made;
            const file = new URL(path, where.outDir);
            mkdirSync(fileURLToPath(new URL('.', file)), { recursive: true });
            writeFileSync(file, await response.bytes());
            // Without a body: nothing is left to write.
            return new Response();
          },
        }));
      },
    },
  };
}
