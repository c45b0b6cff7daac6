import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csv } from '../../scripts/commands/export.ts';
import { readText } from '../../scripts/commands/lib/import-formats.ts';
import { importedFeeds } from '../../scripts/commands/lib/imported.ts';
import { aPlanet } from '../lib/a-planet.ts';
import { rss } from '../lib/feed-server.ts';

const yaml = `title: "Ours & theirs"
description: D
site: https://planet.example/
timezone: Pacific/Pago_Pago
owner: { name: Ada }
feeds:
  - id: a
    title: 'A, the "first" <feed>'
    url: https://a.example/feed?x=1&y=2
    home: https://a.example/
  - id: b
    title: =B
    url: b.xml
    authors: feed
    paused: true
  - id: c-old
    title: C
    url: https://c.example/feed?token=SECRET
    language: fr
`;

test('the list of feeds leaves as OPML that import reads back, and as CSV for a spreadsheet', async () => {
  const { folder, planet, snapshot } = await aPlanet({ b: rss([{ title: 'x', link: 'https://b.example/1' }]) });
  await snapshot();
  await folder.write('planet.yaml', yaml);
  const exported = (...args: string[]) => planet(['export', ...args]);

  const { stdout } = await exported();
  const back = readText(stdout, '.opml');
  if (typeof back === 'string') throw new Error(back);
  expect(back.page).toEqual({ title: 'Ours & theirs', ownerName: 'Ada' });
  const a = { title: 'A, the "first" <feed>', url: 'https://a.example/feed?x=1&y=2', home: 'https://a.example/' };
  expect(importedFeeds(back, new Map())).toEqual([
    { id: 'a-the-first-feed', ...a },
    // A file in the operator's folder nobody else can ask for: they get what the planet publishes of it.
    { id: 'b', title: '=B', url: 'https://planet.example/feeds/b/rss.xml', home: 'https://t.example/' },
    { id: 'c', title: 'C', url: 'https://c.example/feed', language: 'fr' },
  ]);
  await folder.write('feeds.opml', stdout);
  const again = await planet(['import', join(folder.path, 'feeds.opml'), '--add']);
  expect(again.stdout).toContain('0 feeds added, 3 already followed');

  const output = join(folder.path, 'lists', 'feeds.csv');
  expect((await exported('csv', '--output', output)).code).toBe(0);
  const [head, first, second] = (await readFile(output, 'utf8')).split('\r\n');
  expect(head).toBe('id,title,url,home,authors,content,language,paused,entries,newest,state,since');
  expect(first).toMatch(
    /^a,"A, the ""first"" <feed>",https:\/\/a\.example\/feed\?x=1&y=2,https:\/\/a\.example\/,entry,full,,no,0,,not read yet,$/,
  );
  expect(second).toBe("b,'=B,b.xml,https://t.example/,feed,full,,yes,1,2026-01-22,OK,");
  expect((await exported('xls')).stderr).toContain('Allowed choices are opml, csv');
});

test('cells keep their lines and quotation marks, and none is a formula', () => {
  expect(csv([['a"b', 'c\nd', '-1', '@x', ' =1']])).toBe(`"a""b","c\nd",'-1,'@x, =1\r\n`);
});
