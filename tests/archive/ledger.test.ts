import { appendFile, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { acceptLoss } from '../../scripts/archive-branch/forget.ts';
import { operatorError } from '../../scripts/cli.ts';
import { reportText } from '../../scripts/snapshot/report.ts';
import { lacking, ledgerSum, ledgerText, monthRow, parseLedger } from '../../src/archive/ledger.ts';
import { aPlanet, aServedPlanet } from '../lib/a-planet.ts';
import { post } from '../lib/builders.ts';
import { rss } from '../lib/feed-server.ts';
import { planetYaml } from '../lib/planet.ts';
import { programHere } from '../lib/program-here.ts';
import { mayMount, tinyDisk } from '../lib/tiny-disk.ts';

const posts = (feed: string, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const date = `2025-0${(i % 3) + 1}-10T00:00:00Z`;
    return { title: `Post ${i} of ${feed}`, link: `https://${feed}.example/${i}`, date };
  });

const now = new Date('2026-02-25T06:00:00Z');

/** An archive of three months, each with two entries of `a` and two of `b`, and a planet that is still to be read. */
async function grown(made = aPlanet({ a: '', b: '' }, { now })) {
  const { folder, env, reads, snapshot, site } = await made;
  await reads({ a: rss(posts('a', 6)), b: rss(posts('b', 6)) });
  const archive = join(folder.path, 'archive');
  return {
    ...folder,
    file: (name: string) => join(archive, name),
    /** What a snapshot says, or why it stops. */
    report: (at = now) => said(snapshot(at).then(reportText)),
    /** Why the site is not built; the number of its entries where it is. */
    site: () => said(site().then(({ entries }) => `${entries.length} entries`)),
    acceptLoss: (month: string) => said(acceptLoss(archive, month)),
    program: (...args: string[]) => programHere(args, env),
  };
}

/** Only what is meant for the operator may stop a run. */
async function said(work: Promise<string>): Promise<string> {
  return work.catch((error: unknown) => `stopped: ${operatorError(error).message}`);
}

const linesIn = async (file: string) => (await readFile(file, 'utf8')).trimEnd().split('\n');
const lf = (lines: readonly string[]) => `${lines.join('\n')}\n`;

/** What somebody does to a file. */
type Harm = (file: string) => Promise<unknown>;
const inMonth = (change: (lines: string[]) => string) => async (file: string) =>
  writeFile(file, change(await linesIn(file)));

describe('a month that lacks what it should hold', () => {
  const others = ['x', 'y'].map((id) => JSON.stringify(post(id, { published: '2025-02-01T00:00:00Z' })));
  test.for<[what: string, harm: Harm, holds: number]>([
    ['was deleted', (file) => rm(file), 0],
    ['was emptied', inMonth(() => ''), 0],
    ['was cut after a whole line', inMonth(([first = '']) => lf([first])), 1],
    ['has others in the place of some', inMonth(([, ...lines]) => lf([...lines, ...others])), 3],
    ['has a name in capitals', (file) => rename(file, file.replace('ndjson', 'NDJSON')), 0],
  ])('because it %s: no snapshot, no site, no decision, until it is back or accepted', async ([, harm, holds]) => {
    const folder = await grown();
    const whole = await readFile(folder.file('2025-02.ndjson'));
    await harm(folder.file('2025-02.ndjson'));
    const harmed = await folder.archive();
    const stopped = await folder.report();
    const says = `stopped: 2025-02.ndjson holds ${holds} of the 4 entries it should hold.`;
    for (const each of [says, '"npm run archive -- accept-loss 2025-02"']) expect(stopped).toContain(each);
    expect(await folder.site()).toContain(says);
    // Nobody has written what is there now as what should be there.
    expect(await folder.archive()).toEqual(harmed);
    await writeFile(folder.file('2025-02.ndjson'), whole);
    expect(await folder.report()).toContain('12 entries: 0 new');
  });

  test('stops every program with a sentence', async () => {
    const folder = await grown();
    await rm(folder.file('2025-02.ndjson'));
    const sentence = /^2025-02\.ndjson holds 0 of the 4 entries it should hold\.\nNothing was written\. .*\n$/;
    const stopped = { code: 1, stdout: '', stderr: expect.stringMatching(sentence) };
    for (const args of [['scripts/snapshot.ts'], ['scripts/site.ts'], ['scripts/planet.ts', 'accept', 'a']])
      expect.soft(await folder.program(...args)).toMatchObject(stopped);
    const doctor = await folder.program('scripts/planet.ts', 'doctor');
    expect(doctor).toMatchObject({ code: 1, stdout: expect.stringMatching(/✗ 2025-02\.ndjson holds 0 of the 4/) });
    expect(await folder.program('scripts/archive.ts', 'accept-loss', 'January')).toMatchObject({ code: 2 });
    expect(await folder.program('scripts/archive.ts', 'accept-loss', '2025-02')).toMatchObject({ code: 0, stderr: '' });
    const has = '✓ Every month has all entries of the ledger (2 months). You have accepted the loss of 4 entries.';
    expect((await folder.program('scripts/planet.ts', 'doctor')).stdout).toContain(has);
  });

  test('holds from then on what it has, once its loss is accepted', async () => {
    const folder = await grown();
    await rm(folder.file('2025-02.ndjson'));
    for (const feed of ['a', 'b']) await folder.write(`${feed}.xml`, rss(posts(feed, 1)));
    const none = '2025-01.ndjson has all expected entries. There is no loss to accept.';
    expect(await folder.acceptLoss('2025-01')).toBe(none);
    expect(await folder.report()).toMatch(/^stopped/);
    expect(await folder.acceptLoss('2025-02')).toContain('Accepted the loss of 4 entries');
    expect(await folder.report()).toContain('8 entries: 0 new');
    expect(await folder.site()).toBe('8 entries');
  });

  test('holds again what its server still lists, once its loss is accepted, although that never changed', async () => {
    const answer: RequestListener = (request, response) => {
      const headers = { etag: '"1"', 'cache-control': 'max-age=80000' };
      if (request.headers['if-none-match']) response.writeHead(304, headers).end();
      else response.writeHead(200, headers).end(rss(posts('a', 6)));
    };
    const planet = aServedPlanet({ '/a': answer }, (url) => planetYaml({ a: url('/a'), b: 'b.xml' }), now);
    const folder = await grown(planet);
    await rm(folder.file('2025-02.ndjson'));
    await folder.acceptLoss('2025-02');
    expect(await folder.report()).toContain('12 entries: 4 new');
  });

  test('is set aside and named if it is a folder', async () => {
    const folder = await grown();
    await rm(folder.file('2025-02.ndjson'));
    await mkdir(folder.file('2025-02.ndjson'));
    const aside = /2025-02\.ndjson is a folder.*was set aside as .*\.damaged/;
    expect((await folder.program('scripts/snapshot.ts')).stderr).toMatch(aside);
    await rm(folder.file('2025-02.ndjson.damaged'), { recursive: true });
    expect(await folder.report()).toContain('2025-02.ndjson holds 0 of the 4 entries');
  });
});

describe('a change by hand is accepted, with one line in one report', () => {
  const other = JSON.stringify(post('by-hand', { published: '2025-02-20T00:00:00Z' }));
  const mended = (lines: string[]) => lf(lines).replace('Post 1 of a', 'Post one of a');
  const longer = ([first = '']: string[]) => first.replace('"Post 1', '"A longer title than Post 1');
  test.for<[what: string, change: Harm, says: RegExp, entries?: number]>([
    ['line ends of Windows', inMonth((lines) => `${lines.join('\r\n')}\r\n`), /had line ends/],
    ['a byte-order mark', inMonth((lines) => `\uFEFF${lf(lines)}`), /written again/],
    ['blank lines', inMonth((lines) => `\n${lines.join('\n\n')}\n\n`), /written again/],
    ['no end of the last line', inMonth((lines) => lines.join('\n')), /written again/],
    ['a mended title', inMonth(mended), /was changed by hand, and all 4 entries are there/],
    ['an entry more', inMonth((lines) => lf([...lines, other])), /holds 1 entry more than a snapshot wrote/, 13],
    [
      'a line twice',
      inMonth((lines) => lf([...lines, lines[0] ?? ''])),
      / has \S+\/[01] of a twice: one line is left out/,
    ],
    [
      'an entry in other words too',
      inMonth((lines) => lf([longer(lines), ...lines])),
      / has \S+\/1 of a twice: the texts differ/,
    ],
  ])('%s', async ([, change, says, entries = 12]) => {
    const folder = await grown();
    const file = folder.file('2025-02.ndjson');
    const before = await readFile(file, 'utf8');
    for (const feed of ['a.xml', 'b.xml']) await rm(join(folder.path, feed));
    await change(file);
    // The site may be built before a snapshot has mended it, and counts no entry twice.
    expect(await folder.site()).toBe(`${entries} entries`);
    const notes = (await folder.report()).split('\n').filter((line) => line.startsWith('2025-02.ndjson'));
    expect(notes).toEqual([expect.stringMatching(says)]);
    expect(await folder.entries()).toHaveLength(entries);
    const after = await readFile(file, 'utf8');
    if (/line ends|written again|is left out/.test(notes[0] ?? '')) expect(after).toBe(before);
    if (/texts differ/.test(notes[0] ?? '')) expect(after).toContain('A longer title');
    const archive = await folder.archive();
    expect(await folder.report()).not.toContain('2025-02.ndjson');
    expect(await folder.archive()).toEqual(archive);
  });

  test('an entry that was moved to another month is there', async () => {
    const folder = await grown();
    const [first = '', ...rest] = await linesIn(folder.file('2025-02.ndjson'));
    await writeFile(folder.file('2025-02.ndjson'), lf(rest));
    await appendFile(folder.file('2025-03.ndjson'), `${first}\n`);
    expect(await folder.report()).toMatch(/^2025-03\.ndjson holds 1 entry more/m);
  });

  test('an entry that was copied to another month stays where its permalink is', async () => {
    const folder = await grown();
    const [first = ''] = await linesIn(folder.file('2025-02.ndjson'));
    await appendFile(folder.file('2025-03.ndjson'), `${first}\n`);
    expect(await folder.report()).toMatch(/^2025-03\.ndjson .*twice: one line is left out/m);
    expect(await linesIn(folder.file('2025-02.ndjson'))).toHaveLength(4);
    expect(await linesIn(folder.file('2025-03.ndjson'))).toHaveLength(4);
  });
});

describe('a ledger', () => {
  const damaged = 'ledger.json was damaged: it was made again';
  const changed = async (file: string, change: (text: string) => string) =>
    writeFile(file, change(await readFile(file, 'utf8')));
  test.for<[what: string, harm: Harm, says: string]>([
    ['is not there yet', (file) => rm(file), 'ledger.json was missing: it was made again from the months.'],
    ['was emptied', (file) => changed(file, () => ''), damaged],
    ['was cut', (file) => changed(file, (text) => text.slice(0, 200)), damaged],
    ['was changed by hand', (file) => changed(file, (text) => text.replace('"entries": 4', '"entries": 3')), damaged],
  ])('that %s is made from the months, where feeds.json counts no more', async ([, harm, says]) => {
    const folder = await grown();
    const before = await folder.archive();
    await harm(folder.file('ledger.json'));
    expect(await folder.report()).toContain(says);
    expect(await folder.archive()).toEqual(before);

    await harm(folder.file('ledger.json'));
    await inMonth(([first = '']) => lf([first]))(folder.file('2025-02.ndjson'));
    const harmed = await folder.archive();
    const counts = /^(stopped: )?The months hold \d of the 6 entries of a that feeds\.json counts\./m;
    expect(await folder.report()).toMatch(counts);
    expect(await folder.archive()).toEqual(harmed);
    expect(await folder.acceptLoss('all')).toMatch(/^Accepted/);
    expect(await folder.report()).not.toMatch(/^stopped/);
  });

  test('holds an archive that was brought back against newer counts', async () => {
    const folder = await grown();
    const old = join(folder.path, 'backup');
    await cp(folder.file(''), old, { recursive: true });
    for (const feed of ['a', 'b']) await folder.write(`${feed}.xml`, rss(posts(feed, 9)));
    await folder.report();
    for (const name of ['2025-01.ndjson', '2025-02.ndjson', '2025-03.ndjson', 'ledger.json'])
      await cp(join(old, name), folder.file(name));
    expect(await folder.report()).toContain('The months hold 6 of the 9 entries of a');
  });

  test('has the same text for the same entries, and knows what is gone from among more', () => {
    const names = ['one', 'two', 'three'].map((id) => ({ feed: 'a', id }));
    const months = { '2025-02': monthRow(ledgerSum('x'), names) };
    const text = ledgerText({ months, next: {}, lost: [] });
    const reversed = { '2025-02': monthRow(ledgerSum('x'), names.toReversed()) };
    expect(ledgerText({ months: reversed, next: {}, lost: [] })).toBe(text);
    const read = parseLedger(text);
    if (read.kind !== 'ledger') throw new Error(read.kind);
    const more = monthRow(ledgerSum('y'), [...names.slice(1), ...'abcd'.split('').map((id) => ({ feed: 'a', id }))]);
    expect(lacking(read.ledger, new Map([['2025-02', more]]))).toMatchObject([{ month: '2025-02', expected: 3 }]);
    for (let at = 0; at < text.length - 1; at++) {
      const other = `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`;
      expect(parseLedger(other).kind, `letter ${at}`).toBe('damaged');
    }
  });
});

describe('the files beside the months', () => {
  const withoutFeed: Harm = async (file) =>
    writeFile(file, JSON.stringify({ b: JSON.parse(await readFile(file, 'utf8')).b }));
  test.for<[what: string, harm: Harm]>([
    ['deleted', (file) => rm(file)],
    ['emptied', (file) => writeFile(file, '')],
    ['left without a feed', withoutFeed],
  ])('feeds.json, %s, is made anew without a loss, and what cannot be is said', async ([, harm]) => {
    const folder = await grown();
    const before = await folder.archive();
    await harm(folder.file('feeds.json'));
    const holds = 'feeds.json did not have a, and the archive holds 6 entries of it';
    expect(await folder.report()).toContain(`${holds}: its state was made again. Your rejections`);
    expect(await folder.archive()).toEqual(before);
  });

  test('a deleted held.ndjson is named, and has again the entries that its feed still has', async () => {
    const folder = await grown();
    await folder.write('a.xml', rss(posts('a', 70)));
    expect(await folder.report()).toMatch(/^a +held/m);
    const before = await folder.archive();
    await rm(folder.file('held.ndjson'));
    expect(await folder.report()).toContain('The waiting entries of a are not in held.ndjson any more');
    expect(await folder.archive()).toEqual(before);
    // And where its state is lost while something waits, it goes on waiting.
    await rm(folder.file('feeds.json'));
    expect(await folder.report()).toMatch(/^a +held/m);
  });
});

test('a clock before the newest entry stops a snapshot; entries of a clock that was ahead get their date after accept-loss', async () => {
  const folder = await grown();
  const undated = '<item><title>Undated</title><link>https://a.example/undated</link></item></channel>';
  await folder.write('a.xml', rss(posts('a', 6)).replace('</channel>', undated));
  await folder.report(new Date('2036-03-01T00:00:00Z'));
  const before = await folder.archive();
  const ahead = 'stopped: The archive has entries of 2036-03, but the clock says 2026-02-25T06:00:00Z.';
  expect((await folder.report()).slice(0, ahead.length)).toBe(ahead);
  expect(await folder.archive()).toEqual(before);
  await rm(folder.file('2036-03.ndjson'));
  await folder.acceptLoss('2036-03');
  expect(await folder.report()).toContain('13 entries: 1 new');
  const dates = (await folder.entries()).map(({ published }) => published);
  expect(dates.sort().at(-1)).toBe('2026-02-25T06:00:00Z');
  // Another machine may be a little behind.
  expect(await folder.report(new Date('2026-01-31T23:59:00Z'))).toContain('13 entries: 0 new');
});

describe.skipIf(!mayMount)('a disk', () => {
  test('a full disk leaves every file as it was, and the next run completes', async () => {
    const folder = await grown();
    using disk = tinyDisk(120_000);
    await cp(folder.path, disk.path, { recursive: true });
    const before = await folder.archive();
    await writeFile(join(disk.path, 'fill'), Buffer.alloc(200_000)).catch(() => {});
    await folder.write('a.xml', rss(posts('a', 40)));
    await rm(join(disk.path, 'a.xml'));
    await cp(join(folder.path, 'a.xml'), join(disk.path, 'a.xml')).catch(() => {});
    const ran = await programHere(['scripts/snapshot.ts'], { PLANET_CONTENT: disk.path });
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/the disk is full; free some space/);
    for (const month of ['2025-01', '2025-02', '2025-03'])
      expect(await linesIn(join(disk.path, 'archive', `${month}.ndjson`))).toHaveLength(4);
    await rm(join(disk.path, 'fill'));
    expect(Object.keys(before)).toHaveLength(5);
    expect((await programHere(['scripts/snapshot.ts'], { PLANET_CONTENT: disk.path })).code).toBe(0);
  });

  test('a read-only disk is named in a sentence', async () => {
    const folder = await grown();
    using disk = tinyDisk(500_000);
    await cp(folder.path, disk.path, { recursive: true });
    disk.makeReadOnly();
    for (const args of ['snapshot.ts', 'planet.ts accept a', 'archive.ts accept-loss all']) {
      const ran = await programHere(`scripts/${args}`.split(' '), { PLANET_CONTENT: disk.path });
      expect.soft(ran.code).toBe(1);
      expect.soft(ran.stderr).toMatch(/^.+ cannot be written: the file system is read-only\..*\n$/);
    }
  });
});
