import { readFile } from 'node:fs/promises';
import { HOSTILE_HTML } from './fixtures/hostile-html.ts';
import { aFolder, type Folder } from './planet.ts';

/** How many posts the tireless author has: more than one page shows. */
export const POSTS_OF_THE_TIRELESS = 190;

const LONG_TITLE = `${'A title of three hundred letters that says all of what the post is about before it begins, '.repeat(4)}`;
const ONE_WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3);

/** A planet of posts that break pages, snapshot and ready to be built: every kind of thing at its worst. */
export async function nastyPlanet(): Promise<Folder> {
  const folder = await aFolder(
    [
      'title: The planet of all that may go wrong, with a name that is too long for the head of any page it stands on',
      'description: Posts that break pages',
      'site: http://localhost:4321/',
      'theme: letterpress',
      'river: { entriesPerFeed: 10 }',
      'feeds:',
      '  - { id: nasty, title: "Nasty: a feed whose title goes on and on, until it has filled a line and then another", url: nasty.xml }',
      '  - { id: tireless, title: Tireless, url: tireless.xml }',
      '',
    ].join('\n'),
  );
  await folder.write('nasty.xml', rss('nasty', await nastyPosts()));
  await folder.write('tireless.xml', rss('tireless', tirelessPosts()));
  const ran = await folder.snapshot({ args: ['--strict'] });
  if (ran.code !== 0) throw new Error(ran.stdout + ran.stderr);
  return folder;
}

interface Post {
  title: string;
  html: string;
  author: string;
  date: Date;
}

async function nastyPosts(): Promise<Post[]> {
  const good = await readFile(new URL('fixtures/good-post.html', import.meta.url), 'utf8');
  const long = '<p>A paragraph that is one of very many in a post that goes on for ever. It has some words.</p>';
  const wide = `<table><tr>${'<td>a_cell_that_does_not_break</td>'.repeat(30)}</tr></table>`;
  const posts: [title: string, html: string, author?: string][] = [
    ['Everything that a post may hold', good],
    [LONG_TITLE.slice(0, 300), `<p>${ONE_WORD}</p><pre>${'x'.repeat(400)}</pre>${wide}`],
    ['', '<p>A post without a title, as many have it now, of which the first words have to do for one.</p>'],
    [ONE_WORD, `<img src="https://pictures.example/wide.png" width="4000" height="200" alt="">${long}`, ONE_WORD],
    ['A very long post', `${long.repeat(120)}<p>See <a href="https://a.example/last">the last link</a>.</p>`],
    ['كيف تدور الكواكب', `<p lang="ar" dir="rtl">${'كيف تدور الكواكب حول الشمس '.repeat(30)}</p>`, 'ليلى'],
    ['Hostile', HOSTILE_HTML.slice(0, 150).join('\n')],
    ['Nothing at all', ''],
    ['A file whose name is no text', '<audio src="https://a.example/%zz.mp3"></audio>', '森'.repeat(400)],
  ];
  return posts.map(([title, html, author = 'Nemo'], place) => ({
    title,
    html,
    author,
    date: new Date(Date.UTC(2026, 0, 23, 12 - place)),
  }));
}

function tirelessPosts(): Post[] {
  return Array.from({ length: POSTS_OF_THE_TIRELESS }, (_, place) => ({
    title: `Note ${POSTS_OF_THE_TIRELESS - place}`,
    html: '<p>Noted.</p>',
    author: 'Tireless',
    date: new Date(Date.UTC(2026, 0, 22) - place * 5 * 86_400_000),
  }));
}

function rss(feed: string, posts: readonly Post[]): string {
  const items = posts.map(
    ({ title, html, author, date }, place) =>
      `<item><title>${escaped(title)}</title><link>https://a.example/${feed}/${place}</link>` +
      `<dc:creator>${escaped(author)}</dc:creator><pubDate>${date.toUTCString()}</pubDate><description>${escaped(html)}</description></item>`,
  );
  return `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Nasty</title><link>https://a.example/</link><description>N</description>${items.join('')}</channel></rss>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
