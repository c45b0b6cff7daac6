/** `orrery COMMAND`: runs a command for the planet in the current folder. The site is built into its `dist`. */
import { resolve } from 'node:path';

// Absolute: Astro runs in the folder of the engine.
process.env.PLANET_CONTENT = resolve(process.env.PLANET_CONTENT || '.');
process.env.PLANET_DIST = resolve(process.env.PLANET_DIST || 'dist');
await import('../planet.ts');
