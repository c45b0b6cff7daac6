import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { archiveFolder } from '../../src/archive/archive.ts';
import { clock, contentFolder, outputFolder } from '../../src/archive/environment.ts';
import { loadPlanet } from '../../src/archive/load-planet.ts';
import { avatarPath, readAvatars, storedPictures } from '../../src/archive/read-avatars.ts';
import { AVATAR_SIZES } from '../../src/core/avatar-files.ts';
import type { Avatar } from '../../src/core/avatars.ts';
import { dateText, dayOf } from '../../src/core/dates.ts';
import { feedAddressKey } from '../../src/core/entry-keys.ts';
import { inactiveFrom, reportedState } from '../../src/core/feed-state.ts';
import type { FeedConfig, Planet } from '../../src/core/planet.ts';
import { countText } from '../../src/core/text.ts';
import { print } from '../cli.ts';
import { pageMistakeLine, pageMistakes } from '../site/own-files.ts';
import { renamedIdNotes } from '../snapshot/feed-states.ts';
import { movedSentence } from '../snapshot/outcome.ts';
import { type ArchiveFacts, examineArchive, type Note, ok, problem, span, warning } from './lib/doctor-archive.ts';
import { examinePlanet, examineSchedule, examineSite } from './lib/doctor-site.ts';

/** Notes on the feeds, from the states in the archive. Makes no request. */
export function examineFeeds({ feeds, timezone }: Planet, holdings: ArchiveFacts, now: Date): Note[] {
  const problems = feeds.flatMap((feed) => feedProblems(feed, holdings, timezone, now));
  const silent = feeds.filter(({ id, paused }) => {
    const newest = holdings.newest.get(id);
    return !paused && newest !== undefined && now.getTime() >= inactiveFrom(newest);
  });
  const unread = feeds.filter(({ id, paused }) => !paused && holdings.states[id] === undefined);
  return [
    ...duplicateNotes(feeds),
    ...renamedIdNotes(feeds, holdings.states).map(warning),
    ...problems,
    ...noteOn(silent, 'has posted nothing for half a year', 'have posted nothing for half a year'),
    ...noteOn(unread, 'has not been read yet', 'have not been read yet'),
    ...(problems.length === 0 ? [ok(`No problem in ${countText(feeds.length, 'feed', 'feeds')}.`)] : []),
  ];
}

function feedProblems(feed: FeedConfig, { states }: ArchiveFacts, timezone: string, now: Date): Note[] {
  const { id, paused } = feed;
  const state = reportedState(feed, states[id]);
  const isHeld = state?.trouble?.outcome === 'held';
  // A paused feed needs nothing but a decision on its held entries.
  if (paused && !isHeld) return [];
  const moved = state?.movedTo ? [warning(`${id} has ${movedSentence(state.movedTo, isHeld)}.`)] : [];
  if (!state?.trouble) return moved;
  const { outcome, reason, since } = state.trouble;
  const time = `${dateText(dayOf(since, timezone))} (${span(now.getTime() - Date.parse(since))})`;
  const sentences = {
    held: `${id} is held: ${reason}. "npm run planet -- held" lists the entries.`,
    gone: `${id} has been gone since ${time}: ${reason}. Write "gone: true" at the feed in planet.yaml, and its entries stay, without links to it; or write its new address.`,
    failed: `${id} has failed since ${time}: ${reason}. "npm run planet -- check ${id}" tries it again.`,
  };
  return [warning(sentences[outcome]), ...moved];
}

function duplicateNotes(feeds: readonly FeedConfig[]): Note[] {
  const groups = [...Map.groupBy(feeds, ({ url }) => feedAddressKey(url)).values()].filter(({ length }) => length > 1);
  return groups.map((group) => {
    const ids = group.map(({ id }) => id).join(' and ');
    return warning(`${ids} are one feed with two addresses; remove one from planet.yaml.`);
  });
}

function noteOn(feeds: readonly FeedConfig[], one: string, many: string): Note[] {
  if (feeds.length === 0) return [];
  const ids = feeds
    .slice(0, 10)
    .map(({ id }) => id)
    .join(', ');
  return [ok(`${ids}${feeds.length > 10 ? ` and ${feeds.length - 10} more` : ''} ${feeds.length === 1 ? one : many}.`)];
}

/** Notes on pictures of feeds and authors that need attention: the snapshot fetches missing ones again, and removes others. A failed one that `planet.yaml` names is a warning. */
export async function examineAvatars(archive: string, feeds: readonly FeedConfig[]): Promise<Note[]> {
  const avatars = await readAvatars(archive);
  const kept = await storedPictures(archive);
  const damaged: string[] = [];
  for (const name of kept.intersection(new Set(avatars.map(({ hash: name }) => name))))
    if (!(await hasItsHash(archive, name))) damaged.push(name);
  const isNamed = ({ feed, author, urls }: Avatar) =>
    feed === null || (author === null && feeds.some(({ id, avatar }) => id === feed && avatar === urls[0]));
  const { named = [], others = [] } = Object.groupBy(
    avatars.filter(({ problem }) => problem !== null),
    (avatar) => (isNamed(avatar) ? 'named' : 'others'),
  );
  return [
    ...damaged.map((name) =>
      warning(`avatars/${name}.*.webp is damaged. Remove both files; the next snapshot fetches them again.`),
    ),
    ...failureNote(named, warning, ' that planet.yaml names'),
    ...failureNote(others, ok),
  ];
}

function failureNote(failed: readonly Avatar[], level: (message: string) => Note, which = ''): Note[] {
  const [first] = failed;
  if (first === undefined) return [];
  const count = countText(failed.length, 'picture', 'pictures');
  const example = `for example of ${first.author ?? first.feed}: ${first.problem}`;
  return [level(`${count}${which} could not be fetched, ${example}.`)];
}

async function hasItsHash(archive: string, name: string): Promise<boolean> {
  const files = await Promise.all(AVATAR_SIZES.map((size) => readFile(avatarPath(archive, name, size))));
  return hash('sha256', Buffer.concat(files)).startsWith(name);
}

export const doctorCommand = new Command('doctor')
  .description(
    'Check Node, planet.yaml, the archive, the feeds, the built site and the schedule. Makes no request, changes no file.',
  )
  .addHelpText(
    'after',
    `
✓ OK, ! needs attention, ✗ broken. Exit code: 1 if something is broken, else 0.

  npm run planet -- doctor`,
  )
  .action(doctor);

async function doctor(): Promise<void> {
  const now = clock();
  const folder = contentFolder();
  // With an older Node than the engine needs, no command starts (orrery.ts); a clone brings its own.
  printPart('This machine', [ok(`This is Node ${process.versions.node}.`)]);
  const loaded = await loadPlanet(folder);
  printPart(
    'planet.yaml',
    loaded.kind === 'planet'
      ? [...examinePlanet(folder, loaded.planet), ...(await pageMistakes(folder)).map(pageMistakeLine).map(problem)]
      : loaded.problems.map(problem),
  );
  const holdings = await examineArchive(archiveFolder(folder), now);
  const pictures = await examineAvatars(archiveFolder(folder), loaded.kind === 'planet' ? loaded.planet.feeds : []);
  printPart('The archive', [...holdings.notes, ...pictures]);
  if (loaded.kind === 'planet') printPart('The feeds', examineFeeds(loaded.planet, holdings, now));
  printPart('The site', await examineSite(outputFolder()));
  printPart('The schedule', await examineSchedule(now));
}

const signs = { ok: '✓', warning: '!', problem: '✗' } as const;

/** Prints one part at once: a large archive takes some seconds to read. */
function printPart(part: string, notes: readonly Note[]): void {
  print([part, ...notes.map(({ level, message }) => `  ${signs[level]} ${message}`)].join('\n'));
  if (notes.some(({ level }) => level === 'problem')) process.exitCode = 1;
}
