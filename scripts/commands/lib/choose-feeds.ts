import { cleanText } from '../../../src/core/clean-text.ts';
import { counted } from '../../../src/core/periods.ts';
import { placeKey } from '../../../src/core/same-entry.ts';
import { printError } from '../../cli.ts';
import type { DiscoveredFeed } from './feed-discovery.ts';
import { openTerminal } from './terminal.ts';

export type FeedChoice =
  | { kind: 'chosen'; candidate: DiscoveredFeed; others: DiscoveredFeed[] }
  | { kind: 'open'; why: string };

/** Chooses one of several feeds: by the option, else the only feed that is not of comments, else by a question at the terminal. */
export async function choose(candidates: readonly DiscoveredFeed[], option: string | undefined): Promise<FeedChoice> {
  const list = candidates.map((candidate, index) => `  ${index + 1}  ${feedName(candidate)}`).join('\n');
  if (option !== undefined) {
    const candidate = byAnswer(candidates, option);
    return candidate
      ? chosen(candidates, candidate)
      : { kind: 'open', why: `There is no feed "${option}". The feeds are:\n${list}` };
  }
  const own = candidates.filter(({ comments }) => !comments);
  const [only = candidates[0]] = own;
  if (only && (own.length === 1 || candidates.length === 1)) return chosen(candidates, only);
  const terminal = openTerminal();
  if (terminal === null) {
    return {
      kind: 'open',
      why: `There are several feeds; choose one with "npm run planet -- add ADDRESS --feed NUMBER":\n${list}`,
    };
  }
  try {
    printError(`There are several feeds:\n${list}`);
    const candidate = byAnswer(candidates, await terminal.ask('Which one? '));
    return candidate
      ? chosen(candidates, candidate)
      : { kind: 'open', why: 'No feed was chosen; nothing was written.' };
  } finally {
    terminal.close();
  }
}

function byAnswer(candidates: readonly DiscoveredFeed[], answer: string): DiscoveredFeed | undefined {
  if (/^\d+$/.test(answer.trim())) return candidates[Number(answer) - 1];
  return candidates.find(({ url }) => placeKey(url) === placeKey(answer.trim()));
}

function chosen(candidates: readonly DiscoveredFeed[], candidate: DiscoveredFeed): FeedChoice {
  return { kind: 'chosen', candidate, others: candidates.filter((each) => each !== candidate) };
}

export function feedName({ url, reading, comments }: DiscoveredFeed): string {
  const entries = counted(reading.entries.length, 'entry', 'entries');
  return `${cleanText(reading.title) || '(no title)'}, ${entries}${comments ? ' of comments' : ''}: ${url}`;
}
