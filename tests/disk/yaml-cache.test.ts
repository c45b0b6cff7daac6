import { expect, test } from 'vitest';
import { writeChecked } from '../../scripts/disk/files.ts';
import { yamlCache } from '../../scripts/disk/yaml-cache.ts';
import { readPlanet } from '../../src/core/planet-file.ts';
import { areaFor } from '../lib/test-folder.ts';

const planet = (title: string, more = '') =>
  `title: ${title}\ndescription: D\nsite: https://example.org/\nfeeds:\n  - { id: x, title: X, url: x.xml, gone: true }\n${more}`;

test('planet.yaml is the same with a cache, of this text or another', () => {
  const cache = yamlCache(`${areaFor('yaml')}/dist`);
  const read = (text: string) => expect(readPlanet(text, () => true, cache)).toEqual(readPlanet(text));
  for (const text of [planet('T'), planet('T'), planet('U', 'defaults: { authors: feed }\n'), planet('T')]) read(text);
  const wrong = planet('U', 'theme: pink\n');
  for (const text of [wrong, wrong, planet('U'), '']) read(text);
  cache.write(wrong, { title: 'Planet' });
  read(wrong);
  expect(readPlanet(planet('U', 'authors: [{ name: A, avatar: a.png }]\n'), () => false, cache).kind).toBe('mistakes');
});

test('the value of a text is read from the cache, and a snapshot needs none', () => {
  const area = areaFor('yaml');
  const cache = yamlCache(`${area}/dist`);
  cache.write(planet('T'), {
    title: 'U',
    description: 'D',
    site: 'https://example.org/',
    feeds: [{ id: 'x', title: 'X', url: 'x.xml' }],
  });
  expect(readPlanet(planet('T'), () => true, cache)).toMatchObject({ planet: { title: 'U' } });
  writeChecked(`${area}/file`, 'words 1', '');
  expect(readPlanet(planet('T'), () => true, yamlCache(`${area}/file/dist`))).toEqual(readPlanet(planet('T')));
});
