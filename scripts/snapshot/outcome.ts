import type { FeedConfig } from '../../src/core/planet.ts';
import type { FetchedBody } from './fetch/response.ts';
import type { SafeFeed } from './read-feed.ts';

export type Outcome =
  | FeedReading
  | { kind: 'unchanged'; feed: FeedConfig; askAgainAt: Date | null; movedTo: string | null }
  /** Not asked: its server, its document or our backoff forbids it. */
  | { kind: 'waiting'; feed: FeedConfig; until: Date }
  /** Not asked: the operator paused it. */
  | { kind: 'paused'; feed: FeedConfig }
  | { kind: 'gone'; feed: FeedConfig }
  | (Failure & { feed: FeedConfig; retryAt: Date | null });

export interface FeedReading extends SafeFeed, Pick<FetchedBody, 'validators' | 'askAgainAt' | 'movedTo' | 'delta'> {
  kind: 'read';
  feed: FeedConfig;
  /** Its address after redirects; for a file the address that the site would have for it. */
  from: string;
  /** The host after redirects; null for a file. */
  host: string | null;
}

export function pauseSentence({ gone }: FeedConfig): string {
  return `${gone ? 'gone' : 'paused'} in planet.yaml`;
}

export type Failure = { kind: 'failed'; reason: FailureReason };

export function failure(reason: FailureReason): Failure {
  return { kind: 'failed', reason };
}

/** Whether a server refuses a request as it is (4xx): it may not like its validators. */
export function isRefusal(reason: FailureReason): boolean {
  return reason.kind === 'status' && reason.status >= 400 && reason.status < 500;
}

/** Failures before a server was reached. */
const UNREACHED: ReadonlySet<FailureReason['kind']> = new Set<FailureReason['kind']>([
  'name-server',
  'unreachable',
  'only-ipv6',
  'bad-address',
  'private-address',
  'no-file',
  'stopped',
]);

/** Whether a server was reached, so that this machine is online. A feed that is gone for good is not asked. */
export function reachedServer(outcome: Outcome): boolean {
  if (outcome.kind === 'read') return outcome.host !== null;
  if (outcome.kind !== 'failed') return outcome.kind === 'unchanged';
  const { reason } = outcome;
  return reason.kind === 'timed-out' ? reason.during !== 'connecting' : !UNREACHED.has(reason.kind);
}

/** Why a feed could not be read. Two failures have two kinds only if the operator would act differently. */
export type FailureReason =
  | { kind: HostFailure | 'private-address'; host: string }
  | { kind: 'certificate'; host: string; detail: string }
  | { kind: 'timed-out'; seconds: number; during: 'connecting' | 'waiting for an answer' | 'reading' }
  | { kind: 'bad-address'; url: string; detail: string; redirected: boolean }
  | { kind: 'redirects'; detail: keyof typeof REDIRECT_SENTENCES }
  | { kind: 'status'; status: number }
  | { kind: 'bot-protection'; host: string; status: number }
  | { kind: 'rate-limited'; until: Date | null }
  | { kind: 'too-large'; limit: string; what: 'answer' | 'headers' }
  | { kind: 'encoding' | 'not-a-feed' | 'bug'; detail: string }
  | { kind: 'not-xml'; line: number | null; detail: string }
  | { kind: 'runaway'; seconds: number }
  | { kind: 'too-heavy'; megabytes: number }
  | { kind: 'no-file'; path: string; detail: string }
  /** `refresh`: the address to which the page leads by itself. */
  | { kind: 'web-page'; refresh?: string | undefined }
  | { kind: 'empty' | 'stopped' | 'own-feed' };

export type HostFailure =
  | 'name-not-found'
  | 'name-server'
  | 'refused'
  | 'unreachable'
  | 'only-ipv6'
  | 'disconnected'
  | 'broken-answer'
  | 'no-tls';

/** What a permanent redirect asks of the operator, without the feed's name. The new owner of a held feed can redirect it, too. */
export function movedSentence(to: string, isHeld: boolean): string {
  return `moved permanently: ${isHeld ? 'if its blog is there, ' : ''}write url: ${to} in planet.yaml`;
}

/** The reason in one sentence, without the feed's name and without a full stop. */
export function failureSentence(reason: FailureReason): string {
  // TypeScript does not see that the row and the reason have the same kind.
  return (SENTENCES[reason.kind] as (reason: FailureReason) => string)(reason);
}

/** The name without the version: it is what an owner allows, and the stored sentence stays the same in the next version. */
const ASK_OWNER = 'ask its owner to let feed readers through; the User-Agent of this one is Orrery';

const SENTENCES: { [Kind in FailureReason['kind']]: (reason: FailureReason & { kind: Kind }) => string } = {
  'name-not-found': ({ host }) => `the name ${host} is not found; the blog may have moved, or its domain expired`,
  'name-server': ({ host }) =>
    `the name ${host} could not be looked up just now; if all feeds say so, this machine is offline`,
  refused: ({ host }) => `${host} refuses connections; its web server is down`,
  unreachable: ({ host }) => `${host} cannot be reached from here; if all feeds say so, this machine is offline`,
  'only-ipv6': ({ host }) =>
    `${host} has only IPv6 addresses, and they cannot be reached from here; machines of GitHub have no IPv6`,
  disconnected: ({ host }) => `${host} closed the connection before the answer was complete`,
  'broken-answer': ({ host }) => `${host} does not answer in valid HTTP; its owner must repair the server`,
  'no-tls': ({ host }) => `${host} offers no secure connection that we support; try the address with http://`,
  'private-address': ({ host }) =>
    `${host} is a private address; to request it, set PLANET_ALLOW_PRIVATE to its host:port`,
  certificate: ({ host, detail }) => `the certificate of ${host} is not valid: ${detail}; tell its owner`,
  'timed-out': ({ seconds, during }) =>
    `timed out after ${seconds} s while ${during}; the server is slow or down, which often passes`,
  'bad-address': ({ url, detail, redirected }) =>
    redirected
      ? `the feed redirects to ${url}, which cannot be requested: ${detail}`
      : `the address ${url} cannot be requested: ${detail}`,
  redirects: ({ detail }) => `the address redirects ${REDIRECT_SENTENCES[detail]}`,
  status: ({ status }) => `the server answers ${status}${statusSentence(status)}`,
  'bot-protection': ({ host, status }) => `${host} answers ${status} from its bot protection; ${ASK_OWNER}`,
  'rate-limited': ({ until }) =>
    until ? `the server wants no request before ${minute(until)}; we wait` : 'the server asks for fewer requests',
  'too-large': ({ what, limit }) =>
    what === 'headers'
      ? `the headers of the answer are larger than ${limit}`
      : `the answer is larger than ${limit}; ask the owner for a feed of only the newest posts`,
  encoding: ({ detail }) => `the answer cannot be unpacked: ${detail}`,
  empty: () => 'the answer is empty',
  'web-page': () =>
    'the address shows a web page, not a feed; write the address of the feed: "npm run planet -- add" finds it',
  'not-a-feed': ({ detail }) => `the answer is not a feed: ${detail}`,
  'not-xml': ({ line, detail }) => `the answer is not XML${line === null ? '' : ` at line ${line}`}: ${detail}`,
  runaway: ({ seconds }) => `reading the feed took longer than ${seconds} s and was stopped`,
  'too-heavy': ({ megabytes }) => `reading the feed took more than ${megabytes} MB of memory and was stopped`,
  stopped: () => 'the run was stopped before the feed was read',
  'no-file': ({ path, detail }) => `the file ${path} cannot be read: ${detail}`,
  'own-feed': () => "this is the planet's own feed, and it would follow itself; remove it from planet.yaml",
  bug: ({ detail }) => `a bug in Orrery stopped the reading (${detail}); please report it with the address of the feed`,
};

const REDIRECT_SENTENCES = {
  'too many': 'too many times; open it in a browser and write down where it ends',
  'in a circle': 'in a circle; its owner must repair the server',
  'to nowhere': 'to nowhere: the server does not say where the feed is',
};

/** Sentences for statuses that need an action of the operator (https://www.rfc-editor.org/rfc/rfc9110#name-status-codes). */
const STATUS_SENTENCES: ReadonlyMap<number, string> = new Map([
  [206, 'it sends only a part of the feed, although we requested all of it'],
  [300, 'it offers several addresses; open this one in a browser and choose'],
  [304, 'it says that nothing has changed, although this is the first request'],
  [401, 'it requires a password; look for a public feed of the blog'],
  [402, 'it demands payment'],
  [403, `it does not let us read the feed; ${ASK_OWNER}`],
  [404, 'there is no feed at this address any more; look for the new one on the blog'],
  [406, 'it has no feed in a format that we request'],
  [410, 'the feed is gone for good'],
  [429, 'it asks for fewer requests'],
  [451, 'it is not allowed to show the feed, for legal reasons'],
]);

function statusSentence(status: number): string {
  const sentence = STATUS_SENTENCES.get(status) ?? (status >= 500 ? 'it has a problem; this often passes' : null);
  return sentence === null ? ' instead of a feed' : `: ${sentence}`;
}

/** The reason why a file cannot be read. It has not the words of the system: they name paths of this machine. */
export function fileFailure({ code }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such file';
  return code === 'EISDIR' ? 'it is a folder' : `the system answers ${code}`;
}

/** `2026-01-23 08:40 UTC` */
function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
