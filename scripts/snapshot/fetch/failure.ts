import { isIPv6 } from 'node:net';
import type { PeerCertificate } from 'node:tls';
import { mapByName } from '../../../src/core/text.ts';
import type { FailureReason, HostFailure } from '../outcome.ts';
import { inBytes, type Limits } from './limits.ts';

export type Phase = Extract<FailureReason, { kind: 'timed-out' }>['during'];

export type Where = { host: string; phase: Phase; limits: Limits };

/** An error that holds a reason of ours: the libraries between pass on errors only. */
export class Refusal extends Error {
  readonly reason: FailureReason;
  constructor(reason: FailureReason) {
    super(reason.kind);
    this.reason = reason;
  }
}

type Row = HostFailure | ((where: Where, error: Error) => HostFailure);

/** Kinds of failure by error code. For other codes the failed system call decides. */
const BY_CODE = mapByName<Row>({
  'EAI_AGAIN EAI_FAIL': 'name-server',
  ECONNREFUSED: 'refused',
  'ECONNRESET UND_ERR_INFO UND_ERR_DESTROYED': 'disconnected',
  EPROTO: 'no-tls',
  UND_ERR_SOCKET: (_where, { message }) => (message === 'bad upgrade' ? 'broken-answer' : 'disconnected'),
  // Before the end of the headers undici uses it for two lengths, or a length with chunks.
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ({ phase }) => (phase === 'reading' ? 'disconnected' : 'broken-answer'),
});

const BY_CALL = mapByName<Row>({
  getaddrinfo: 'name-not-found',
  connect: 'unreachable',
  'read write': 'disconnected',
});

/** The reason for an error of a request. Throws errors that the network cannot cause again, as they are bugs. */
export function failureOf(thrown: unknown, where: Where): FailureReason {
  if (thrown instanceof Refusal) return thrown.reason;
  const errors = thrown instanceof AggregateError ? thrown.errors : [thrown];
  // Of the errors for the addresses of a host, a refusal shows that the machine is there.
  const error: unknown = errors.find(({ code }) => code === 'ECONNREFUSED') ?? errors[0];
  if (!(error instanceof Error)) throw thrown;
  const { code = '', syscall = '' }: NodeJS.ErrnoException = error;
  const { host, phase, limits } = where;
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return { kind: 'too-large', what: 'headers', limit: inBytes(limits.headerBytes) };
  const row = BY_CODE.get(code) ?? BY_CALL.get(syscall);
  // https://github.com/actions/runner-images/issues/668
  if (row === 'unreachable' && errors.every(({ address = '' }) => isIPv6(address))) return { kind: 'only-ipv6', host };
  if (row) return { kind: typeof row === 'string' ? row : row(where, error), host };
  if (error.name === 'HTTPParserError') return { kind: 'broken-answer', host };
  if (/^ERR_(SSL|TLS)_/.test(code)) return { kind: phase === 'reading' ? 'disconnected' : 'no-tls', host };
  throw thrown;
}

/** By the error code of OpenSSL, as Node names it (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const CERTIFICATES = mapByName({
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by the server itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'it is signed by an authority that is not trusted here',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    'its issuer is unknown here; the server often forgets an intermediate certificate',
});

/** Why a certificate is not trusted, by the error with which Node ended the connection. */
export function certificateDetail({ code = '', cert }: NodeJS.ErrnoException & { cert?: PeerCertificate }): string {
  return cert ? `it is made out to ${certificateNames(cert)}` : (CERTIFICATES.get(code) ?? code);
}

function certificateNames({ subjectaltname = '' }: PeerCertificate): string {
  const names = subjectaltname.split(', ').map((name) => name.replace(/^[\w ]+:/, ''));
  const plain = names.filter((name) => /^[\w*.:-]{1,100}$/.test(name));
  if (plain.length === 0) return 'another name';
  return plain.length > 3 ? `${plain.slice(0, 3).join(', ')} and others` : plain.join(', ');
}
