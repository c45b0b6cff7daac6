import { expect, test } from 'vitest';
import { deadLinks, leftovers } from '../../scripts/site/leftovers.ts';
import { themeMistake } from '../../scripts/site/own-files.ts';
import { loadPlanet } from '../../src/archive/load-planet.ts';
import { aFolder } from '../lib/planet.ts';
import { planetHere } from '../lib/program-here.ts';

const planet = (title: string, site: string, owner: string) =>
  `title: ${title}\ndescription: D\nsite: ${site}\nowner:\n  name: ${owner}\nfeeds:\n  - { id: a, title: A, url: a.xml }\n`;

async function told(text: string, pages: Record<string, string> = {}): Promise<string[]> {
  await using folder = await aFolder(text);
  for (const [name, page] of Object.entries(pages)) await folder.write(`pages/${name}`, page);
  const loaded = await loadPlanet(folder.path);
  if (loaded.kind !== 'planet') throw new Error(loaded.problems.join());
  return leftovers(folder.path, loaded.planet).map((line) => line.replace(/^.*planet\.yaml/, 'planet.yaml'));
}

test('texts of the template are named until the operator replaces them', async () => {
  const pages = { 'about.mdx': '{/* Put your name and an address here */}', 'old.md': 'gem\uFFFDtlich' };
  expect(await told(planet('A planet', 'https://example.org/', 'The owner of A planet'), pages)).toEqual([
    'planet.yaml: "site" is still https://example.org/; write the address of the planet.',
    'planet.yaml: "title" is still A planet; write the planet\'s name.',
    'planet.yaml: "owner" is still The owner of A planet; write who runs it.',
    'pages/about.mdx still says "Put your name and an address here"; write them, and remove the line.',
    'pages/old.md has letters that are not in UTF-8; save the file as UTF-8.',
  ]);
  expect(await told(planet('Clocks', 'https://ada.github.io/', 'The keeper of Clocks'))).toEqual([
    'planet.yaml: "owner" is still The keeper of Clocks; write who runs it.',
  ]);
  expect(await told(planet('Clocks', 'https://ada.github.io/clocks/', 'Ada'), { 'about.md': 'Ada' })).toEqual([]);
});

test('a slot that is on no page is named, and a part of another slot or of a page is not', async () => {
  const slots = {
    '../slots/foot.astro': '<p>Hello</p>',
    '../slots/footer.astro': "---\nimport Badge from './Badge.astro';\n---\n<Badge/>",
    '../slots/Badge.astro': '<p>Badge</p>',
    '../slots/Card.astro': '<p>Card</p>',
    'about.mdx': "import Card from '../slots/Card.astro';",
    '../slots/head.html': '<link rel="me">',
  };
  const names = 'the names are head.astro, masthead.astro, after-entry.astro, footer.astro.';
  expect(await told(planet('Clocks', 'https://ada.github.io/', 'Ada'), slots)).toEqual([
    `slots/foot.astro is on no page; ${names}`,
    `slots/head.html is on no page; ${names}`,
  ]);
});

test.for([
  ['slots/head.astro', '<script async src="https://stats.example/m.js"></script>', 'a script of another site'],
  ['slots/head.astro', '<script data-x="y"\n  src="//stats.example/m.js"></script>', 'a script of another site'],
  ['slots/head.astro', '<script async>go()</script>', 'a script in the page; without attributes it becomes a file'],
  ['slots/head.astro', '<link rel="stylesheet" href="https://a.example/a.css">', 'a style sheet of another site'],
  ['theme.css', '@import url("https://a.example/a.css");', 'a style sheet of another site'],
  [
    'theme.css',
    '@font-face { src: url(./public/own.woff2) } @font-face { src: url("//a.example/a.woff2") }',
    'a font that is no file of the planet',
  ],
  ['slots/footer.astro', '<p class="a" style="color: red">', 'the attribute "style"'],
  ['slots/footer.astro', '<a onclick="go()">', 'a script in an attribute'],
  [
    'slots/footer.astro',
    '<svg><path style="fill: red"/>\n<path style="fill: red"/></svg>',
    'the attribute "style" (and 1 more)',
  ],
  ['slots/footer.astro', '{ok && <iframe src="https://a.example/"></iframe>}', 'a frame'],
  [
    'slots/footer.astro',
    '<style define:vars={{ a }}>b {}</style>',
    'a style in the page; without attributes it becomes a file',
  ],
])('in %s, %s is told', async ([name = '', text, what]) => {
  const files = { [`../${name}`]: `\n${text}` };
  expect(await told(planet('Clocks', 'https://ada.github.io/', 'Ada'), files)).toEqual([
    `${name}:2: browsers ignore ${what}, by the policy of every page.`,
  ]);
});

test('parts of templates that browsers run and show are not told', async () => {
  const slot =
    '<script>go()</script><script src="/own.js" defer></script><script type="application/ld+json">{}</script><style>a{}</style><img src="https://a.example/count.png" alt=""><link rel="me" href="https://a.example/"><link rel="stylesheet" href="/own.css">{a > b}';
  const code =
    '---\n// As <iframe src>\n---\n<!-- <iframe src> -->{/* <p style="x"> */}<script>f(\'<p style="x">\')</script>';
  const others =
    '<Icon style="outline" onClick={f} /><a title="a style=b">a</a><link rel="me" href="https://a.example/stylesheet">';
  const style = '/* @font-face { src: url(a) } */ @font-face { src: local("Georgia") } a { content: "<iframe >" }';
  const files = { '../slots/head.astro': slot, '../slots/footer.astro': code + others, '../theme.css': style };
  expect(await told(planet('Clocks', 'https://ada.github.io/', 'Ada'), files)).toEqual([]);
});

test('a script beside a template is no link, and one of the site that is gone is', async () => {
  await using folder = await aFolder('');
  await folder.write('slots/head.astro', '<script src="./own.ts"></script><script src="/gone.js"></script>');
  expect(deadLinks(folder.path, folder.path, { site: 'https://ada.github.io/' })).toEqual([
    'slots/head.astro: the link /gone.js leads to no page or file of this site.',
  ]);
});

test('a token of theme.css that nothing uses is named, with the names that there are', async () => {
  const css =
    '/* --old: x */ :root { --brass: red; --hue: 1; --colour-acent: red; --mine: 1px; --card : 2px } @media print { :root { --colour-acent: red } } a--b:hover { top: var(--mine) }';
  const files = {
    '../theme.css': css,
    '../slots/foot/card.css': 'p { margin: var(--card) }',
    '../slots/foot.css/x': '',
  };
  expect(await told(planet('Clocks', 'https://ada.github.io/', 'Ada'), files)).toEqual([
    expect.stringMatching(
      /^theme\.css: no style uses --colour-acent; the tokens are --alarm, --brass, --edge, .*--tiny\.$/,
    ),
  ]);
});

test('text that YAML takes for a comment is named, and comments are not', async () => {
  expect(await told(planet('C #sharp', 'https://ada.github.io/', 'Ada'))).toEqual([
    'planet.yaml:1: "#sharp" is a comment in YAML; if it belongs to the text, put the whole text in quotation marks.',
  ]);
  expect(await told(planet('"C #sharp"   # as it is called', 'https://ada.github.io/', 'Ada # and Bob'))).toEqual([]);
});

const OTHER =
  '"site" is https://ada.github.io/clocks, but GitHub Pages serves this repository at another address; write: site: https://clocks.test/ (and idsFrom: https://ada.github.io/clocks if the planet has readers already)';
// https://github.com/Garudex-Labs/caracal/issues/103, https://github.com/oasis-open/csaf-documentation/pull/95
const NO_DOMAIN =
  '"site" is https://clocks.test/, but GitHub Pages serves this repository at another address; if the domain is yours, set it at GitHub: Settings → Pages → Custom domain (a file CNAME does nothing); else write: site: https://ada.github.io/clocks/ (and idsFrom: https://clocks.test/ if the planet has readers already)';
const EXAMPLE =
  '"site" is https://example.org/, but GitHub Pages serves this repository at another address; write: site: https://ada.github.io/clocks/';
test.for([
  ['https://ada.github.io/clocks', 'http://ada.github.io/clocks/', null],
  ['https://clocks.test/', 'https://ada.github.io/clocks/', NO_DOMAIN],
  ['https://example.org/', 'https://ada.github.io/clocks/', EXAMPLE],
  ['https://ada.github.io/clocks/', '', null],
  ['https://ada.github.io/clocks', 'http://clocks.test/', OTHER],
  ['https://example.org/', '', '"site" is still https://example.org/; write the address of the planet.'],
] as const)('before it is published, the address %s is compared with “%s”', async ([site, served, says]) => {
  await using folder = await aFolder(planet('Clocks', site, 'Ada'));
  const { code, stderr } = await planetHere(['address', served], { PLANET_CONTENT: folder.path });
  const told = stderr.replace(/^.*planet\.yaml/, '');
  expect([code, told]).toEqual(says === null ? [0, ''] : [1, `:3: Nothing was published: ${says}\n`]);
});

test.for([
  [':root { --brass: light-dark(#1f6b3a }\n', '1:28: this "(" is not closed'],
  ['a { color: red }\nx {\n', '2:3: this "{" is not closed'],
  ['a { color: red } }', '1:18: this "}" closes nothing'],
  ['a[href { color: red }', '1:2: this "[" is not closed'],
  ['a {}\n/* b {', '2:1: this comment has no end'],
  ['/* { */ a::before { content: "{ \\" }" } b { background: url(data:x;\'() } c { d: \'(\' } .e\\{ {}', null],
] as const)('of theme.css %j is told with its place', async ([css, mistake]) => {
  await using folder = await aFolder('');
  await folder.write('theme.css', css);
  expect(themeMistake(folder.path)).toBe(mistake === null ? null : `theme.css:${mistake}`);
  await folder.write('planet.yaml', planet('Clocks', 'https://ada.github.io/clocks/', 'Ada'));
  const { stdout } = await planetHere(['doctor'], { PLANET_CONTENT: folder.path });
  expect(stdout.includes(`! theme.css:${mistake}.`)).toBe(mistake !== null);
});
