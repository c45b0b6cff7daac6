import type { FeedConfig } from '../../src/core/planet.ts';
import type { FetchedBody } from './fetch/response.ts';
import type { SafeFeed } from './read-feed.ts';

/** The outcome of one feed, before it is merged into the archive. */
export type Outcome =
  | FeedReading
  | { kind: 'unchanged'; feed: FeedConfig; askAgainAt: Date | null; movedTo: string | null }
  /** Not asked: its server, its document or our backoff forbids it. */
  | { kind: 'resting'; feed: FeedConfig; until: Date }
  /** Not asked: the operator paused it. */
  | { kind: 'paused'; feed: FeedConfig }
  | { kind: 'gone'; feed: FeedConfig }
  | (Failed & { feed: FeedConfig; retryAt: Date | null });

/** A feed that was read, and its content. */
export interface FeedReading extends SafeFeed, Pick<FetchedBody, 'validators' | 'askAgainAt' | 'movedTo' | 'delta'> {
  kind: 'read';
  feed: FeedConfig;
  /** Its address after redirects; for a file the address that the site would have for it. */
  from: string;
  /** The host after redirects; null for a file. */
  host: string | null;
}

/** The failure of one step on the way from an address to a feed. */
export interface Failed {
  kind: 'failed';
  reason: FailureReason;
}

export function failed(reason: FailureReason): Failed {
  return { kind: 'failed', reason };
}

/** Why a feed could not be read. Two failures have two kinds only if the operator would act differently. */
export type FailureReason =
  | { kind: HostFailure | 'private-address'; host: string }
  | { kind: 'certificate'; host: string; detail: string }
  | { kind: 'timed-out'; seconds: number; during: 'connecting' | 'waiting for an answer' | 'reading' }
  | { kind: 'bad-address'; url: string; detail: string; redirected: boolean }
  | { kind: 'redirects'; detail: keyof typeof redirectSentences }
  | { kind: 'status'; status: number }
  | { kind: 'bot-protection'; host: string; status: number }
  | { kind: 'rate-limited'; until: Date | null }
  | { kind: 'too-large'; limit: string; what: 'answer' | 'headers' }
  | { kind: 'encoding' | 'not-a-feed' | 'bug'; detail: string }
  | { kind: 'not-xml'; line: number | null; detail: string }
  | { kind: 'runaway'; seconds: number }
  | { kind: 'too-heavy'; megabytes: number }
  | { kind: 'no-file'; path: string; detail: string }
  | { kind: 'empty' | 'web-page' | 'stopped' | 'own-feed' };

/** Failures of a connection or of the look-up before it. */
export type HostFailure =
  | 'name-not-found'
  | 'name-server'
  | 'refused'
  | 'unreachable'
  | 'disconnected'
  | 'broken-answer'
  | 'no-tls';

/** The reason in one sentence, without the feed's name and without a full stop. */
export function failureSentence(reason: FailureReason): string {
  switch (reason.kind) {
    case 'name-not-found':
      return `the name ${reason.host} is not found; the blog may have moved, or its domain expired`;
    case 'name-server':
      return `the name ${reason.host} could not be looked up just now; if all feeds say so, this machine is offline`;
    case 'refused':
      return `${reason.host} refuses connections; its web server is down`;
    case 'unreachable':
      return `${reason.host} cannot be reached from here; if all feeds say so, this machine is offline`;
    case 'disconnected':
      return `${reason.host} closed the connection before the answer was complete`;
    case 'broken-answer':
      return `${reason.host} does not answer in valid HTTP; its owner must repair the server`;
    case 'no-tls':
      return `${reason.host} offers no secure connection that we support; try the address with http://`;
    case 'certificate':
      return `the certificate of ${reason.host} is not valid: ${reason.detail}; tell its owner`;
    case 'timed-out':
      return `timed out after ${reason.seconds} s while ${reason.during}; the server is slow or down, which often passes`;
    case 'private-address':
      return `${reason.host} is a private address; only PLANET_ALLOW_PRIVATE=host:port opens it`;
    case 'bad-address':
      return reason.redirected
        ? `the feed redirects to ${reason.url}, which cannot be requested: ${reason.detail}`
        : `the address ${reason.url} cannot be requested: ${reason.detail}`;
    case 'redirects':
      return `the address redirects ${redirectSentences[reason.detail]}`;
    case 'status':
      return statusSentence(reason.status);
    case 'bot-protection':
      return `${reason.host} answers ${reason.status} from its bot protection; ask its owner to let feed readers through`;
    case 'rate-limited':
      return reason.until
        ? `the server wants no request before ${minute(reason.until)}; we wait`
        : 'the server asks for fewer requests';
    case 'too-large':
      return reason.what === 'headers'
        ? `the headers of the answer are larger than ${reason.limit}`
        : `the answer is larger than ${reason.limit}; ask the owner for a feed of only the newest posts`;
    case 'encoding':
      return `the answer cannot be unpacked: ${reason.detail}`;
    case 'empty':
      return 'the answer is empty';
    case 'web-page':
      return 'the address now shows a web page, not a feed';
    case 'not-a-feed':
      return `the answer is not a feed: ${reason.detail}`;
    case 'not-xml':
      return `the answer is not XML${reason.line === null ? '' : ` at line ${reason.line}`}: ${reason.detail}`;
    case 'runaway':
      return `reading the feed took longer than ${reason.seconds} s and was stopped`;
    case 'too-heavy':
      return `reading the feed took more than ${reason.megabytes} MB of memory and was stopped`;
    case 'stopped':
      return 'the run was stopped before the feed was read';
    case 'no-file':
      return `the file ${reason.path} cannot be read: ${reason.detail}`;
    case 'own-feed':
      return "this is the planet's own feed, and it would follow itself; remove it from planet.yaml";
    case 'bug':
      return `a bug in Orrery stopped the reading (${reason.detail}); please report it with the address of the feed`;
    default:
      return reason satisfies never;
  }
}

const redirectSentences = {
  'too many': 'too many times; open it in a browser and write down where it ends',
  'in a circle': 'in a circle; its owner must repair the server',
  'to nowhere': 'to nowhere: the server does not say where the feed is',
};

/** Sentences for statuses that need an action of the operator (https://www.rfc-editor.org/rfc/rfc9110#name-status-codes). */
const statusSentences: ReadonlyMap<number, string> = new Map([
  [206, 'it sends only a part of the feed, although we requested all of it'],
  [300, 'it offers several addresses; open this one in a browser and choose'],
  [304, 'it says that nothing has changed, although this is the first request'],
  [401, 'it wants a password; look for a public feed of the blog'],
  [402, 'it demands payment'],
  [403, 'it does not let us read the feed; ask its owner to let feed readers through'],
  [404, 'there is no feed at this address any more; look for the new one on the blog'],
  [406, 'it has no feed in a format that we request'],
  [410, 'the feed is gone for good'],
  [429, 'it asks for fewer requests'],
  [451, 'it is not allowed to show the feed, for legal reasons'],
]);

function statusSentence(status: number): string {
  const sentence = statusSentences.get(status);
  if (sentence) return `the server answers ${status}: ${sentence}`;
  return status >= 500
    ? `the server answers ${status}: it has a problem; this often passes`
    : `the server answers ${status}, which is no feed`;
}

/** `2026-01-23 08:40 UTC` */
function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
