import { Command } from 'commander';
import { archiveFolder } from '../../src/archive.ts';
import { clock, contentFolder, loadPlanet } from '../../src/folder.ts';
import { outputFolder } from '../../src/root.ts';
import { print } from '../print.ts';
import { examineArchive } from './doctor/archive.ts';
import { examineFeeds } from './doctor/feeds.ts';
import { bad, type Note } from './doctor/report.ts';
import { examineSite } from './doctor/site.ts';
import { examineNode, examinePlanet, examineSchedule } from './doctor/surroundings.ts';

export const doctorCommand = new Command('doctor')
  .description(
    'Look over Node, planet.yaml, the archive, the feeds, the built site and the schedule; ask nobody, change nothing.',
  )
  .addHelpText(
    'after',
    `
✓ is well, ! is for you to look at, ✗ is broken. Exit code: 1 where something is broken, else 0.

  npm run planet -- doctor`,
  )
  .action(doctor);

async function doctor(): Promise<void> {
  const now = clock();
  const folder = contentFolder();
  tell('This machine', [examineNode(process.versions.node)]);
  const loaded = await loadPlanet(folder);
  tell('planet.yaml', loaded.kind === 'planet' ? examinePlanet(loaded.planet) : loaded.told.map(bad));
  const holdings = await examineArchive(archiveFolder(folder), now);
  tell('The archive', holdings.notes);
  if (loaded.kind === 'planet') tell('The feeds', examineFeeds(loaded.planet, holdings, now));
  tell('The site', await examineSite(outputFolder()));
  tell('The schedule', await examineSchedule(now));
}

const signs = { well: '✓', look: '!', bad: '✗' } as const;

/** A part at a time: a large archive takes some seconds to read. */
function tell(part: string, notes: readonly Note[]): void {
  print([part, ...notes.map(({ level, says }) => `  ${signs[level]} ${says}`)].join('\n'));
  if (notes.some(({ level }) => level === 'bad')) process.exitCode = 1;
}
