import { expect, test } from 'vitest';
import { failureOf } from '../../../scripts/snapshot/fetch/failure.ts';
import { defaultLimits } from '../../../scripts/snapshot/fetch/limits.ts';
import { failureSentence } from '../../../scripts/snapshot/outcome.ts';
import { rows } from '../../lib/case-table.ts';

// What a loopback server cannot do; the errors are spelled as Node 24 and undici 8 spell them.
const where = { host: 'blog.example', phase: 'connecting', limits: defaultLimits } as const;

function system(code: string, syscall: string, address = '192.0.2.1'): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall, address });
}

const said = (error: Error) => failureSentence(failureOf(error, where));

test.for(rows`
  ENOTFOUND | getaddrinfo | the name blog.example is not found; the blog may have moved, or its domain expired
  EAI_AGAIN | getaddrinfo | the name blog.example could not be looked up just now; if all feeds say so, this machine is offline
  ENETUNREACH | connect | blog.example cannot be reached from here; if all feeds say so, this machine is offline
  ETIMEDOUT | connect | blog.example cannot be reached from here; if all feeds say so, this machine is offline
  ETIMEDOUT | read | blog.example closed the connection before the answer was complete
`)('%s %s', ([code, syscall, says]) => expect(said(system(code, syscall))).toBe(says));

test('the reason of a failure is that of the address that answered; a TLS alert is named', () => {
  const several = new AggregateError([system('ENETUNREACH', 'connect'), system('ECONNREFUSED', 'connect')]);
  expect(said(several)).toBe('blog.example refuses connections; its web server is down');
  const alert = Object.assign(new Error('alert'), { code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
  expect(said(alert)).toBe('blog.example offers no secure connection that we support; try the address with http://');
});

test('a host that only machines with IPv6 reach is not down', () => {
  const errors = ['2001:db8::1', '2001:db8::2'].map((address) => system('ENETUNREACH', 'connect', address));
  const says =
    'blog.example has only IPv6 addresses, and they cannot be reached from here; machines of GitHub have no IPv6';
  for (const error of [errors[0] as Error, new AggregateError(errors)]) expect(said(error)).toBe(says);
  const both = new AggregateError([...errors, system('ETIMEDOUT', 'connect')]);
  expect(said(both)).toBe('blog.example cannot be reached from here; if all feeds say so, this machine is offline');
});

test.for([new TypeError('x is not a function'), new RangeError('Invalid array length'), 'a string'])(
  'a bug is thrown on: %s',
  (bug) => {
    expect(() => failureOf(bug, where)).toThrow();
  },
);
