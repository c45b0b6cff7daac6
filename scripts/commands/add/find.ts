import { cleanText } from '../../../src/lib/clean-text.ts';
import { FeedConfig } from '../../../src/model/planet.ts';
import { decode } from '../../snapshot/decode.ts';
import type { Fetched } from '../../snapshot/fetch.ts';
import { type FailureReason, type Outcome, type Reading, sentence } from '../../snapshot/outcome.ts';
import { type Means, refresh } from '../../snapshot/refresh.ts';
import { commonPlaces, namedFeeds } from './discover.ts';

/** A feed that was found and read. */
export interface Candidate {
  url: string;
  reading: Reading;
  /** Whether it is of what readers said, not of what the blog says. */
  comments: boolean;
}

export type Search =
  | {
      kind: 'found';
      candidates: Candidate[] /** The page that led there; null where the address was a feed. */;
      page: string | null;
    }
  | { kind: 'failed'; why: string };

/** The feeds behind an address: itself, those that its page names, else those at the places where blogs have them. */
export async function findFeeds(url: string, means: Means, progress: (url: string) => void): Promise<Search> {
  progress(url);
  const { outcome, body } = await ask(url, means);
  if (outcome.kind === 'read') return { kind: 'found', candidates: [candidate(url, outcome)], page: null };
  const reason: FailureReason = outcome.kind === 'failed' ? outcome.reason : { kind: 'status', status: 410 };
  if (body === null || reason.kind === 'own-feed') return { kind: 'failed', why: sentence(reason) };
  const named = namedFeeds(decode(body.bytes, body.contentType), body.url);
  const candidates = await readEach(named, means, progress);
  if (candidates.length === 0) candidates.push(...(await firstOf(commonPlaces(body.url), means, progress)));
  if (candidates.length > 0) return { kind: 'found', candidates: withoutTwins(candidates), page: body.url };
  const why =
    named.length > 0
      ? `the feeds that it names (${named.map((each) => each.url).join(', ')}) cannot be read`
      : 'it names no feed';
  return { kind: 'failed', why: `the address shows a page, and ${why}; nor is there one at any of the common places` };
}

async function readEach(
  named: readonly { url: string; title: string }[],
  means: Means,
  progress: (url: string) => void,
) {
  const candidates: Candidate[] = [];
  for (const { url, title } of named) {
    progress(url);
    const { outcome } = await ask(url, means);
    if (outcome.kind === 'read') candidates.push(candidate(url, outcome, title));
  }
  return candidates.sort((a, b) => Number(a.comments) - Number(b.comments));
}

async function firstOf(urls: readonly string[], means: Means, progress: (url: string) => void): Promise<Candidate[]> {
  for (const url of urls) {
    progress(url);
    const { outcome } = await ask(url, means);
    if (outcome.kind === 'read') return [candidate(url, outcome)];
  }
  return [];
}

type Body = Extract<Fetched, { kind: 'body' }>;

/** As a snapshot asks a feed that it meets for the first time; and what came, where that was no feed. */
async function ask(url: string, means: Means): Promise<{ outcome: Outcome; body: Body | null }> {
  let body: Body | null = null;
  const fetchFeed: Means['fetchFeed'] = async (asking) => {
    const fetched = await means.fetchFeed(asking);
    if (fetched.kind === 'body') body = fetched;
    return fetched;
  };
  const feed = FeedConfig.parse({ id: 'new', title: 'New', url });
  const outcome = await refresh(feed, undefined, { ...means, fetchFeed });
  return { outcome, body };
}

function candidate(url: string, reading: Reading, name = ''): Candidate {
  const comments = /\bcomments?\b|kommentar|commentaire|comentario/i.test(`${cleanText(name)} ${reading.title} ${url}`);
  return { url: reading.movedTo ?? url, reading, comments };
}

/** One blog often has the same feed in several formats: the fullest is enough. */
function withoutTwins(candidates: readonly Candidate[]): Candidate[] {
  const size = ({ reading }: Candidate) => reading.entries.reduce((sum, { content }) => sum + content.length, 0);
  const says = ({ reading }: Candidate) => JSON.stringify(reading.entries.map(({ url, title }) => url ?? title));
  const groups = [...Map.groupBy(candidates, says).values()];
  return groups.flatMap((twins) => twins.toSorted((a, b) => size(b) - size(a)).slice(0, 1));
}
