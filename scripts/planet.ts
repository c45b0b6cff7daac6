import { Command } from 'commander';
import { prepare, run } from './cli.ts';

/** Loaded on demand: most commands need no HTTP client. */
const commands: Record<string, () => Promise<Command>> = {
  add: async () => (await import('./commands/add.ts')).addCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  authors: async () => (await import('./commands/authors.ts')).authorsCommand,
  held: async () => (await import('./commands/held.ts')).heldCommand,
  accept: async () => (await import('./commands/held.ts')).acceptCommand,
  reject: async () => (await import('./commands/held.ts')).rejectCommand,
  preview: async () => (await import('./commands/preview.ts')).previewCommand,
  create: async () => (await import('./commands/create.ts')).createCommand,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  eject: async () => (await import('./commands/eject.ts')).ejectCommand,
  address: async () => (await import('./commands/address.ts')).addressCommand,
  parse: async () => (await import('./commands/parse.ts')).parseCommand,
};

const [name = ''] = process.argv.slice(2);
const loading = Object.hasOwn(commands, name) ? [commands[name]] : Object.values(commands);
const planet = prepare(new Command('npm run planet --').usage('COMMAND').description("The operator's commands."));
for (const load of loading) if (load) planet.addCommand(prepare(await load()));
await run(async () => {
  await planet.parseAsync();
});
