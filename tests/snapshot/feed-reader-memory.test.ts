import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { MEMORY_FLAGS } from '../../scripts/snapshot/feed-reader.ts';

const reader = fileURLToPath(new URL('../../scripts/snapshot/read-feed.ts', import.meta.url));

// A process of its own, since the most that one ever used is all that it can tell.
const program = `
  import { readFeed } from ${JSON.stringify(reader)};
  const entry = '<entry><title>One</title><link href="http://e.org/1"/><id>urn:1</id><updated>2026-01-23T08:40:00Z</updated><summary>Words</summary></entry>';
  const bytes = Buffer.from('<feed xmlns="http://www.w3.org/2005/Atom">' + entry.repeat(100_000) + '</feed>');
  const { feed } = readFeed(bytes, { url: 'http://e.org/feed', contentType: null });
  console.log(JSON.stringify({ entries: feed.entries.length, megabytes: process.resourceUsage().maxRSS / 1024 }));
`;

test('a hundred thousand entries fit into 300 MB', { timeout: 60_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...MEMORY_FLAGS,
    '--input-type=module',
    '--eval',
    program,
  ]);
  const { entries, megabytes } = JSON.parse(stdout);
  expect(entries).toBe(100_000);
  expect(megabytes).toBeLessThan(300);
});
