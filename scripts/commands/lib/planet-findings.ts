import type { SameBy } from '../../../src/core/entry.ts';
import { countText } from '../../../src/core/text.ts';
import type { CheckEvidence, FindingRow } from './check-findings.ts';
import { rulesIn } from './entry-preview.ts';

/** What the planet does with a feed and its entries, and why. */
export const PLANET_ROWS: readonly FindingRow[] = [
  { level: 'error', about: 'url', messageFor: sameFeedProblem },
  { level: 'warning', about: 'url', messageFor: goneProblem },
  { level: 'warning', about: 'url', messageFor: holdProblem },
  { level: 'warning', about: 'include', messageFor: hiddenProblem },
  { level: 'notice', about: 'url', messageFor: skippedNotice },
  { level: 'notice', about: 'url', messageFor: copiesNotice },
  { level: 'notice', about: 'url', messageFor: sharedLinksNotice },
];

function sameFeedProblem({ overlaps }: CheckEvidence): string | null {
  const same = overlaps.find(({ sameFeed }) => sameFeed);
  return same ? `it is the same feed as ${same.feed}, which the planet already follows; remove one of them` : null;
}

function goneProblem({ goneSince, reading: { feed } }: CheckEvidence): string | null {
  if (goneSince === null) return null;
  return `the snapshot does not read it any more, because it answered 410 (gone) from ${goneSince.slice(0, 10)} on; "npm run planet -- accept ${feed.id}" lets the snapshot read it again`;
}

function holdProblem({ hold }: CheckEvidence): string | null {
  if (hold === null) return null;
  const { reason, entries, already } = hold;
  const decide = '"npm run planet -- held" lists them';
  return already
    ? `${entries} of its entries ${entries === 1 ? 'waits' : 'wait'} for your decision: ${reason}; ${decide}`
    : `the next snapshot would hold ${entries} of its entries for your decision: ${reason}; after that, ${decide}`;
}

function hiddenProblem({ shown: { entries, hidden } }: CheckEvidence): string | null {
  if (hidden.length === 0 || entries.length > 0) return null;
  return `planet.yaml hides all that it has: ${countText(hidden.length, 'entry', 'entries')} (${rulesIn(hidden)})`;
}

function skippedNotice({ skipped }: CheckEvidence): string | null {
  if (skipped.length === 0) return null;
  const groups = [...Map.groupBy(skipped, ({ reason }) => reason)];
  const list = groups.map(([why, { length }]) => `${length} (${why})`).join(', ');
  return `some of its entries are left out: ${list}`;
}

function copiesNotice({ overlaps }: CheckEvidence): string | null {
  const others = overlaps.filter(({ sameFeed, entries }) => !sameFeed && entries > 0);
  if (others.length === 0) return null;
  const list = others
    .map(({ feed, entries, by }) => `${entries} by ${feed} (${by.map((rule) => rules[rule]).join('; ')})`)
    .join(', ');
  return `some of its entries are in other feeds too, and are shown once: ${list}`;
}

const rules: Record<SameBy, string> = {
  source: 'named as its source',
  text: 'the same text',
  'title-and-date': 'the same second, and the same title or none',
  title: 'the same title, and one has no text',
  id: 'the same id, title and link',
};

function sharedLinksNotice({ overlaps }: CheckEvidence): string | null {
  const found = overlaps.filter(({ sameFeed, others }) => !sameFeed && others > 0);
  if (found.length === 0) return null;
  const list = found.map(({ feed, others }) => `${others} with ${feed}`).join(', ');
  return `some of its entries have a link or an id of another feed's entries but another text, and are shown as well: ${list}`;
}
