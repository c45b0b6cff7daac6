import { utimes, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { monthFile } from '../../src/archive/archive.ts';
import { bodyReader } from '../../src/archive/body-reader.ts';
import { closeFiles, readBody, readMetadata, readSummaries } from '../../src/archive/read-entries.ts';
import { anEntry } from '../lib/builders.ts';
import { areaFor } from '../lib/test-folder.ts';

const entry = anEntry({ title: 'A ","content":"b', summary: '…,"content":"…', content: '<p>"content": "é"</p>' });
const { content, ...metadata } = entry;
const { summary, ...rest } = metadata;

test.for([
  ['the body last, as a snapshot writes it', JSON.stringify(entry)],
  ['the body first', JSON.stringify({ content, ...metadata })],
  ['the body in the middle', JSON.stringify({ ...rest, content, summary })],
  ['spaces between', JSON.stringify(entry, null, 1).replaceAll('\n', '')],
  ['letters written as numbers', JSON.stringify(entry).replaceAll('é', '\\u00e9')],
])('an entry is read by its position, with %s', async ([, line]) => {
  const area = areaFor('positions');
  await writeFile(monthFile(area, '2026-01'), `${line}\n`);
  const [stored] = await readSummaries(area, '2026-01');
  expect(stored).toMatchObject({ feed: entry.feed, id: entry.id, title: entry.title });
  const position = stored?.position as NonNullable<typeof stored>['position'];
  expect(readMetadata(area, position)).toEqual(metadata);
  expect(readBody(area, position)).toBe(content);
});

test.for<[when: string, time: () => number, says: RegExp]>([
  ['after its positions were read', () => Date.now() + 5_000, /was changed while the site was built/],
  ['before', () => 0, /was not written by a snapshot, at byte/],
])('a month whose file was changed %s is described so', async ([, time, says]) => {
  const area = areaFor('positions');
  const file = monthFile(area, '2026-01');
  await writeFile(file, `${JSON.stringify(entry)}\n`);
  closeFiles();
  const [stored] = await readSummaries(area, '2026-01');
  const position = stored?.position as NonNullable<typeof stored>['position'];
  const newer = anEntry({ id: 'https://a.example/0', title: 'Newer' });
  await writeFile(file, `${JSON.stringify(newer)}\n${JSON.stringify(entry)}\n`);
  await utimes(file, time() / 1000, time() / 1000);
  expect(() => readBody(area, position)).toThrow(says);
  expect(() => readMetadata(area, position)).toThrow(says);
});

const cell = (attributes: string) => `<table tabindex="0"><tbody><tr><td ${attributes}>a</td></tr></tbody></table>`;

test.for([
  ['with long spans from an older version', 'has shorter ones', 'colspan="999"', 'colspan="100"'],
  ['with tags in values', 'has them escaped', 'title="<b>"', 'title="&lt;b&gt;"'],
])('a body %s is shown as one that %s', async ([, , written, shown]) => {
  const area = areaFor('positions');
  await writeFile(monthFile(area, '2026-01'), `${JSON.stringify({ ...entry, content: cell(written ?? '') })}\n`);
  const [stored] = await readSummaries(area, '2026-01');
  expect(bodyReader(area, 'withheld')(stored as NonNullable<typeof stored>)).toBe(cell(shown ?? ''));
});
