import type { FailureReason } from '../outcome.ts';

/** What a request was about when it failed. */
export type Phase = 'connecting' | 'waiting for an answer' | 'reading';

interface Where {
  host: string;
  phase: Phase;
  limits: Limits;
}

/** Carries a reason that we found ourselves through a library that only passes errors on. */
export class Refusal extends Error {
  readonly reason: FailureReason;
  constructor(reason: FailureReason) {
    super(reason.kind);
    this.reason = reason;
  }
}

type Row = (where: Where, error: Error) => FailureReason;
type PlainRow = (where: Where) => FailureReason;

const notFound: PlainRow = ({ host }) => ({ kind: 'name-not-found', host });
const nameServer: PlainRow = ({ host }) => ({ kind: 'name-server', host });
const refused: PlainRow = ({ host }) => ({ kind: 'refused', host });
const unreachable: PlainRow = ({ host }) => ({ kind: 'unreachable', host });
const disconnected: PlainRow = ({ host }) => ({ kind: 'disconnected', host });
const noTls: PlainRow = ({ host }) => ({ kind: 'no-tls', host });
const broken: PlainRow = ({ host }) => ({ kind: 'broken-answer', host });
const headersTooLarge: PlainRow = ({ limits }) => ({
  kind: 'too-large',
  what: 'headers',
  limit: inBytes(limits.headerBytes),
});

/** By the error's code. What is not here goes by the call that failed. */
const byCode: ReadonlyMap<string, Row> = new Map<string, Row>([
  ['EAI_AGAIN', nameServer],
  ['EAI_FAIL', nameServer],
  ['ECONNREFUSED', refused],
  ['ECONNRESET', disconnected],
  ['EPROTO', noTls],
  ['UND_ERR_SOCKET', (where, { message }) => (message === 'bad upgrade' ? broken : disconnected)(where)],
  ['UND_ERR_INFO', disconnected],
  ['UND_ERR_DESTROYED', disconnected],
  // Before the headers are over it is how undici tells two lengths, or a length beside chunks.
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', (where) => (where.phase === 'reading' ? disconnected : broken)(where)],
  ['UND_ERR_HEADERS_OVERFLOW', headersTooLarge],
]);

/** By the system call that failed, whatever its reason. */
const byCall: ReadonlyMap<string, Row> = new Map([
  ['getaddrinfo', notFound],
  ['connect', unreachable],
  ['read', disconnected],
  ['write', disconnected],
]);

/** The reason for what a request threw. What no network does is a bug, and is thrown on. */
export function failureOf(thrown: unknown, where: Where): FailureReason {
  if (thrown instanceof Refusal) return thrown.reason;
  const error = thrown instanceof AggregateError ? telling(thrown.errors) : thrown;
  if (!(error instanceof Error)) throw thrown;
  const { code = '', syscall = '' }: NodeJS.ErrnoException = error;
  const row = byCode.get(code) ?? byCall.get(syscall);
  if (row) return row(where, error);
  if (error.name === 'HTTPParserError') return broken(where);
  if (/^ERR_(SSL|TLS)_/.test(code)) return (where.phase === 'reading' ? disconnected : noTls)(where);
  throw thrown;
}

/** Of what became of each of a host's addresses: a refusal shows that the machine is there. */
function telling(errors: NodeJS.ErrnoException[]): NodeJS.ErrnoException | undefined {
  return errors.find(({ code }) => code === 'ECONNREFUSED') ?? errors[0];
}

/** How much of anything a server may take. Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** For one feed in all: look-ups, redirects, reading. */
  deadline: number;
  /** For looking a name up and connecting, TLS included. */
  connect: number;
  /** From the question to the end of the answer's headers. */
  headers: number;
  /** Of an answer's body, on the wire and unpacked. */
  body: number;
  /** Of an answer's headers. */
  headerBytes: number;
  /** Redirects followed. */
  redirects: number;
}

export const defaultLimits: Limits = {
  deadline: 30_000,
  connect: 10_000,
  headers: 15_000,
  body: 5 * 1024 * 1024,
  headerBytes: 64 * 1024,
  redirects: 5,
};

/** `5 MB`, `64 KB`, `100 bytes`. */
export function inBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 * 1024 ? `${round(bytes / 1024)} KB` : `${round(bytes / 1024 / 1024)} MB`;
}

function round(size: number): number {
  return Math.round(size * 10) / 10;
}
