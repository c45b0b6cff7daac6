import { expect, test } from 'vitest';
import { rss } from './feed-server.ts';
import { aFolder, planetYaml, run } from './planet.ts';

const post = (number: number, title: string) => ({ title, link: `https://blog.example/${number}` });

test('"authors" lists who was found and how, and proposes who may be one person', async () => {
  await using folder = await aFolder(`${planetYaml({ planet: 'planet.xml' })}    authors: title\n`);
  const authors = () => run(['scripts/planet.ts', 'authors'], { PLANET_CONTENT: folder.path });
  expect((await authors()).stdout).toBe('Nobody is known yet. "npm run snapshot" reads the feeds.\n');
  await folder.write(
    'planet.xml',
    rss([post(1, 'Glyph: One'), post(2, 'Glyph Lefkowitz: Two'), post(3, 'Ada: Three')]),
  );
  await folder.snapshot();
  expect((await authors()).stdout).toBe(
    [
      'Ada: 1 (1 from planet, by title)',
      'Glyph: 1 (1 from planet, by title)',
      'Glyph Lefkowitz: 1 (1 from planet, by title)',
      '',
      'These may be one person each. If so, write into planet.yaml:',
      '',
      'authors:',
      '  - name: "Glyph Lefkowitz"',
      '    aliases: ["Glyph"]',
      '',
    ].join('\n'),
  );
  await folder.write(
    'planet.yaml',
    `${planetYaml({ planet: 'planet.xml' })}    authors: title\nauthors:\n  - name: Glyph Lefkowitz\n    aliases: [Glyph]\n`,
  );
  expect((await authors()).stdout).toBe(
    'Ada: 1 (1 from planet, by title)\nGlyph Lefkowitz: 2 (2 from planet, by title)\n',
  );
});
