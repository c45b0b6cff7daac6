import { join } from 'node:path';
import { expect, test } from 'vitest';
import { currentPath, pagesSince, routes } from '../../src/core/paths.ts';
import { readSite } from '../../src/data/read-site.ts';
import { rss, serveFeeds } from '../lib/feed-server.ts';
import { aFolder, planetYaml } from '../lib/planet.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';

test('an entry is listed in the month of its anchor, also after a change of the time zone', async () => {
  const dates = ['2024-06-01T02:00:00Z', '2026-01-01T02:00:00Z', '2026-01-20T12:00:00Z'];
  await using server = await serveFeeds({
    '/a': rss(dates.map((date) => ({ title: date, link: `https://a.example/${Date.parse(date)}`, date }))),
  });
  const yaml = `${planetYaml({ a: server.url('/a') })}layout: month\n`;
  await using folder = await aFolder(yaml);
  await snapshotHere(folder.path, new Date('2026-01-26T08:00:00Z'), server.host);
  await folder.write('planet.yaml', `${yaml}timezone: America/New_York\n`);
  const { entries } = await readSite(folder.path, join(folder.path, 'archive'));
  const since = pagesSince('month', entries[0]?.day);
  const places = entries.map(({ path, day }) => [day.slice(0, 7), currentPath(routes.entry(path), since).slice(1, 8)]);
  expect(places).toEqual([
    ['2026-01', '2026/01'],
    ['2026-01', '2026/01'],
    ['2024-06', '2024/06'],
  ]);
});
