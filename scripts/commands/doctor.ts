import { Command } from 'commander';
import { archiveFolder } from '../../src/archive/archive.ts';
import { clock, contentFolder, outputFolder } from '../../src/archive/environment.ts';
import { loadPlanet } from '../../src/archive/load-planet.ts';
import { dateText } from '../../src/core/dates.ts';
import type { FeedConfig, Planet } from '../../src/core/planet.ts';
import { placeKey } from '../../src/core/same-entry.ts';
import { print } from '../cli.ts';
import { pageMistakeLine, pageMistakes } from '../site/own-pages.ts';
import { examineArchive, type Holdings } from './lib/doctor-archive.ts';
import { DAY, type Note, ok, problem, span, warning } from './lib/doctor-report.ts';
import { examineNode, examinePlanet, examineSchedule, examineSite } from './lib/doctor-site.ts';

const SILENT = 180 * DAY;

/** What the archive remembers of the feeds: nobody is asked now. */
export function examineFeeds({ feeds }: Planet, holdings: Holdings, now: Date): Note[] {
  const ill = feeds.flatMap((feed) => troubleOf(feed, holdings, now));
  const silent = feeds.filter(({ id, paused }) => {
    const newest = holdings.byFeed.get(id)?.newest;
    return !paused && newest !== undefined && now.getTime() - Date.parse(newest) > SILENT;
  });
  const unasked = feeds.filter(({ id, paused }) => !paused && holdings.states[id] === undefined);
  return [
    ...twice(feeds),
    ...ill,
    ...listed(silent, 'has posted nothing for half a year', 'have posted nothing for half a year'),
    ...listed(unasked, 'has not been asked yet', 'have not been asked yet'),
    ...(ill.length === 0 ? [ok(`None of ${feeds.length} feeds is in trouble.`)] : []),
  ];
}

function troubleOf({ id, url }: FeedConfig, { states }: Holdings, now: Date): Note[] {
  const state = states[id]?.url === url ? states[id] : undefined;
  const moved = state?.movedTo
    ? [warning(`${id} has moved for good: write url: ${state.movedTo} in planet.yaml.`)]
    : [];
  if (!state?.trouble) return moved;
  const { outcome, reason, since } = state.trouble;
  const told = `${reason}, since ${dateText(since.slice(0, 10))} (${span(now.getTime() - Date.parse(since))})`;
  switch (outcome) {
    case 'held':
      return [warning(`${id} is held: ${reason}. "npm run planet -- held" shows what waits.`), ...moved];
    case 'gone':
      return [
        warning(`${id}: ${told}. Take it out of planet.yaml, or write its new address; what was read stays.`),
        ...moved,
      ];
    case 'failed':
      return [warning(`${id} fails: ${told}. "npm run planet -- check ${id}" asks it again.`), ...moved];
    default:
      return outcome satisfies never;
  }
}

function twice(feeds: readonly FeedConfig[]): Note[] {
  const groups = [...Map.groupBy(feeds, ({ url }) => placeKey(url)).values()].filter(({ length }) => length > 1);
  return groups.map((group) => {
    const ids = group.map(({ id }) => id).join(' and ');
    return warning(`${ids} are one feed by two addresses; take one out of planet.yaml.`);
  });
}

function listed(feeds: readonly FeedConfig[], one: string, many: string): Note[] {
  if (feeds.length === 0) return [];
  const ids = feeds
    .slice(0, 10)
    .map(({ id }) => id)
    .join(', ');
  return [ok(`${ids}${feeds.length > 10 ? ` and ${feeds.length - 10} more` : ''} ${feeds.length === 1 ? one : many}.`)];
}

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
  tell(
    'planet.yaml',
    loaded.kind === 'planet'
      ? [...examinePlanet(folder, loaded.planet), ...pageMistakes(folder).map(pageMistakeLine).map(problem)]
      : loaded.problems.map(problem),
  );
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
