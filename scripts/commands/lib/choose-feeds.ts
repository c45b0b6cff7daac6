import { createInterface } from 'node:readline/promises';
import { cleanText } from '../../../src/core/clean-text.ts';
import { counted } from '../../../src/core/periods.ts';
import { placeKey } from '../../../src/core/same-entry.ts';
import type { DiscoveredFeed } from './feed-discovery.ts';

export type FeedChoice =
  | { kind: 'chosen'; candidate: DiscoveredFeed; others: DiscoveredFeed[] }
  | { kind: 'open'; why: string };

/** One of several feeds: the one that was asked for, the only one of the blog itself, or what a person at a terminal says. */
export async function choose(candidates: readonly DiscoveredFeed[], wish: string | undefined): Promise<FeedChoice> {
  const list = candidates.map((candidate, index) => `  ${index + 1}  ${feedName(candidate)}`).join('\n');
  if (wish !== undefined) {
    const candidate = wanted(candidates, wish);
    return candidate
      ? chosen(candidates, candidate)
      : { kind: 'open', why: `There is no feed "${wish}" there. There are:\n${list}` };
  }
  const own = candidates.filter(({ comments }) => !comments);
  const [only = candidates[0]] = own;
  if (only && (own.length === 1 || candidates.length === 1)) return chosen(candidates, only);
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    return { kind: 'open', why: `There are several feeds; say which by --feed and its number:\n${list}` };
  }
  const said = await question(`There are several feeds:\n${list}\nWhich one? `);
  const candidate = wanted(candidates, said);
  return candidate ? chosen(candidates, candidate) : { kind: 'open', why: 'None was chosen, and nothing was written.' };
}

function wanted(candidates: readonly DiscoveredFeed[], wish: string): DiscoveredFeed | undefined {
  if (/^\d+$/.test(wish.trim())) return candidates[Number(wish) - 1];
  return candidates.find(({ url }) => placeKey(url) === placeKey(wish.trim()));
}

function chosen(candidates: readonly DiscoveredFeed[], candidate: DiscoveredFeed): FeedChoice {
  return { kind: 'chosen', candidate, others: candidates.filter((each) => each !== candidate) };
}

export function feedName({ url, reading, comments }: DiscoveredFeed): string {
  const entries = counted(reading.entries.length, 'entry', 'entries');
  return `${cleanText(reading.title) || '(no title)'}, ${entries}${comments ? ' of comments' : ''}: ${url}`;
}

/** An answer; empty where the terminal was closed. */
async function question(text: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((done) => terminal.once('close', () => done('')));
  try {
    return await Promise.race([terminal.question(text), closed]);
  } finally {
    terminal.close();
  }
}
