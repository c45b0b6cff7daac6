import { lookup } from 'node:dns/promises';
import net, { isIP, type LookupFunction, type Socket } from 'node:net';
import tls, { TLSSocket } from 'node:tls';
import ipaddr from 'ipaddr.js';
import type { buildConnector } from 'undici';
import type { FailureReason } from '../outcome.ts';
import { certificateProblem } from './certificate.ts';
import { Refusal } from './failure.ts';
import { mendHead } from './response-head.ts';

type BadAddress = Extract<FailureReason, { kind: 'bad-address' }>;

const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Azure's host agent answers here, on an address that looks like any other; GitHub's runners live there. */
const hostAgent = '168.63.129.16';

/** Whether an IP address belongs to the open internet. What is not known to be so is not. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` unwraps ::ffff:127.0.0.1.
  const ip = ipaddr.process(address);
  if (ip instanceof ipaddr.IPv4) return ip.range() === 'unicast' && ip.toString() !== hostAgent;
  // A network that has IPv6 alone reaches every IPv4 host in this form, so it is the host inside that counts.
  if (ip.match(nat64)) return isPublic(ipaddr.fromByteArray(ip.toByteArray().slice(12)).toString());
  return ip.match(globalUnicast) && ip.range() === 'unicast';
}

/** As `PLANET_ALLOW_PRIVATE` spells a door: `localhost:8080`, `[::1]:80`. */
export function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

/** An address that may be asked, as far as its text can tell. */
export function readAddress(text: string, base?: URL): URL | BadAddress {
  const url = URL.parse(text, base);
  if (url === null) return refuse(printable(text), 'it is not a full address; write https://…', base);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refuse(shown(url), 'only http and https can be', base);
  if (url.username !== '' || url.password !== '')
    return refuse(shown(url), 'a name and password may not stand in it', base);
  url.hash = '';
  return url;
}

function refuse(url: string, detail: string, base: URL | undefined): BadAddress {
  return { kind: 'bad-address', url, detail, redirected: base !== undefined };
}

/** Without what may be secret: name, password, query. */
function shown(url: URL): string {
  return url.host === '' ? `a ${url.protocol} address` : printable(`${url.protocol}//${url.host}${url.pathname}`);
}

function printable(text: string): string {
  const plain = text.replaceAll(/[\p{C}\s]+/gu, ' ');
  return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain;
}

interface Options {
  /** The operator's door: private addresses are fine. */
  allowPrivate: boolean;
  /** Bytes of an answer's head. */
  headerBytes: number;
  /** Ends it. */
  signal: AbortSignal;
  onConnected: () => void;
}

/** A connector that looks names up itself, refuses private addresses, and connects to the very addresses it looked at. */
export function guardedConnector({
  allowPrivate,
  headerBytes,
  signal,
  onConnected,
}: Options): buildConnector.connector {
  return (target, callback) => {
    addressesOf(target.hostname, allowPrivate)
      .then((addresses) => connect(target, addresses, signal))
      .then(
        (socket) => {
          mendHead(socket, headerBytes);
          onConnected();
          callback(null, socket);
        },
        (error: Error) => callback(error, null),
      );
  };
}

async function addressesOf(host: string, allowPrivate: boolean): Promise<string[]> {
  // Every name under it is this machine by definition (RFC 6761 §6.3): no name server need be asked.
  if (!allowPrivate && /(^|\.)localhost\.?$/.test(host)) throw new Refusal({ kind: 'private-address', host });
  // Node asks no look-up function about a literal: it has to be judged here.
  const found = isIP(host) ? [host] : (await lookup(host, { all: true })).map(({ address }) => address);
  const addresses = allowPrivate ? found : found.filter(isPublic);
  if (addresses.length === 0) throw new Refusal({ kind: 'private-address', host });
  return addresses;
}

function connect(target: buildConnector.Options, addresses: string[], signal: AbortSignal): Promise<Socket> {
  // Name look-ups cannot be called off, so we may come too late.
  signal.throwIfAborted();
  const socket = open(target, addresses);
  return new Promise((resolve, reject) => {
    const end = () => socket.destroy(signal.reason);
    signal.addEventListener('abort', end);
    socket.on('error', reject);
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
      signal.removeEventListener('abort', end);
      const trouble = socket instanceof TLSSocket ? certificateProblem(socket, target.hostname) : null;
      if (trouble === null) return resolve(socket);
      socket.destroy();
      reject(new Refusal(trouble));
    });
  });
}

function open({ protocol, hostname, port, servername }: buildConnector.Options, addresses: string[]): Socket {
  const lookedUp = {
    host: hostname,
    lookup: answer(addresses),
    autoSelectFamily: true,
    // Node's quarter of a second gives up on a healthy server at the other end of the world.
    autoSelectFamilyAttemptTimeout: 2000,
  };
  if (protocol === 'http:') return net.connect({ ...lookedUp, port: Number(port || 80) });
  return tls.connect({
    ...lookedUp,
    port: Number(port || 443),
    ALPNProtocols: ['http/1.1'],
    // Names end without a dot in certificates; an address is no server name at all.
    servername: isIP(hostname) ? '' : (servername || hostname).replace(/\.$/, ''),
    // `certificateTrouble` judges it, while it can still be read: Node would throw it away with the connection.
    rejectUnauthorized: false,
  });
}

/** A look-up that only ever finds what was looked up, and looked at, before. */
function answer(addresses: string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all }, give) => {
    if (all) give(null, found);
    else give(null, addresses[0] ?? '', isIP(addresses[0] ?? ''));
  };
}
