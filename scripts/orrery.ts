#!/usr/bin/env node
/** `orrery COMMAND`, the program of the npm package: runs a command for the planet in the current folder, and builds the site into its `dist`. */
import { resolve } from 'node:path';

// Absolute: Astro runs in the folder of the engine.
process.env.PLANET_CONTENT = resolve(process.env.PLANET_CONTENT || '.');
process.env.PLANET_DIST = resolve(process.env.PLANET_DIST || 'dist');

// Older versions cannot load the other files.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 19)) await import('./planet.ts').catch(explain);
else
  fail(
    `Orrery needs Node 22.19 or newer, and this is Node ${process.versions.node}: install a newer version (https://nodejs.org).`,
  );

/** Node runs the sources of an ejected engine only outside `node_modules`. */
function explain(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING') throw error;
  fail(
    'node_modules must link to the folder engine, and has a copy: run "npm install --ignore-scripts --no-install-links".',
  );
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
}
