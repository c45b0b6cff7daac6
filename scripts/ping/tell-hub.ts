import { readAddress } from '../snapshot/fetch/address.ts';
import { ask } from '../snapshot/fetch/ask.ts';
import { defaultLimits } from '../snapshot/fetch/limits.ts';
import { sentence } from '../snapshot/outcome.ts';

interface Telling {
  hub: string;
  /** Addresses of changed feeds. */
  feeds: readonly string[];
  userAgent: string;
}

/** Tells a hub of one feed after the other, and stops at the first that it does not take. */
export async function tellHub({ hub, feeds, userAgent }: Telling): Promise<{ told: string[]; trouble: string | null }> {
  const url = readAddress(hub);
  if (!(url instanceof URL)) return { told: [], trouble: sentence(url) };
  const doors = new Set((process.env.PLANET_ALLOW_PRIVATE ?? '').toLowerCase().split(/[\s,]+/));
  const told: string[] = [];
  for (const feed of feeds) {
    const body = new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': feed }).toString();
    const headers = { 'user-agent': userAgent, 'content-type': 'application/x-www-form-urlencoded' };
    const limits = defaultLimits;
    const stop = new AbortController().signal;
    const answer = await ask({ url, headers, body, doors, limits, left: limits.deadline, stop });
    if (answer.kind === 'failed') return { told, trouble: sentence(answer.reason) };
    if (answer.status < 200 || answer.status > 299)
      return { told, trouble: `${url.host} answers ${answer.status} to “${feed} has changed”` };
    told.push(feed);
  }
  return { told, trouble: null };
}
