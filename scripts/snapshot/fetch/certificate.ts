import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { dateText } from '../../../src/core/dates.ts';
import type { FailureReason } from '../outcome.ts';

type Row = (chain: DetailedPeerCertificate[]) => string;

const unknownIssuer: Row = () => 'its issuer is unknown here; the server often forgets an intermediate certificate';

/** Sentences by the error code of OpenSSL, as Node names it (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const ROWS: ReadonlyMap<string, Row> = new Map([
  ['CERT_HAS_EXPIRED', (chain) => `it expired on ${day(Math.min(...chain.map((c) => Date.parse(c.valid_to))))}`],
  [
    'CERT_NOT_YET_VALID',
    (chain) => `it is not valid before ${day(Math.max(...chain.map((c) => Date.parse(c.valid_from))))}`,
  ],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', () => 'it is signed by the server itself'],
  ['SELF_SIGNED_CERT_IN_CHAIN', () => 'it is signed by an authority that is not trusted here'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownIssuer],
  ['UNABLE_TO_GET_ISSUER_CERT', unknownIssuer],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', unknownIssuer],
  ['ERR_TLS_CERT_ALTNAME_INVALID', ([leaf]) => `it is made out to ${namesOf(leaf)}`],
]);

/** The reason why the certificate of a server is not trusted; null where it is trusted. */
export function certificateProblem(socket: TLSSocket, host: string): FailureReason | null {
  if (socket.authorized) return null;
  // Its type is an error; at run time it is the error code.
  const code = String(socket.authorizationError);
  const row = ROWS.get(code);
  return { kind: 'certificate', host, detail: row ? row(chainOf(socket)) : code };
}

function chainOf(socket: TLSSocket): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  let link: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  // A root is its own issuer.
  while (link?.valid_to && !chain.includes(link)) {
    chain.push(link);
    link = link.issuerCertificate;
  }
  return chain;
}

function namesOf(leaf: DetailedPeerCertificate | undefined): string {
  const names = (leaf?.subjectaltname ?? '').split(', ').map((name) => name.replace(/^[\w ]+:/, ''));
  const plain = names.filter((name) => /^[\w*.:-]{1,100}$/.test(name));
  if (plain.length === 0) return 'another name';
  return plain.length > 3 ? `${plain.slice(0, 3).join(', ')} and others` : plain.join(', ');
}

function day(time: number): string {
  if (!Number.isFinite(time)) return 'a date that cannot be read';
  return dateText(new Date(time).toISOString().slice(0, 10));
}
