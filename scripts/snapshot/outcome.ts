import type { PollingHints, Validators } from '../../src/core/feed-state.ts';
import type { FeedConfig } from '../../src/core/planet.ts';
import type { Report } from './report.ts';
import type { SanitisedEntry } from './sanitised-entry.ts';

/** The outcome of one feed, before it is merged into the archive. */
export type Outcome =
  | FeedReading
  | { kind: 'unchanged'; feed: FeedConfig; askAgainAt: Date | null; movedTo: string | null }
  /** Not asked: its server, its document or our backoff forbids it. */
  | { kind: 'resting'; feed: FeedConfig; until: Date }
  /** Not asked: the operator paused it. */
  | { kind: 'paused'; feed: FeedConfig }
  | { kind: 'gone'; feed: FeedConfig }
  | { kind: 'failed'; feed: FeedConfig; reason: FailureReason; retryAt: Date | null };

/** A feed that was read, and its content. */
export interface FeedReading {
  kind: 'read';
  feed: FeedConfig;
  validators: Validators;
  askAgainAt: Date | null;
  manners: PollingHints;
  movedTo: string | null;
  /** Its address after redirects; for a file the address that the site would have for it. */
  from: string;
  /** The host after redirects; null for a file. */
  host: string | null;
  title: string;
  /** Plain text. */
  description: string | null;
  home: string | null;
  /** Addresses of pictures of the feed, best first. */
  pictures: string[];
  /** Names of authors as it spells them, each with the address of a picture. */
  portraits: [name: string, picture: string][];
  /** Whether it holds only the entries since the last request (RFC 3229). */
  delta: boolean;
  /** Whether its document ends in the middle: new entries are added, stored ones do not change. */
  partial: boolean;
  entries: SanitisedEntry[];
  /** Sentences about content that was cut or left out. */
  notes: string[];
}

/** Why a feed could not be read. Two failures have two kinds only if the operator would act differently. */
export type FailureReason =
  | { kind: 'name-not-found'; host: string }
  | { kind: 'name-server'; host: string }
  | { kind: 'refused'; host: string }
  | { kind: 'unreachable'; host: string }
  | { kind: 'disconnected'; host: string }
  | { kind: 'broken-answer'; host: string }
  | { kind: 'no-tls'; host: string }
  | { kind: 'certificate'; host: string; detail: string }
  | { kind: 'timed-out'; seconds: number; during: 'connecting' | 'waiting for an answer' | 'reading' }
  | { kind: 'private-address'; host: string }
  | { kind: 'bad-address'; url: string; detail: string; redirected: boolean }
  | { kind: 'redirects'; detail: 'too many' | 'in a circle' | 'to nowhere' }
  | { kind: 'status'; status: number }
  | { kind: 'bot-protection'; host: string; status: number }
  | { kind: 'rate-limited'; until: Date | null }
  | { kind: 'too-large'; limit: string; what: 'answer' | 'headers' }
  | { kind: 'encoding'; detail: string }
  | { kind: 'empty' }
  | { kind: 'web-page' }
  | { kind: 'not-a-feed'; detail: string }
  | { kind: 'not-xml'; line: number | null; detail: string }
  | { kind: 'runaway'; seconds: number }
  | { kind: 'too-heavy'; megabytes: number }
  | { kind: 'stopped' }
  | { kind: 'no-file'; path: string; detail: string }
  | { kind: 'own-feed' }
  | { kind: 'bug'; detail: string };

/** The reason in one sentence, without the feed's name and without a full stop. */
export function failureSentence(reason: FailureReason): string {
  switch (reason.kind) {
    case 'name-not-found':
      return `the name ${reason.host} is not found; the blog may have moved or its domain lapsed`;
    case 'name-server':
      return `the name ${reason.host} could not be looked up just now; if all feeds say so, this machine is offline`;
    case 'refused':
      return `${reason.host} refuses connections; its web server is down`;
    case 'unreachable':
      return `there is no way from here to ${reason.host}; if all feeds say so, this machine is offline`;
    case 'disconnected':
      return `${reason.host} broke the connection off before the whole answer was here`;
    case 'broken-answer':
      return `${reason.host} answers in something that is not proper HTTP; its owner has to mend the server`;
    case 'no-tls':
      return `${reason.host} cannot agree with us on a secure connection; see whether the address works with http://`;
    case 'certificate':
      return `the certificate of ${reason.host} is no good: ${reason.detail}; tell its owner`;
    case 'timed-out':
      return `timed out after ${reason.seconds} s while ${reason.during}; the server is slow or down, which often passes`;
    case 'private-address':
      return `${reason.host} is a private address; only PLANET_ALLOW_PRIVATE=host:port opens it`;
    case 'bad-address':
      return reason.redirected
        ? `the feed redirects to ${reason.url}, which cannot be asked: ${reason.detail}`
        : `the address ${reason.url} cannot be asked: ${reason.detail}`;
    case 'redirects':
      return redirectSentence(reason.detail);
    case 'status':
      return statusSentence(reason.status);
    case 'bot-protection':
      return `${reason.host} answers ${reason.status} from its bot protection; ask its owner to let feed readers through`;
    case 'rate-limited':
      return reason.until
        ? `the server asks not to be asked again until ${minute(reason.until)}; we wait`
        : 'the server asks to be asked less often';
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
      return "this is the planet's own feed, and it would follow itself; take it out of planet.yaml";
    case 'bug':
      return `reading it struck a bug in Orrery (${reason.detail}); please report it with the address of the feed`;
    default:
      return reason satisfies never;
  }
}

function redirectSentence(detail: 'too many' | 'in a circle' | 'to nowhere'): string {
  switch (detail) {
    case 'too many':
      return 'the address redirects too many times; open it in a browser and write down where it ends';
    case 'in a circle':
      return 'the address redirects in a circle; its owner has to mend the server';
    case 'to nowhere':
      return 'the address redirects to nowhere: the server does not say where the feed is';
    default:
      return detail satisfies never;
  }
}

/** Sentences for statuses that need an action of the operator (https://www.rfc-editor.org/rfc/rfc9110#name-status-codes). */
const statusSentences: ReadonlyMap<number, string> = new Map([
  [206, 'it sends a part of the feed, though we asked for the whole'],
  [300, 'it offers several addresses; open this one in a browser and choose'],
  [304, 'it says that nothing has changed, though it was never asked before'],
  [401, 'it wants a password; look for a public feed of the blog'],
  [402, 'it wants to be paid'],
  [403, 'it does not let us read the feed; ask its owner to let feed readers through'],
  [404, 'there is no feed at this address any more; look for the new one on the blog'],
  [406, 'it has nothing in a form that we ask for'],
  [410, 'the feed is gone for good'],
  [429, 'it asks to be asked less often'],
  [451, 'it is not allowed to show the feed, for legal reasons'],
]);

function statusSentence(status: number): string {
  const sentence = statusSentences.get(status);
  if (sentence) return `the server answers ${status}: ${sentence}`;
  return status >= 500
    ? `the server answers ${status}: it is in trouble; this often passes`
    : `the server answers ${status}, which is no feed`;
}

/** `2026-01-23 08:40 UTC` */
function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The exit code of a snapshot: 0 where there is an entry to publish; with `strict` only if every feed can be read. */
export function exitCode({ feeds, entries }: Report, { strict, share }: { strict: boolean; share: boolean }): 0 | 1 {
  const someFailed = feeds.some(({ outcome }) => outcome === 'failed' || outcome === 'gone');
  return (entries === 0 && !share) || (strict && someFailed) ? 1 : 0;
}
