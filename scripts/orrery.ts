#!/usr/bin/env node
/** `orrery COMMAND`, the program of the npm package. Checks the version of Node first: older ones cannot load the other files. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 19)) await import('./orrery/main.ts');
else {
  process.stderr.write(
    `Orrery needs Node 22.19 or newer, and this is Node ${process.versions.node}: install a newer version (https://nodejs.org).\n`,
  );
  process.exitCode = 2;
}

export {};
