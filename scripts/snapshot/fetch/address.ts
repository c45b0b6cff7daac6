import ipaddr from 'ipaddr.js';
import type { FailureReason } from '../outcome.ts';

type Refusal = Extract<FailureReason, { kind: 'bad-address' }>;

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
export function doorOf(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

/** An address that may be asked, as far as its text can tell. */
export function readAddress(text: string, base?: URL): URL | Refusal {
  const url = URL.parse(text, base);
  if (url === null) return refuse(printable(text), 'it is not a full address; write https://…', base);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refuse(shown(url), 'only http and https can be', base);
  if (url.username !== '' || url.password !== '')
    return refuse(shown(url), 'a name and password may not stand in it', base);
  url.hash = '';
  return url;
}

function refuse(url: string, detail: string, base: URL | undefined): Refusal {
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
