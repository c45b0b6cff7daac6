import type { FailureReason } from '../outcome.ts';

/** The phase of a request in which it failed. */
export type Phase = 'connecting' | 'waiting for an answer' | 'reading';

interface Where {
  host: string;
  phase: Phase;
  limits: Limits;
}

/** An error with our own reason, to pass it through a library that only passes errors. */
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

/** Reasons by error code. For other codes the failed system call decides. */
const byCode: ReadonlyMap<string, Row> = new Map<string, Row>([
  ['EAI_AGAIN', nameServer],
  ['EAI_FAIL', nameServer],
  ['ECONNREFUSED', refused],
  ['ECONNRESET', disconnected],
  ['EPROTO', noTls],
  ['UND_ERR_SOCKET', (where, { message }) => (message === 'bad upgrade' ? broken : disconnected)(where)],
  ['UND_ERR_INFO', disconnected],
  ['UND_ERR_DESTROYED', disconnected],
  // Before the end of the headers undici uses it for two lengths, or a length with chunks.
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', (where) => (where.phase === 'reading' ? disconnected : broken)(where)],
  ['UND_ERR_HEADERS_OVERFLOW', headersTooLarge],
]);

/** Reasons by the system call that failed. */
const byCall: ReadonlyMap<string, Row> = new Map([
  ['getaddrinfo', notFound],
  ['connect', unreachable],
  ['read', disconnected],
  ['write', disconnected],
]);

/** The reason for an error of a request. Throws errors that the network cannot cause again, as they are bugs. */
export function failureOf(thrown: unknown, where: Where): FailureReason {
  if (thrown instanceof Refusal) return thrown.reason;
  const error = thrown instanceof AggregateError ? clearestError(thrown.errors) : thrown;
  if (!(error instanceof Error)) throw thrown;
  const { code = '', syscall = '' }: NodeJS.ErrnoException = error;
  const row = byCode.get(code) ?? byCall.get(syscall);
  if (row) return row(where, error);
  if (error.name === 'HTTPParserError') return broken(where);
  if (/^ERR_(SSL|TLS)_/.test(code)) return (where.phase === 'reading' ? disconnected : noTls)(where);
  throw thrown;
}

/** The clearest of the errors for the addresses of a host: a refusal shows that the machine is there. */
function clearestError(errors: NodeJS.ErrnoException[]): NodeJS.ErrnoException | undefined {
  return errors.find(({ code }) => code === 'ECONNREFUSED') ?? errors[0];
}

/** The limits of a request. Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** For a whole feed: look-ups, redirects, reading. */
  deadline: number;
  /** For the look-up and the connection, with TLS. */
  connect: number;
  /** From the request to the end of the answer's headers. */
  headers: number;
  /** For the body of an answer, packed and unpacked. */
  body: number;
  /** For the headers of an answer. */
  headerBytes: number;
  /** The number of redirects that are followed. */
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
