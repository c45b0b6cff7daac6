import { planetFile } from '../../../src/folder.ts';
import { readPlanet } from '../../../src/model/planet-file.ts';
import { printError } from '../../print.ts';
import type { Reading } from '../../snapshot/outcome.ts';
import type { Means } from '../../snapshot/refresh.ts';
import type { FeedLines } from '../feed-lines.ts';
import { followedAt, idsInUse } from '../followed.ts';
import { withFeeds } from '../planet-text.ts';
import { choose, nameOf } from './choose.ts';
import type { Draft } from './draft.ts';
import { findFeeds } from './find.ts';
import { common } from './known.ts';
import { proposal, type Wishes } from './propose.ts';
import { shared } from './words.ts';

/** A feed that can be added, and `planet.yaml` with it. */
export interface Plan {
  kind: 'plan';
  lines: FeedLines;
  reading: Reading;
  /** What the operator should know besides. */
  notes: string[];
  text: string;
  /** Of `planet.yaml`: where the feed stands. */
  line: number;
}

interface Refused {
  kind: 'refused';
  why: string;
}

/** What adding the feed behind an address comes to, or why it cannot be added. */
export async function planFor(
  url: string,
  { planet, text }: Extract<Draft, { kind: 'draft' }>,
  means: Means,
  wishes: Wishes,
): Promise<Plan | Refused> {
  const file = planetFile(means.folder);
  const known = followedAt(url, planet.feeds);
  if (known) return refused(`${file} follows it already, as "${known.id}": ${known.url}`);
  const search = await findFeeds(url, means, (each) => printError(`asking ${each}`));
  if (search.kind === 'failed') return refused(`${url}: ${search.why}.`);
  const choice = await choose(search.candidates, wishes.feed);
  if (choice.kind === 'open') return refused(choice.why);
  const { candidate, others } = choice;
  const { reading } = candidate;
  const overlaps = await common(candidate.url, reading, planet, means);
  const twin = overlaps.find(({ sameFeed }) => sameFeed);
  if (twin) return refused(`${file} follows it already, as "${twin.feed}"; ${candidate.url} is the same feed.`);
  const lines = proposal(candidate.url, reading, search.page, await idsInUse(planet, means.folder), wishes);
  const longer = withFeeds(text, [lines]);
  if (longer.kind === 'refused') return refused(`${file}: ${longer.why}`);
  const mistakes = mistakesIn(longer.text);
  if (mistakes.length > 0) return refused(`${mistakes.join('\n')}\nNothing was written.`);
  const more = others.map((other) => `There is another: ${nameOf(other)}`);
  return { ...longer, kind: 'plan', lines, reading, notes: [...shared(overlaps, reading), ...more] };
}

function refused(why: string): Refused {
  return { kind: 'refused', why };
}

/** All else was right before: what is wrong now is what the operator wished. */
function mistakesIn(text: string): string[] {
  const read = readPlanet(text);
  return read.kind === 'planet'
    ? []
    : read.mistakes.map(({ where, what }) => `--${where.replace(/^.*\./, '')}: ${what}`);
}
