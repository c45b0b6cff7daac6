/** A feed in a trouble that has lasted: one line of an issue. */
export interface Lasting {
  feed: string;
  title: string;
  outcome: 'failed' | 'gone' | 'held';
  /** A sentence that may hold a stranger's words. */
  reason: string;
  since: string;
}

/** One line of an issue that stands: which trouble it told, and whether it is over. */
export interface Told {
  /** `planet-python 2026-01-23T08:40:00Z`: the feed, and since when. */
  trouble: string;
  over: boolean;
}

export function nameOf({ feed, since }: Pick<Lasting, 'feed' | 'since'>): string {
  return `${feed} ${since}`;
}

const line = /^- \[([ x])\] .* <!-- orrery ([a-z0-9-]+ [0-9TZ:-]+) -->$/gm;

/** What an issue tells; nothing where it is another's. */
export function linesOf(body: string): Told[] {
  return [...body.matchAll(line)].map(([, tick, trouble = '']) => ({ trouble, over: tick === 'x' }));
}

/** The same body with a tick at what is over. */
export function ticked(body: string, over: ReadonlySet<string>): string {
  return body.replace(line, (whole, _tick, trouble: string) =>
    over.has(trouble) ? whole.replace('- [ ]', '- [x]') : whole,
  );
}

const words = {
  failed: 'has failed',
  gone: 'is gone for good',
  held: 'has been held for you to decide',
};

export function titleOf(lasting: readonly Lasting[]): string {
  const [first] = lasting;
  return lasting.length === 1 && first
    ? `${first.feed} ${words[first.outcome]} since ${first.since.slice(0, 10)}`
    : `${lasting.length} feeds have been in trouble for two weeks`;
}

export function bodyOf(lasting: readonly Lasting[]): string {
  const lines = lasting.map(
    (each) =>
      `- [ ] ${quoted(each.title)} (\`${each.feed}\`) ${words[each.outcome]} since ${each.since.slice(0, 10)}: ` +
      `${quoted(each.reason)} <!-- orrery ${nameOf(each)} -->`,
  );
  return [
    'What was read of them stays on the planet. `npm run planet -- check FEED` asks one again; the page `/status/` says more.',
    '',
    ...lines,
    '',
    'A tick means: well again, paused, or no longer followed. When all are ticked, this issue closes by itself. If you close',
    'it, the same trouble is not brought up again.',
  ].join('\n');
}

/** A stranger's words between marks within which nothing is a link, a picture, or calls anybody. */
function quoted(text: string): string {
  const plain = text.replaceAll('`', '’').replace(/\s+/g, ' ').trim();
  return `\`${plain.length > 300 ? `${plain.slice(0, 299)}…` : plain || '…'}\``;
}
