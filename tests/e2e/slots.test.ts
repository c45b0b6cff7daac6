import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rss } from '../lib/feed-server.ts';
import { aFolder, planetYaml } from '../lib/planet.ts';
import { buildSite } from '../lib/site.ts';

test('what an operator puts into the slots stands in every page, in its place, and goes when it is taken out', async () => {
  await using folder = await aFolder(planetYaml({ a: 'feed.xml' }));
  await folder.write('feed.xml', rss([{ title: 'First light', link: 'https://a.example/1' }]));
  await folder.write('slots/head.astro', '<link rel="me" href="https://social.example/@planet" />\n');
  await folder.write('slots/masthead.astro', '<p class="news">Meet us in May</p>\n');
  await folder.write('slots/after-entry.astro', '---\nconst { path } = Astro.props;\n---\n<p>Answer to {path}</p>\n');
  await folder.write('slots/footer.astro', '<p>Hosted by Ada</p>\n');
  await folder.snapshot();
  const dist = join(folder.path, 'dist');
  const built = await buildSite(folder.path, dist);
  expect(built, built.stderr).toMatchObject({ code: 0 });
  const home = await readFile(join(dist, 'index.html'), 'utf8');
  expect(home).toMatch(/<link rel="me" href="https:\/\/social\.example\/@planet">.*<\/head>/s);
  expect(home).toMatch(/<\/header>\s*<p class="news"[^>]*>Meet us in May<\/p>.*<main/s);
  expect(home).toMatch(/<p>Hosted by Ada<\/p>\s*<\/footer>/);
  expect(home).not.toMatch(/Answer to/);
  const [, entry = ''] = /href="(\/2026\/01\/23\/[^"]+\/)"/.exec(home) ?? [];
  expect(await readFile(join(dist, entry, 'index.html'), 'utf8')).toContain(`<p>Answer to ${entry}</p>`);

  await folder.write('slots/footer.astro', '');
  await buildSite(folder.path, dist);
  expect(await readFile(join(dist, 'index.html'), 'utf8')).not.toContain('Hosted by Ada');
});

test('a mistake in a slot or in theme.css is told without a trace', async () => {
  await using folder = await aFolder(planetYaml({ a: 'feed.xml' }));
  await folder.write('feed.xml', rss([{ title: 'First light', link: 'https://a.example/1' }]));
  await folder.snapshot();
  for (const [name, text, says] of [
    ['slots/footer.astro', '<p>{hello</p>\n', /slots\/footer\.astro:1:\d+/],
    ['theme.css', 'p { color: red } }\n', /in theme\.css\. The last site stays unchanged\.\n$/],
  ] as const) {
    await folder.write(name, text);
    const { code, stderr } = await buildSite(folder.path, join(folder.path, 'dist'));
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^ +at |Stack trace|undefined:/m);
    await folder.write(name, '');
  }
});
