import { expect, test } from 'vitest';
import { defaultLimits, failureOf } from '../../../scripts/snapshot/fetch/failure.ts';
import { failureSentence } from '../../../scripts/snapshot/outcome.ts';

// What a loopback server cannot do; the errors are spelled as Node 24 and undici 8 spell them.
const where = { host: 'blog.example', phase: 'connecting', limits: defaultLimits } as const;

function system(code: string, syscall: string): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
}

test.for([
  {
    error: system('ENOTFOUND', 'getaddrinfo'),
    says: 'the name blog.example is not found; the blog may have moved, or its domain expired',
  },
  {
    error: system('EAI_AGAIN', 'getaddrinfo'),
    says: 'the name blog.example could not be looked up just now; if all feeds say so, this machine is offline',
  },
  {
    error: system('ENETUNREACH', 'connect'),
    says: 'blog.example cannot be reached from here; if all feeds say so, this machine is offline',
  },
  {
    error: system('ETIMEDOUT', 'connect'),
    says: 'blog.example cannot be reached from here; if all feeds say so, this machine is offline',
  },
  {
    error: new AggregateError([system('ENETUNREACH', 'connect'), system('ECONNREFUSED', 'connect')]),
    says: 'blog.example refuses connections; its web server is down',
  },
  { error: system('ETIMEDOUT', 'read'), says: 'blog.example closed the connection before the answer was complete' },
  {
    error: Object.assign(new Error('alert'), { code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' }),
    says: 'blog.example offers no secure connection that we support; try the address with http://',
  },
])('$error.message', ({ error, says }) => {
  expect(failureSentence(failureOf(error, where))).toBe(says);
});

test.for([new TypeError('x is not a function'), new RangeError('Invalid array length'), 'a string'])(
  'a bug is thrown on: %s',
  (bug) => {
    expect(() => failureOf(bug, where)).toThrow();
  },
);
