import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import { createFetcher, type Fetcher } from '../../scripts/snapshot/fetch/fetcher.ts';
import type { Limits } from '../../scripts/snapshot/fetch/limits.ts';
import { type Fault, faults } from './faults.ts';

/** Certificates that `tests/fixtures/tls/make.sh` has made. Only the good one is in order. */
const certificates = ['good', 'expired', 'early', 'other', 'stranger', 'self'] as const;
export type Certificate = (typeof certificates)[number];

export type FaultServer = Awaited<ReturnType<typeof startFaultServer>>;

export const authority = pem('authority');

/** Real servers on ports that the system gives, which do under each path what `faults` says. */
export async function startFaultServer() {
  let busy = 0;
  let busiest = 0;
  const listener: RequestListener = (request, response) => {
    busy += 1;
    busiest = Math.max(busiest, busy);
    response.once('close', () => {
      busy -= 1;
    });
    faultOf(request)(request, response);
  };
  const plain = createServer(listener);
  const mute = createTcpServer((socket) => socket.resume());
  const secure = certificates.map((name) => ({
    name,
    server: createTlsServer({ cert: pem(name), key: pem('key') }, listener),
  }));
  const quiet = createTcpServer();
  const servers = [plain, mute, quiet, ...secure.map(({ server }) => server)];
  for (const server of servers) await listen(server);
  const secureHosts = secure.map(({ name, server }) => [name, `localhost:${portOf(server)}`]);
  // The near end of a connection: nothing listens there, and the system gives its port to no server of another test.
  const line = connect(portOf(quiet), '127.0.0.1').on('error', () => {});
  await once(line, 'connect');
  return {
    host: `127.0.0.1:${portOf(plain)}`,
    /** The same faults under https, one server for each certificate. */
    secure: Object.fromEntries(secureHosts) as Record<Certificate, string>,
    /** Takes connections and never says a word, not even TLS. */
    mute: `localhost:${portOf(mute)}`,
    /** Comes back when nobody is connected to the mute server. */
    muteIsAlone: async () => {
      for (const socket of open.get(mute) ?? []) await once(socket, 'close');
    },
    /** Nothing listens here. */
    closed: `127.0.0.1:${line.localPort}`,
    /** The most requests that were ever under way at once. */
    busiest: () => busiest,
    close: () => Promise.all(servers.map(stop)),
  };
}

/** A fetcher that may ask the fault server's ports and no other private one; its clock stands still. */
export function fetcherFor(server: FaultServer, limits: Partial<Limits> = {}): Fetcher {
  return createFetcher({
    userAgent: 'Orrery/0.1 (+https://planet.example/; feeds)',
    allowPrivate: [server.host, server.mute, server.closed, ...Object.values(server.secure)],
    now: () => new Date('2026-01-23T08:40:00Z'),
    limits,
  });
}

/** `/moved` is the fault of that name; `/to?http://…` redirects there. */
function faultOf({ url = '' }: IncomingMessage): Fault {
  const [path = '', query = ''] = url.split(/\?(.*)/s);
  if (path === '/to') {
    return (_request, response) => response.writeHead(302, { location: inUtf8(decodeURIComponent(query)) }).end();
  }
  const known: Record<string, Fault> = faults;
  return known[path.slice(1).replace(/^(endless-steps|slow-steps).*/, '$1')] ?? faults.missing;
}

/** As servers send what is not ASCII: Node writes header values as latin1. */
function inUtf8(location: string): string {
  return Buffer.from(location).toString('latin1');
}

function pem(name: string): string {
  return readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url), 'utf8');
}

export function portOf(server: TcpServer): number {
  return (server.address() as AddressInfo).port;
}

export async function listen(server: TcpServer, host = '127.0.0.1'): Promise<void> {
  const sockets = new Set<Socket>();
  open.set(server, sockets);
  server.on('connection', (socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
}

const open = new WeakMap<TcpServer, Set<Socket>>();

/** Ends the server and every conversation that it is in the middle of. */
export async function stop(server: TcpServer): Promise<void> {
  for (const socket of open.get(server) ?? []) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
}
