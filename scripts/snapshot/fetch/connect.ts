import { lookup } from 'node:dns/promises';
import net, { isIP, type LookupFunction, type Socket } from 'node:net';
import tls, { TLSSocket } from 'node:tls';
import ipaddr from 'ipaddr.js';
import type { buildConnector } from 'undici';
import { cleanText, cutTo } from '../../../src/core/clean-text.ts';
import type { FailureReason } from '../outcome.ts';
import { certificateDetail, Refusal } from './failure.ts';
import { mendHead } from './response-head.ts';

type BadAddress = Extract<FailureReason, { kind: 'bad-address' }>;

const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Azure's host agent: its address looks public, and GitHub's runners can reach it (https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16). */
const hostAgent = '168.63.129.16';

/** Whether an IP address is public. Unknown ranges are not. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` unwraps ::ffff:127.0.0.1.
  const ip = ipaddr.process(address);
  if (ip instanceof ipaddr.IPv4) return ip.range() === 'unicast' && ip.toString() !== hostAgent;
  // Networks with only IPv6 reach IPv4 hosts in this form (RFC 6052), so the IPv4 address inside counts.
  if (ip.match(nat64)) return isPublic(ipaddr.fromByteArray(ip.toByteArray().slice(12)).toString());
  return ip.match(globalUnicast) && ip.range() === 'unicast';
}

/** Host and port in the form of `PLANET_ALLOW_PRIVATE`: `localhost:8080`, `[::1]:80`. */
export function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

/** The address, or the reason why it must not be requested, as far as its text shows. */
export function readAddress(text: string, base?: URL): URL | BadAddress {
  const url = URL.parse(text, base);
  if (url === null) return refuse(cutTo(200, cleanText(text)), 'it is not a full address; write https://…', base);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refuse(shown(url), 'only http and https addresses can be', base);
  if (url.username !== '' || url.password !== '')
    return refuse(shown(url), 'it must not contain a name or a password', base);
  url.hash = '';
  return url;
}

function refuse(url: string, detail: string, base: URL | undefined): BadAddress {
  return { kind: 'bad-address', url, detail, redirected: base !== undefined };
}

/** The address without parts that may be secret: name, password, query. */
function shown(url: URL): string {
  return url.host === '' ? `a ${url.protocol} address` : cutTo(200, `${url.protocol}//${url.host}${url.pathname}`);
}

interface Options {
  allowPrivate: boolean;
  /** The limit for the head of an answer. */
  headerBytes: number;
  signal: AbortSignal;
  onConnected: () => void;
}

/** A connector that looks names up, refuses private addresses, and connects only to the addresses that it checked. */
export function guardedConnector({ allowPrivate, headerBytes, signal, onConnected }: Options) {
  return ((target, callback) => {
    const connected = addressesOf(target.hostname, allowPrivate).then((found) => connect(target, found, signal));
    const use = (socket: Socket): void => {
      mendHead(socket, headerBytes);
      onConnected();
      callback(null, socket);
    };
    connected.then(use, (error: Error) => callback(error, null));
  }) satisfies buildConnector.connector;
}

async function addressesOf(host: string, allowPrivate: boolean): Promise<string[]> {
  // All names under `localhost` are this machine (https://www.rfc-editor.org/rfc/rfc6761#section-6.3): no look-up is needed.
  if (!allowPrivate && /(^|\.)localhost\.?$/.test(host)) throw new Refusal({ kind: 'private-address', host });
  // For an IP literal Node calls no look-up function.
  const found = isIP(host) ? [host] : (await lookup(host, { all: true })).map(({ address }) => address);
  const addresses = allowPrivate ? found : found.filter(isPublic);
  if (addresses.length === 0) throw new Refusal({ kind: 'private-address', host });
  return addresses;
}

function connect(target: buildConnector.Options, addresses: string[], signal: AbortSignal): Promise<Socket> {
  // A look-up cannot be cancelled, so the signal may have fired already.
  signal.throwIfAborted();
  const socket = open(target, addresses);
  return new Promise((resolve, reject) => {
    const end = () => socket.destroy(signal.reason);
    signal.addEventListener('abort', end);
    socket.on('error', (error) => {
      const isUntrusted = socket instanceof TLSSocket && Boolean(socket.authorizationError);
      const detail = isUntrusted ? certificateDetail(error) : null;
      reject(detail === null ? error : new Refusal({ kind: 'certificate', host: target.hostname, detail }));
    });
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
      signal.removeEventListener('abort', end);
      resolve(socket);
    });
  });
}

function open({ protocol, hostname, port, servername }: buildConnector.Options, addresses: string[]): Socket {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  // With `autoSelectFamily`, Node always asks for all addresses.
  const resolved: LookupFunction = (_host, _options, callback) => callback(null, found);
  // Node's default of 250 ms for one address is too short for a server at the other end of the world.
  const tries = { lookup: resolved, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 2000 };
  if (protocol === 'http:') return net.connect({ ...tries, host: hostname, port: Number(port || 80) });
  return tls.connect({
    ...tries,
    host: hostname,
    port: Number(port || 443),
    ALPNProtocols: ['http/1.1'],
    // Names in certificates end without a dot; an IP address is no server name (https://www.rfc-editor.org/rfc/rfc6066#section-3).
    servername: isIP(hostname) ? '' : (servername || hostname).replace(/\.$/, ''),
    // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
    rejectUnauthorized: true,
  });
}
