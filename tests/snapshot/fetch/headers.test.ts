import { expect, test } from 'vitest';
import { freshUntil, readValidators, retryAt } from '../../../scripts/snapshot/fetch/headers.ts';

const now = new Date('2026-01-23T08:40:00Z');
const header = (headers: Record<string, string>) => (name: string) => headers[name] ?? null;

test.for([
  { says: '7200', until: '2026-01-23T10:40:00.000Z' },
  { says: ' 7200 ', until: '2026-01-23T10:40:00.000Z' },
  { says: '0', until: '2026-01-23T09:40:00.000Z' },
  { says: '1', until: '2026-01-23T09:40:00.000Z' },
  { says: '604800', until: '2026-01-30T08:40:00.000Z' },
  { says: '99999999999999999999999', until: '2026-01-30T08:40:00.000Z' },
  { says: 'Fri, 23 Jan 2026 18:40:00 GMT', until: '2026-01-23T18:40:00.000Z' },
  { says: 'Friday, 23-Jan-26 18:40:00 GMT', until: '2026-01-23T18:40:00.000Z' },
  { says: 'Fri Jan 23 18:40:00 2026', until: '2026-01-23T18:40:00.000Z' },
  { says: '2026-01-23T18:40:00Z', until: '2026-01-23T18:40:00.000Z' },
  { says: '2026-01-23T18:40:00', until: '2026-01-23T18:40:00.000Z' },
  { says: 'Fri, 23 Jan 2026 20:40:00 +0200', until: '2026-01-23T18:40:00.000Z' },
  { says: 'Thu, 01 Jan 1970 00:00:00 GMT', until: '2026-01-23T09:40:00.000Z' },
  { says: 'Fri, 23 Jan 2099 18:40:00 GMT', until: '2026-01-30T08:40:00.000Z' },
  { says: '-1', until: null },
  { says: 'soon', until: null },
  { says: '3 hours', until: null },
  { says: 'Fri, 99 Foo 2026 99:99:99 GMT', until: null },
  { says: '', until: null },
])('a server that sends us away with “$says”', ({ says, until }) => {
  expect(retryAt(header({ 'retry-after': says }), now)?.toISOString() ?? null).toBe(until);
});

test.for(['Thu, 23 Jan 2025 08:40:00 GMT', 'Mon, 26 Jan 2026 08:40:00 GMT'])(
  'a server whose clock says “%s” means the two hours between its dates',
  (date) => {
    const later = new Date(Date.parse(date) + 2 * 3_600_000).toUTCString();
    expect(retryAt(header({ date, 'retry-after': later }), now)).toEqual(new Date('2026-01-23T10:40:00Z'));
  },
);

test('a server that sends us away without a word on how long', () => {
  expect(retryAt(header({}), now)).toBeNull();
});

test.for<{ says: Record<string, string>; until: string | null }>([
  { says: {}, until: null },
  { says: { 'cache-control': 'max-age=3600' }, until: '2026-01-23T09:40:00.000Z' },
  { says: { 'cache-control': 'public, Max-Age="3600"' }, until: '2026-01-23T09:40:00.000Z' },
  { says: { 'cache-control': 'max-age=3600, max-age=7200' }, until: '2026-01-23T09:40:00.000Z' },
  { says: { 'cache-control': 'max-age=3600', age: '600' }, until: '2026-01-23T09:30:00.000Z' },
  { says: { 'cache-control': 'max-age=3600', age: '3600' }, until: null },
  { says: { 'cache-control': 'max-age=31536000, immutable' }, until: '2026-01-24T08:40:00.000Z' },
  { says: { 'cache-control': 'max-age=0' }, until: null },
  { says: { 'cache-control': 'max-age=-1' }, until: null },
  { says: { 'cache-control': 'max-age=lots' }, until: null },
  { says: { 'cache-control': 'no-cache, max-age=3600' }, until: null },
  { says: { 'cache-control': 'no-store, max-age=3600' }, until: null },
  { says: { 'cache-control': 's-maxage=3600' }, until: null },
  { says: { 'cache-control': ',;=,' }, until: null },
  { says: { expires: 'Fri, 23 Jan 2026 10:40:00 GMT' }, until: '2026-01-23T10:40:00.000Z' },
  // A server whose clock is a year behind means the two hours between its dates.
  {
    says: { expires: 'Thu, 23 Jan 2025 10:40:00 GMT', date: 'Thu, 23 Jan 2025 08:40:00 GMT' },
    until: '2026-01-23T10:40:00.000Z',
  },
  { says: { expires: 'Sat, 23 Jan 2027 10:40:00 GMT' }, until: '2026-01-24T08:40:00.000Z' },
  { says: { expires: 'Thu, 19 Nov 1981 08:52:00 GMT' }, until: null },
  { says: { expires: '0' }, until: null },
  { says: { expires: '-1' }, until: null },
  {
    says: { 'cache-control': 'max-age=3600', expires: 'Thu, 19 Nov 1981 08:52:00 GMT' },
    until: '2026-01-23T09:40:00.000Z',
  },
])('an answer with $says', ({ says, until }) => {
  expect(freshUntil(header(says), now)?.toISOString() ?? null).toBe(until);
});

test.for([
  { says: 'Fri, 23 Jan 2026 08:40:00 GMT', kept: true },
  { says: 'yesterday', kept: true },
  { says: 'Fri, 23 Jan 2026 08:40:01 GMT', kept: false },
  { says: 'Tue, 23 Jan 2036 08:40:00 GMT', kept: false },
])('a feed that was last modified “$says”', ({ says, kept }) => {
  const validators = readValidators(header({ etag: '"1"', 'last-modified': says }), now);
  expect(validators).toEqual({ etag: '"1"', ...(kept && { lastModified: says }) });
});
