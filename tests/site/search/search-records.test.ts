import { expect, test } from 'vitest';
import { searchedText } from '../../../scripts/site/search/record-text.ts';
import { aPlanet } from '../../lib/a-planet.ts';
import { recordsIn } from '../../lib/search-pages.ts';

const item = (name: string, text: string, files: string) =>
  `<item><title>${name}</title><link>https://a.example/${name}</link><guid>https://a.example/${name}</guid>
<pubDate>Fri, 23 Jan 2026 08:40:00 GMT</pubDate><description>${text}</description>${files}</item>`;
const picture = (name: string, description: string) =>
  `<media:content url="https://a.example/${name}.jpg" medium="image" type="image/jpeg"><media:description>${description}</media:description><media:credit>Rosalind Shutter</media:credit></media:content>`;
const FEED = `<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Lens</title>
${item('Harbour', '&lt;p&gt;At dawn.&lt;/p&gt;', picture('dsc0001', 'A heron on a post'))}
${item('Talk', '&lt;p&gt;Listen.&lt;/p&gt;', '<category>Town hall</category><category>C++</category><category>C++</category><enclosure url="https://a.example/episode-7.mp3" type="audio/mpeg" length="1000"/>')}
</channel></rss>`;

test('the search finds categories, names of sounds, and descriptions and credits of pictures', async () => {
  const { folder, snapshot } = await aPlanet({ lens: FEED });
  await snapshot();
  const texts = (await recordsIn(folder.path)).map(searchedText).sort();
  expect(texts).toEqual([
    'Harbour. At dawn. A heron on a post Rosalind Shutter.',
    'Talk. Listen. episode-7.mp3. Town hall. C++',
  ]);
});

test('a result names an author who is the feed once', async () => {
  const by = (name: string) => `<author>mail@a.example (${name})</author>`;
  const feed = FEED.replace('<media:content', `${by('Feed Lens')}$&`).replace('<enclosure', `${by('Ada')}$&`);
  const { folder, snapshot } = await aPlanet({ lens: feed });
  await snapshot();
  const told = (await recordsIn(folder.path)).map(({ meta: { title, author, feed } }) => [title, author, feed]);
  expect(told.sort()).toEqual([
    ['Harbour', 'Feed Lens', undefined],
    ['Talk', 'Ada', 'Feed lens'],
  ]);
});

test('a word is whole in spite of places for a hyphen', () => {
  const html = '<p>Der Dampf\u00ADschiff\u00ADfahrts\u00ADkapi\u2060tän</p>';
  const record = { url: '/', heading: 'Programm\u00ADierung', html, names: [], meta: {}, facets: {} };
  expect(searchedText(record)).toBe('Programmierung. Der Dampfschifffahrtskapitän.');
});
