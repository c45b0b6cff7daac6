/** `npm run planet -- COMMAND`: runs a command for the planet in `src/content`, or in the folder `PLANET_CONTENT`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { contentFolder } from '../src/archive/environment.ts';
import { configureCommand, print, printFailure, run } from './cli.ts';
import { commands, wantsHelp } from './commands/lib/all-commands.ts';

// `help add` is `add --help`.
const [first, second] = process.argv.slice(2);
if (first === 'help' && second !== undefined) process.argv.splice(2, 2, second, '--help');
const [name = '', ...args] = process.argv.slice(2);
const found = commands.find((each) => each.name === name);

if (name === '--version') print(packageJson.version);
else if (['', 'help', '--help', '-h'].includes(name)) print(usage());
else if (found === undefined) fail(`There is no command "${name}". "npm run planet -- help" lists all commands.`);
else if (!found.withoutPlanet && !wantsHelp(args) && !existsSync(join(contentFolder(), 'planet.yaml')))
  fail(`There is no planet.yaml in ${contentFolder()}. Go to the folder of your planet.`);
else if ('command' in found) {
  const { command } = found;
  await run(async () => {
    // Only here: `archive push` has a token for the repository, and runs without libraries.
    const { Command } = await import('commander');
    await new Command('npm run planet --').addCommand(configureCommand(await command())).parseAsync();
  });
} else {
  process.argv.splice(2, 1);
  await found.program(args);
}

function usage(): string {
  const lines = commands.flatMap((each) => (each.does === null ? [] : `  ${each.name.padEnd(12)}${each.does}`));
  return `npm run planet -- COMMAND, for your planet:\n\n${lines.join('\n')}\n\nEvery command has --help.`;
}

function fail(sentence: string): void {
  printFailure(sentence);
  process.exitCode = 2;
}
