import { expect, test } from 'vitest';
import { parseDate } from '../scripts/snapshot/normalise/dates.ts';

const same = '2004-01-01T19:48:21';
const midnight = '2003-12-31T00:00:00';

test.for([
  // RFC 822, as written and as miswritten
  ['Thu, 01 Jan 2004 19:48:21 GMT', same],
  ['Thu, 01 Jan 2004 19:48 GMT', '2004-01-01T19:48:00'],
  ['1 Jan 04 19:48:21 Z', same],
  ['Thu,01 Jan 2004 19:48:21 +0000 (UTC)', same],
  ['  Thu, 01  Jan 2004\n19:48:21 GMT ', same],
  ['Thursday, 01 January 2004 19:48:21 UT', same],
  ['Thu, 01-Jan-2004 19:48:21 GMT', same],
  ['Thu, 01 Jan 2004 14:48:21 EST', same],
  ['Thu, 01 Jan 2004 20:48:21 CET', same],
  ['Fri, 02 Jan 2004 01:18:21 +0530', same],
  ['Thu, 01 Jan 2004 11:48:21 -08:00', same],
  ['Thu, 01 Jan 2004 20:48:21 GMT+1', same],
  ['Thu, 01 Jan 2004 19:48:21 Etc/GMT', same],
  ['Thu, 01 Jan 2004 7:48:21 PM', same],
  ['Thu, 01 Jan 1999 19:48:21 GMT', '1999-01-01T19:48:21'],
  ['Thu, 01 Jan 99 00:00:00 GMT', '1999-01-01T00:00:00'],
  ['Thu, 01 Jan 2004', '2004-01-01T00:00:00'],
  // a date without a zone, or with one that nobody knows, is UTC, wherever this runs
  ['Thu, 01 Jan 2004 19:48:21', same],
  ['Thu, 01 Jan 2004 19:48:21 XYZT', same],
  ['2004-01-01T19:48:21', same],
  // the order of C, and of Americans
  ['Thu Jan  1 19:48:21 2004', same],
  ['Thu Jan 01 14:48:21 EST 2004', same],
  ['Thu Jan 01 2004 20:48:21 GMT+0100 (CET)', same],
  ['January 1, 2004 7:48:21 pm', same],
  ['Sept. 1, 2004', '2004-09-01T00:00:00'],
  // ISO 8601 and its profiles
  ['2004-01-01T19:48:21Z', same],
  ['2004-01-01t19:48:21z', same],
  ['2004-01-01T19:48:21.999Z', same],
  ['2004-01-01T20:48:21+01', same],
  ['2004-01-01T20:48:21+0100', same],
  ['2004-01-01T14:18:21-05:30', same],
  ['2004-1-1 19:48:21', same],
  ['2004-01-01 20:48:21 +0100', same],
  ['20040101T194821Z', same],
  ['2003', '2003-01-01T00:00:00'],
  ['2003-12', '2003-12-01T00:00:00'],
  ['2003-12-31', midnight],
  ['20031231', midnight],
  ['2003-365', midnight],
  ['2003365', midnight],
  ['2004-W01-3', midnight],
  ['03-12-31', midnight],
  ['031231', midnight],
  ['-03-12', '2003-12-01T00:00:00'],
  ['2003-12-30T24:00:00Z', midnight],
  ['2003-12-30T23:59:60Z', midnight],
  // the wild
  ['Thu, 2004/01/01 14:48:21 EST', same],
  ['2004/01/01 19:48:21', same],
  ['31.12.2003', midnight],
  ['12/31/2003', midnight],
  ['1/1/2004 7:48:21 PM', same],
  ['2004년 01월 02일  04:48:21', same],
  ['2004-01-02 오전 04:48:21', same],
  ['2003年12月31日', midnight],
  ['Κυρ, 11 Ιούλ 2004 12:00:00 EST', '2004-07-11T17:00:00'],
  ['2004-július-13T9:15-05:00', '2004-07-13T14:15:00'],
  ['Do, 01 Mär 2012 10:00:00 +0100', '2012-03-01T09:00:00'],
  ['jeudi 1 février 2024 10:00', '2024-02-01T10:00:00'],
  ['tors, 01 maj 2014 10:00:00 GMT', '2014-05-01T10:00:00'],
  ['5 de março de 2015', '2015-03-05T00:00:00'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00'],
] as const)('%s', ([written, utc]) => {
  expect(parseDate(written)?.toISOString()).toBe(`${utc}.000Z`);
});

test.for([
  'yesterday',
  '',
  ' ',
  'Mon, 30 Feb 2004 10:00:00 GMT',
  '2004-02-30',
  '2003-02-29T00:00:00Z',
  '2003-366',
  '2003-13-01',
  '2003-00-10',
  'Thu, 32 Jan 2004 10:00:00 GMT',
  'Thu, 00 Jan 2004 10:00:00 GMT',
  'Thu, 01 Foo 2004 10:00:00 GMT',
  'Thu, 01 Jan 2004 25:00:00 GMT',
  '2004-01-01T19:61:00Z',
  '2004-01-01T24:00:01Z',
  // no telling which is the month
  '03/04/2005',
])('refuses %j', (written) => {
  expect(parseDate(written)).toBeNull();
});
