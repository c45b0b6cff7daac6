import { Command } from 'commander';
import { archiveFolder, readHeld, readStates } from '../../src/archive/archive.ts';
import { clock } from '../../src/archive/environment.ts';
import { operatorPlanet } from '../../src/archive/load-planet.ts';
import { dayOf, instant } from '../../src/core/dates.ts';
import type { Entry } from '../../src/core/entry.ts';
import type { FeedState } from '../../src/core/feed-state.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import type { Planet } from '../../src/core/planet.ts';
import { countText } from '../../src/core/text.ts';
import { print, printError } from '../cli.ts';
import { withLock } from '../disk/lock.ts';
import { FileSpace } from '../snapshot/file-space.ts';
import { compareEntries, rejection } from '../snapshot/identity/identify.ts';
import { withPlaceOf } from '../snapshot/new-entry.ts';
import { homesOf, withOriginals } from '../snapshot/originals.ts';
import { movedSentence } from '../snapshot/outcome.ts';
import { readStoredEntries, sweepArchive, writeEntries, writeHeld, writeStates } from '../snapshot/store.ts';
import { verifyArchive } from '../snapshot/verify.ts';

export const heldCommand = new Command('held')
  .description('List the entries that wait for your decision, with the reasons.')
  .action(async () => {
    const { folder, planet } = await operatorPlanet();
    const archive = archiveFolder(folder);
    const [held, states] = [await readHeld(archive), await readStates(archive)];
    const feeds = Object.entries(states).filter(([, { trouble }]) => trouble?.outcome === 'held');
    if (feeds.length === 0) print('Nothing is held.');
    for (const [feed, { trouble, movedTo }] of feeds) {
      print(`${feed}: ${trouble?.reason}`);
      for (const entry of held.filter((each) => each.feed === feed))
        print(`  ${dayOf(entry.published, planet.timezone)}  ${entry.title || '(no title)'}  ${entry.url ?? ''}`);
      if (movedTo) print(`  → It has ${movedSentence(movedTo, true)}. Else:`);
      print(`  → npm run planet -- accept ${feed}, or: npm run planet -- reject ${feed}`);
    }
  });

/** After this the feed is trusted in its new state. */
export const acceptCommand = decision(
  'accept',
  'Add the held entries of a feed to the archive; read a feed again that was gone.',
);
export const rejectCommand = decision('reject', 'Drop the held entries of a feed for ever.');

function decision(how: 'accept' | 'reject', description: string): Command {
  const example = `npm run planet -- ${how} planet-python`;
  return new Command(how)
    .description(description)
    .argument('<feed>', 'the id of the feed')
    .addHelpText('after', `\n"npm run planet -- held" lists the held entries, with the ids.\n\n  ${example}`)
    .action((feed: string) => decide(feed, how));
}

async function decide(feed: string, how: 'accept' | 'reject'): Promise<void> {
  const { folder, planet } = await operatorPlanet();
  const archive = archiveFolder(folder);
  await withLock(archive, async () => {
    await sweepArchive(archive);
    const { states, held, notes } = await verifyArchive(archive, planet.feeds, clock());
    for (const note of notes) printError(note);
    const { ofFeed = [], others = [] } = Object.groupBy(held, (entry) => (entry.feed === feed ? 'ofFeed' : 'others'));
    const state = states[feed];
    const isGone = state?.trouble?.outcome === 'gone' && how === 'accept';
    if (state === undefined || (state.trouble?.outcome !== 'held' && !isGone))
      throw new OperatorError(
        `No entry of the feed "${feed}" is held. "npm run planet -- held" lists all held entries.`,
      );
    // Each step can be repeated: a crash between two of them loses nothing.
    const { entries: existing, records, sizes } = await readStoredEntries(archive, new Set([feed]));
    const accepted = how === 'accept' ? acceptedEntries(existing, ofFeed, state, planet) : [];
    const full = new FileSpace(sizes, []).reserve(existing, accepted, true);
    if (full !== null)
      throw new OperatorError(
        `${full}. Nothing was changed. Reject the entries of ${feed}, or remove a feed that fills the month: "npm run archive -- forget FEED".`,
      );
    await writeEntries(archive, withOriginals(accepted, records, { ...planet, homes: homesOf(states) }));
    const ids = new Set(existing.map(({ id }) => id));
    const rejected = how === 'accept' ? state.rejected : withRejections(state, ofFeed, ids);
    const entries = state.entries + accepted.filter(({ id }) => !ids.has(id)).length;
    // Without validators, the server sends the whole feed again.
    const reset = { validators: {}, askAgainAt: null, trouble: null, trusted: how === 'accept' && !isGone };
    // The state last: after a crash the feed is still held, and its entries are asked for again.
    await writeHeld(archive, others);
    await writeStates(archive, { ...states, [feed]: { ...state, ...reset, entries, rejected } });
    if (isGone) return print(`The next snapshot reads ${feed} again.`);
    print(
      `${how === 'accept' ? 'Accepted' : 'Rejected'} ${countText(ofFeed.length, 'entry', 'entries')} of ${feed}. The next build shows the result.`,
    );
  });
}

/** The rejected entries of a feed, as its state has them, with these. `ids` are those of its stored entries. */
function withRejections(
  { rejected, idsUnreliable }: FeedState,
  entries: readonly Entry[],
  ids: ReadonlySet<string>,
): string[] {
  const more = entries.map((entry) => rejection(entry.feed, entry, { byId: !ids.has(entry.id) && !idsUnreliable }));
  return [...new Set([...rejected, ...more])].sort();
}

/** The entries to write on `accept`: new ones as first seen now, and known ones under their stored id, path and date. */
function acceptedEntries(
  existing: readonly Entry[],
  held: readonly Entry[],
  state: FeedState,
  planet: Planet,
): Entry[] {
  const byId = new Map(existing.map((entry) => [entry.id, entry]));
  const firstSeen = instant(clock());
  // A held edit has the id of the stored entry. In archives of the first version it has the new id.
  const unnamed = held.filter(({ id }) => !byId.has(id));
  const { matches } = compareEntries(existing, unnamed, state, planet);
  return held.map((entry) => {
    const before = byId.get(entry.id) ?? matches.get(entry)?.entry;
    // Readers see a new one from now on.
    return withPlaceOf(before, entry) ?? { ...entry, firstSeen };
  });
}
