import { glob } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { foldersOf } from '../../scripts/site/folders.ts';
import { isOurFeed } from '../../src/core/paths.ts';
import { outputs } from '../../src/outputs/formats.ts';
import { aPlanet } from '../lib/a-planet.ts';
import { rss } from '../lib/feed-server.ts';

/** The addresses that Astro serves from a file of `src/pages` (https://docs.astro.build/en/guides/routing/). */
function addressesOf(file: string): RegExp {
  const path = file === '404.astro' ? '404.html' : file.replace(/(?:^|\/)index\.astro$|\.(?:astro|ts)$/, '');
  const pattern = path
    .replaceAll('.', '\\.')
    .replace(/\/\[(?:\\\.){3}\w+\]/, '(?:/.*)?')
    .replace(/\[\w+\]/g, '[^/]+');
  return new RegExp(`^/${pattern}/?$`);
}

test('each file of src/pages has an address in the folders that a build renders', async () => {
  // More than the newest ones of a feed, in two months: the Atom feed has a history.
  const items = Array.from({ length: 60 }, (_, n) => ({
    ...{ title: `T${n}`, link: `https://a.example/${n}`, date: `2026-0${1 + (n % 2)}-1${n % 10}T08:00:00Z` },
  }));
  const settings = { more: 'languages: [en]\n', last: 'authors: feed', now: new Date('2026-02-26T08:00:00Z') };
  const { snapshot, data } = await aPlanet({ a: rss(items) }, settings);
  await snapshot();
  const paths = foldersOf(await data(), ['about']).flatMap((each) => each.paths);
  // The largest documents are rendered before others have filled the memory.
  expect.soft(paths[0]).toMatch(/^\/atom\//);
  for await (const file of glob('**/*.{astro,ts}', { cwd: 'src/pages' })) {
    const pattern = addressesOf(file);
    expect
      .soft(
        paths.filter((path) => pattern.test(path)),
        file,
      )
      .not.toEqual([]);
  }
  const feeds = paths.filter((path) => path.startsWith('/atom/') || outputs.some(({ of }) => path.endsWith(of('/'))));
  expect(feeds.filter((path) => !isOurFeed(`https://planet.example${path}`, 'https://planet.example/'))).toEqual([]);
});
