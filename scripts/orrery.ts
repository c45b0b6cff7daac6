#!/usr/bin/env node
/** `orrery COMMAND`, as an operator calls the engine. Older versions of Node stop here: they cannot load what comes next. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 19)) await import('./orrery/main.ts');
else {
  process.stderr.write(
    `Orrery needs Node 22.19 or newer, and this is Node ${process.versions.node}: install a newer one (https://nodejs.org).\n`,
  );
  process.exitCode = 2;
}

export {};
