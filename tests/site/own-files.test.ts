import { expect, test } from 'vitest';
import { pageMistakeLine, pageMistakes, refusePaths } from '../../scripts/site/own-files.ts';
import { aPlanet } from '../lib/a-planet.ts';
import { rss } from '../lib/feed-server.ts';
import { aFolder, planetYaml, run } from '../lib/planet.ts';

const front = '---\ntitle: Rules\ndescription: What we want\n---\n';

const missing = (file: string) => `there is no file ${file}; add it, or remove the reference`;
const malformed = (file: string) => `${file} has a % that encodes no character; write %25 for the sign itself`;
const latin1 = (file: string) => `${file} has a % that Astro cannot read; put a copy of the picture beside the page`;
test.for([
  ['rules.mdx', `${front}\nHello, {1 + 1} **words**.\n`, null],
  ['rules.md', `${front}\nHello, <b>you</b> <!-- a comment --> {1 +\n`, null],
  // As macOS writes beside a file of another disk.
  ['._rules.md', '\u0000', null],
  ['rules.mdx', '---\ntitle: Rules\n---\nHello', '2:1: description: is missing; write some text'],
  [
    'rules.md',
    '# Rules\n',
    '1:1: there is no front matter; write title: … and description: … at the top, between two lines "---"',
  ],
  ['rules.mdx', '---\ntitle: A: b\ndescription: c\n---\n', /^2:8: put quotation marks round a text with ": " in it/],
  [
    'rules.mdx',
    front.replace('---\n', '---\nordr: 2\n'),
    '2:1: ordr: is not a setting of a page; the settings here are: title, description, order',
  ],
  ['rules.mdx', front.replace('---\n', '---\norder: first\n'), '2:1: order: is not a number'],
  ['rules.mdx', `${front}\nHello <!-- a comment -->\n`, '6:7: MDX has no HTML comments; write {/* … */}'],
  [
    'rules.mdx',
    `${front}\nHello <b>you\n`,
    '6:7: Expected a closing tag for `<b>` (6:7) before the end of `paragraph`',
  ],
  ['rules.md', `${front}\nA ![star](./star.png)\n`, `6:11: ${missing('./star.png')}`],
  ['rules.md', `${front}\nA ![star](a&amp;b.png)\n`, `1:1: ${missing('a&b.png')}`],
  ['rules.md', `${front}\nA ![star](50%.png)\n`, `6:11: ${malformed('50%.png')}`],
  ['rules.md', `${front}\n![star](https://a.example/%E9)\n`, `6:9: ${latin1('https://a.example/%E9')}`],
  ['rules.mdx', `${front}\n![star][1]\n\n[1]: https://a.example/%E9\n`, `8:6: ${latin1('https://a.example/%E9')}`],
  ['rules.md', `${front}\n![star][1] [link](https://a.example/%E9)\n\n[1]: https://a.example/%C3%A9\n`, null],
  ['rules.mdx', `${front}import Star from '../Star.astro';\n\n<Star/>\n`, `5:19: ${missing('../Star.astro')}`],
  ...['feeds', 'titles', '404', 'atom', 'avatars', 'pagefind', '2026'].map((id) => {
    return [`${id}.md`, front, `1:1: the planet already has a page /${id}/; rename this file`] as const;
  }),
  ...['C#.md', '🎉.md', '100%.mdx'].map((name) => {
    return [name, front, '1:1: rename this file: an address needs letters or digits, and no "#", "?" or "%"'] as const;
  }),
  ['Feeds!.md', front, '1:1: the planet already has a page /feeds/; rename this file'],
] as const)('%s %j', async ([name, text, mistake]) => {
  await using folder = await aFolder('');
  await folder.write(`pages/${name}`, text);
  const told = (await pageMistakes(folder.path)).map((found) => pageMistakeLine(found).replace(/^.*pages\/[^:]*:/, ''));
  expect(told).toEqual(
    mistake === null ? [] : [typeof mistake === 'string' ? mistake : expect.stringMatching(mistake)],
  );
});

test('the second of two pages for one address is named', async () => {
  await using folder = await aFolder('');
  for (const name of ['rules.md', 'rules.mdx']) await folder.write(`pages/${name}`, front);
  const told = (await pageMistakes(folder.path)).map(pageMistakeLine);
  expect(told).toEqual([expect.stringContaining('rules.mdx:1:1: rules.md has the same address')]);
});

test('check and the build tell of them in one sentence each, without a trace', async () => {
  const { folder, planet, snapshot, env } = await aPlanet({ a: rss([{ title: 'B', link: 'https://a.example/1' }]) });
  await folder.write('pages/rules.mdx', `${front}\nHello <!-- a comment -->\n`);
  await snapshot();
  const built = { ...env, PLANET_DIST: `${folder.path}/dist` };
  const sentence = /(?:^|\n).*pages\/rules\.mdx:6:7: MDX has no HTML comments; write \{\/\* … \*\/\}\n$/;
  for (const ran of [await planet(['check']), await run(['scripts/site.ts'], built)])
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(sentence) });
  await folder.write('planet.yaml', planetYaml({ a: 'a.xml' }, 'timezone: BST\n'));
  for (const ran of [await planet(['check']), await run(['scripts/site.ts'], built)])
    expect(ran).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/planet\.yaml:4:11: timezone: is not a time zone/),
    });
});

test.for(['/home/ada/planet#1', '/home/ada/my%20planet', '/a"b', '/a*b', '/a?b'])(
  'in %s Astro finds no files',
  (path) => {
    expect(() => refusePaths('/home/Ädä & Bo', path)).toThrow(`Astro cannot compile in ${path}; rename the folder`);
    expect(refusePaths('/home/Ädä & Bo', "/it's (a) [b] {c}")).toBe(undefined);
  },
);
