import { Command } from 'commander';
import { addCommand } from './commands/add.ts';
import { authorsCommand } from './commands/authors.ts';
import { checkCommand } from './commands/check.ts';
import { acceptCommand, heldCommand, rejectCommand } from './commands/held.ts';
import { parseCommand } from './commands/parse.ts';

const planet = new Command('planet').description("The operator's commands.");
for (const command of [
  addCommand,
  checkCommand,
  parseCommand,
  authorsCommand,
  heldCommand,
  acceptCommand,
  rejectCommand,
])
  planet.addCommand(command);
await planet.parseAsync();
