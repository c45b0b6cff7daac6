import { readFile } from 'node:fs/promises';
import { HOSTILE_HTML } from '../fixtures/hostile-html.ts';
import { escaped } from './feed-server.ts';
import { aFolder, type Folder } from './planet.ts';
import { snapshotCommand } from './program-here.ts';

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
      'timezone: Europe/Amsterdam',
      'theme: letterpress',
      'river: { entriesPerFeed: 30 }',
      'feeds:',
      '  - { id: nasty, title: "Nasty: a feed whose title goes on and on, until it has filled a line and then another", url: nasty.xml }',
      '  - { id: tireless, title: Tireless, url: tireless.xml }',
      '',
    ].join('\n'),
  );
  await folder.write('nasty.xml', rss('nasty', await nastyPosts()));
  await folder.write('tireless.xml', rss('tireless', tirelessPosts()));
  const ran = await snapshotCommand(folder.path, {}, '--strict');
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
  const good = await readFile(new URL('../fixtures/good-post.html', import.meta.url), 'utf8');
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
    [
      'A formula elsewhere',
      '<p>a <math><mpadded voffset="9em" width="0" height="0"><mtext>above</mtext></mpadded></math></p>',
    ],
    ['A file whose name is no text', '<audio src="https://a.example/%zz.mp3"></audio>', '森'.repeat(400)],
  ];
  posts.push(...highPosts());
  return posts.map(([title, html, author = 'Nemo'], place) => ({
    title,
    html,
    author,
    date: new Date(Date.UTC(2026, 0, 23, 12, -place)),
  }));
}

/** Each would be higher than all others together, for no reason that a reader has. */
function highPosts(): [title: string, html: string, author?: string][] {
  const nested = (name: string) => `${`<${name}>`.repeat(200)}deep inside ${`</${name}>`.repeat(200)}`;
  return [
    ['High: one word', `<p>${'w'.repeat(100_000)}</p>`],
    ['High: breaks', `<p>a${'b<br>'.repeat(5_000)}c</p>`],
    ['High: blank', `<p>a${'<br>'.repeat(5_000)}b</p>${'<p>&nbsp;</p>'.repeat(5_000)}c`],
    [
      'High: sizes',
      '<p style="height:1000000px">a</p><img src="https://p.example/a" width="10" height="99999" alt="">' +
        '<img src="https://p.example/b" height="1000000" alt=""><table height="1000000"><tr height="99999"><td>a</table>' +
        '<iframe src="https://www.youtube.com/embed/abcdefghijk" width="1" height="99999"></iframe>' +
        '<video src="https://p.example/v.mp4" width="10" height="99999"></video>',
    ],
    ['High: quotations', nested('blockquote')],
    ['High: lists', `${'<ul><li>'.repeat(200)}deep inside${'</ul>'.repeat(200)}`],
    ['High: boxes', `${nested('details')}${'<dl><dt>a</dt><dd>'.repeat(200)}deep inside${'</dl>'.repeat(200)}`],
    ['High: marks', `<p>a${'\u0310'.repeat(5_000)}b</p><p>${'c\u0310\u0310'.repeat(500)}</p>`],
    ['High: rows', `<table>${'<tr><td>a</td></tr>'.repeat(800)}</table>`],
    ['W'.repeat(5_000), '<p>A title of one word.</p>', 'N'.repeat(5_000)],
  ];
}

function tirelessPosts(): Post[] {
  return Array.from({ length: POSTS_OF_THE_TIRELESS }, (_, place) => ({
    title: `Note ${POSTS_OF_THE_TIRELESS - place}`,
    html: '<p>Noted.</p>',
    author: 'Tireless',
    date: new Date(Date.UTC(2026, 0, 22) - place * 5 * 86_400_000),
  }));
}

const CATEGORIES = ['C++', '++', '🎉', '日時計'].map((name) => `<category>${name}</category>`).join('');

function rss(feed: string, posts: readonly Post[]): string {
  const items = posts.map(
    ({ title, html, author, date }, place) =>
      `<item><title>${escaped(title)}</title><link>https://a.example/${feed}/${place}</link>` +
      `<dc:creator>${escaped(author)}</dc:creator>${place === 0 ? CATEGORIES : ''}<pubDate>${date.toUTCString()}</pubDate><description>${escaped(html)}</description></item>`,
  );
  return `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Nasty</title><link>https://a.example/</link><description>N</description>${items.join('')}</channel></rss>`;
}
