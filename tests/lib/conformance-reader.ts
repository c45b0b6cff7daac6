// Feeds in, readings out, one JSON object a line: `{ id, base, contentType, data }` and `{ id, result }` or `{ id, error }`.
import { createInterface } from 'node:readline';
import { feedJson } from '../../scripts/commands/parse.ts';
import { failureSentence } from '../../scripts/snapshot/outcome.ts';
import { readFeed } from '../../scripts/snapshot/read-feed.ts';

for await (const line of createInterface({ input: process.stdin })) {
  const { id, base, contentType, data } = JSON.parse(line);
  const read = readFeed(Buffer.from(data, 'base64'), { url: base, contentType: contentType || null });
  const answer = read.kind === 'feed' ? { result: feedJson(read.feed) } : { error: failureSentence(read.reason) };
  console.log(JSON.stringify({ id, ...answer }));
}
