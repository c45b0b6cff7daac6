import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPublic } from '../../../scripts/snapshot/fetch/connect.ts';
import { createFetcher } from '../../../scripts/snapshot/fetch/fetcher.ts';
import { type FaultServer, listen, portOf, startFaultServer, stop } from '../../lib/fault-server.ts';

const open =
  '93.184.216.34 8.8.8.8 172.32.0.1 100.128.0.1 2606:2800:220:1:248:1893:25c8:1946 ::ffff:8.8.8.8 ' +
  // How a network without IPv4 reaches 8.8.8.8.
  '64:ff9b::808:808';

test.for(open.split(' '))('%s is of the open internet', (address) => {
  expect(isPublic(address)).toBe(true);
});

const closed = {
  'this machine, this network':
    '127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 ' +
    '169.254.169.254 100.64.0.1 100.100.100.200 168.63.129.16 :: ::1 fe80::1 fe80::1%eth0 fc00::1 ' +
    'fd00:ec2::254 fec0::1',
  'many, or nobody': '224.0.0.1 239.255.255.255 255.255.255.255 240.0.0.1 ff02::1 100::1',
  'kept for examples and measurements':
    '192.0.2.1 192.0.0.1 198.51.100.1 203.0.113.1 198.18.0.1 2001:db8::1 3fff::1 2001:2::1',
  'IPv4 inside of IPv6':
    '::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:168.63.129.16 ::127.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 ' +
    '64:ff9b::a9fe:a9fe 64:ff9b::a83f:8110 64:ff9b:1::808:808 2002:7f00:1:: 2002:808:808::1 2001::1 ' +
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  'no address at all': 'localhost 127.1 1.2.3.4.5 ',
};

test.for(Object.entries(closed).flatMap(([what, list]) => list.split(' ').map((address) => [address, what] as const)))(
  '“%s” is not: it is %s',
  ([address]) => {
    expect(isPublic(address)).toBe(false);
  },
);

describe('a port of this machine that no door opens', () => {
  let inner: Server;
  let port: number;
  let knocks = 0;
  let server: FaultServer;

  beforeAll(async () => {
    inner = createServer((socket) => {
      knocks += 1;
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>');
    });
    // On every address that the machine has, in both families where there are both.
    await listen(inner, '::').catch(() => listen(inner, '0.0.0.0'));
    port = portOf(inner);
    server = await startFaultServer();
  });
  afterAll(() => Promise.all([stop(inner), server.close()]));

  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ address }) => !isPublic(address) && !address.startsWith('fe80'))
    .map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));

  const forms = [
    ...new Set(own),
    ...(
      '127.0.0.1 127.0.0.1. 127.1 127.0.1.1 2130706433 0x7f.1 0x7f000001 0177.0.0.1 017700000001 0 0.0.0.0 ' +
      '%31%32%37.0.0.1 ①②⑦.⓪.⓪.① １２７。0。0。1 localhost localhost. LOCALHOST ｌocalhost feeds.localhost [::1] ' +
      '[0:0:0:0:0:0:0:1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [::ffff:0:127.0.0.1] ' +
      '[64:ff9b::127.0.0.1] [64:ff9b:1::127.0.0.1] [2002:7f00:1::] [2001:0:0:0:0:0:80ff:fffe] ' +
      'me:hush@127.0.0.1'
    ).split(' '),
  ];

  function fetcher(...doors: string[]) {
    return createFetcher({ userAgent: 'Orrery/0.1', allowPrivate: doors, now: () => new Date() });
  }

  test.for(forms)('%s is refused, asked or redirected to', async (form) => {
    const { fetchFeed } = fetcher(server.host, `localhost:${port + 1}`, `127.0.0.1:${port}0`);
    for (const target of [`http://${form}:${port}/`, `https://${form}:${port}/`, `//${form}:${port}/`]) {
      const hop = `http://${server.host}/to?${encodeURIComponent(target)}`;
      for (const url of target.startsWith('//') ? [hop] : [target, hop]) {
        const fetched = await fetchFeed({ url, validators: {} });
        expect(fetched).toMatchObject({
          kind: 'failed',
          reason: { kind: expect.stringMatching(/^(private-address|bad-address)$/) },
        });
      }
    }
    expect(knocks).toBe(0);
  });

  test('a door opens the host that it names and no other', async () => {
    const asked = async (door: string, host: string) =>
      (await fetcher(door).fetchFeed({ url: `http://${host}:${port}/`, validators: {} })).kind;
    expect(await asked(`localhost:${port}`, '127.0.0.1')).toBe('failed');
    expect(await asked(`127.0.0.1:${port}`, 'localhost')).toBe('failed');
    expect(await asked('127.0.0.1', '127.0.0.1')).toBe('failed');
    expect(knocks).toBe(0);
    expect(await asked(`127.0.0.1:${port}`, '127.0.0.1')).toBe('body');
    expect(await asked(`localhost:${port}`, 'localhost')).toBe('body');
    const { fetchFeed } = fetcher(server.host, `127.0.0.1:${port}`);
    const way = `http://${server.host}/to?${encodeURIComponent(`//①②⑦.1:${port}/`)}`;
    expect(await fetchFeed({ url: way, validators: {} })).toMatchObject({ kind: 'body' });
    expect(knocks).toBe(3);
  });
});
