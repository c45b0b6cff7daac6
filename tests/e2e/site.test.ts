import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { sharedBrowser } from '../lib/browser.ts';
import { KINDS } from '../lib/build-demo.ts';
import { hashes, type Ran } from '../lib/planet.ts';
import { brokenLinks, buildSite, type HtmlPage, isEntryPath, otherDisk, pagesOf, serveSite } from '../lib/site.ts';
import { areaFor } from '../lib/test-folder.ts';

const demo = inject('demo');
const area = areaFor('site');
const pages = await pagesOf(demo.dist);

/** A copy of the demo's folder, archive included, that a test may change. */
async function copyOfDemo(name: string): Promise<string> {
  const folder = join(area, name);
  await cp(demo.folder, folder, { recursive: true });
  return folder;
}

const page = (path: string): HtmlPage => pages.find((each) => each.path === path) as HtmlPage;
/** The river, denser: nothing that a search engine should list beside it. */
const isDenser = ({ path }: Pick<HtmlPage, 'path'>) => path === '/excerpts/' || path === '/titles/';
const isEntry = ({ path }: Pick<HtmlPage, 'path'>) => isEntryPath(path);

describe('the pages of the demo', () => {
  test('are there, one of each kind', () => {
    const paths = pages.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining([...KINDS.slice(0, -1), '/404.html']));
  });

  test.for<[what: string, tag: string, attributes?: Record<string, string>]>([
    ['title', 'title'],
    ['description', 'meta', { name: 'description' }],
    ['h1', 'h1'],
    ['canonical address', 'link', { rel: 'canonical' }],
    ['feed of the planet', 'link', { rel: 'alternate', type: 'application/rss+xml', href: '/rss.xml' }],
  ])('each has one %s', ([, tag, attributes = {}]) => {
    const wanted = Object.entries(attributes);
    for (const { path, elements } of pages) {
      const found = elements.filter((each) => each.tag === tag).map((each) => each.attributes);
      const fit = found.filter((each) => wanted.every(([name, value]) => each[name] === value));
      expect.soft(fit, path).toHaveLength(1);
    }
  });

  test('no two pages have the same title', () => {
    const titles = pages.map(({ html }) => /<title>(.*?)<\/title>/s.exec(html)?.[1]);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  test('every entry has a page, and only entry pages keep search engines out and point to the original', async () => {
    const entryPages = pages.filter(isEntry);
    const states = JSON.parse(await readFile(join(demo.folder, 'archive/feeds.json'), 'utf8'));
    // One of them came by two routes.
    const kept = Object.values<{ entries: number }>(states).reduce((sum, { entries }) => sum + entries, 0);
    expect(entryPages).toHaveLength(kept - 1);
    for (const { path, elements } of pages) {
      const robots = elements.find(({ attributes }) => attributes.name === 'robots')?.attributes.content;
      const canonical = elements.find(({ attributes }) => attributes.rel === 'canonical')?.attributes.href ?? '';
      if (isEntry({ path })) {
        expect.soft(robots, path).toBe('noindex');
        expect.soft(new URL(canonical).host, path).not.toBe('localhost:4321');
      } else if (path !== '/404.html') {
        expect.soft(robots, path).toBeUndefined();
        expect.soft(decodeURI(canonical), path).toBe(`http://localhost:4321${isDenser({ path }) ? '/' : path}`);
      }
    }
  });

  test('every link, picture, script and style inside the site is there', async () => {
    expect(await brokenLinks(demo.dist, 'http://localhost:4321/')).toEqual([]);
  });

  test('the sitemap lists the pages that search engines may keep, and robots.txt names it', async () => {
    const sitemap = await readFile(join(demo.dist, 'sitemap-0.xml'), 'utf8');
    const listed = sitemap.match(/(?<=<loc>http:\/\/localhost:4321).*?(?=<\/loc>)/g)?.map(decodeURI);
    const kept = pages.filter((each) => !isEntry(each) && !isDenser(each) && each.path !== '/404.html');
    expect(listed?.sort()).toEqual(kept.map(({ path }) => path).sort());
    const robots = await readFile(join(demo.dist, 'robots.txt'), 'utf8');
    expect(robots).toContain('\nDisallow: /search/?\n\nSitemap: http://localhost:4321/sitemap-index.xml\n');
  });

  test('an entry that came without its author’s name has its title alone', () => {
    const colon = pages.find(({ path }) => path.includes('/leiden-meetup'));
    expect(colon?.html).toMatch(/<h1[^>]*><a [^>]*><bdi[^>]*>Leiden meetup: /);
  });
});

describe('the page of a day', () => {
  const dayOf = (path: string) => page(`/${path.split('/').slice(1, 4).join('/')}/`);
  const entriesOn = (day: string) => pages.filter((each) => isEntry(each) && each.path.startsWith(day));

  test('with one entry has its beginning, and leads on to all of it', () => {
    const [entry] = entriesOn('/2026/01/21/');
    const { html } = dayOf(entry?.path ?? '');
    const summary = /<div class="prose p-summary" dir="auto">(.*)<\/div><p class="read-on">/s;
    const [, beginning = ''] = summary.exec(html) ?? [];
    const link = `<a href="${entry?.path}">Read it all<span class="unseen">: <bdi>Jakob Lindqvist: on flying</bdi></span></a>`;
    expect(html).toContain(link);
    expect(entry?.html).toContain(beginning.slice(0, beginning.lastIndexOf('</')));
    expect(beginning.replaceAll(/<[^>]*>/g, '').length).toBeLessThan(700);
  });

  test('with several has all of what is no longer than three screens', () => {
    expect(entriesOn('/2026/01/22/')).toHaveLength(5);
    const { html } = page('/2026/01/22/');
    expect(html.match(/class="prose e-content"/g)).toHaveLength(5);
    expect(html).not.toContain('Read it all');
  });
});

test('links tell a screen reader the title of a post, and its language', () => {
  const title = 'كيف نقرأ الوقت من ارتفاع نجم';
  for (const [path, kind] of [
    ['/', 'unfold'],
    ['/excerpts/', 'read-on'],
  ] as const) {
    const links = page(path)
      .html.split(`class="${kind}"`)
      .slice(1)
      .map((after) => after.slice(0, after.indexOf('</a>')));
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect.soft(link).toMatch(/Read .*<span class="unseen">: <bdi[^>]*>[^<]+<\/bdi>/);
    expect(links.join()).toContain(`<bdi lang="ar">${title}<`);
  }
  const before = pages.find(({ path }) => path.includes('/two-clocks-'));
  expect(before?.html).toMatch(new RegExp(`rel="next".*<bdi lang="ar">[^<]*${title}<`));
});

describe('the entry that came by two routes', () => {
  const title = 'How far off is a cheap clock?';
  const pagesWith = (text: string) => pages.filter(({ html }) => html.includes(text)).map(({ path }) => path);
  const ownPages = () => pages.filter(({ html }) => html.includes(`${title}</bdi></a></h1>`));
  const path = () => ownPages()[0]?.path ?? '';

  test('has one page, which names the other feed', () => {
    expect(ownPages()).toHaveLength(1);
    expect(path()).toMatch(/^\/2026\/01\/22\/priya-raghunathan-how-far-off/);
    const link = '<a href="/feeds/almanac/"><bdi>The Almanac: Community posts</bdi></a>';
    expect(page(path()).html).toContain(`also via ${link}`);
  });

  test('is in the river once, with its full text', () => {
    expect(page('/').html.split(`${title}</bdi></a>`)).toHaveLength(2);
    expect(page('/').html).toContain('also via');
    expect(page('/').html).toContain('Oven crystal');
  });

  test('is in both feeds’ archives, under the same address', () => {
    const linking = pagesWith(`href="${path()}"`);
    expect(linking).toContain('/feeds/planet-escapement/');
    expect(linking).toContain('/feeds/almanac/');
  });
});

describe('a build', () => {
  const disk = otherDisk();
  test.skipIf(disk === null)('on another disk, as a container’s volume is, has the same pages', async () => {
    const there = areaFor('site', disk ?? '');
    const dist = join(area, 'elsewhere');
    await symlink(there, dist);
    const built = await buildSite(demo.folder, dist);
    expect(built.code, built.stderr).toBe(0);
    expect(built.stdout).toContain('search: 41 entries indexed');
    // Pagefind numbers pages in the order in which the disk tells of them: its files, and what is counted of them, may differ.
    const isOfPages = ([path]: [string, string]) => !path.startsWith('pagefind/') && path !== 'digest.txt';
    const pagesIn = async (dist: string) => Object.fromEntries(Object.entries(await hashes(dist)).filter(isOfPages));
    expect(await pagesIn(there)).toEqual(await pagesIn(demo.dist));
  });

  test('a folder of the first version still builds, and every link stays inside the folder of its site', async () => {
    const folder = join(area, 'first');
    await cp('tests/fixtures/first-version', folder, { recursive: true });
    const yaml = await readFile(join(folder, 'planet.yaml'), 'utf8');
    const site = 'https://planet.example/sub/path/';
    await writeFile(join(folder, 'planet.yaml'), yaml.replace('site: https://planet.example/', `site: ${site}`));
    const dist = join(area, 'first-dist');
    for (const below of ['pages', 'parts', 'slots', 'public']) await mkdir(join(folder, below), { recursive: true });
    const write = (name: string, text: string) => writeFile(join(folder, name), text);
    const footer = '<p><a href="/about-us/">{"<a href=\'/x\'>"}</a></p>\n<a href="/sub/path?a">o</a>';
    const unseen = '<!-- <a href="/no/">n</a> -->{[1].map((n) => { return n > 1 && <a href="/no/">{n}</a>; })}';
    await write('slots/footer.astro', `${footer} <a href="/sub/path#a">p</a> <a href="/gone/">s</a>${unseen}\n`);
    await write('slots/head.astro', '<link rel={process.env.HARMED ? hello : "help"} href="/sub/path/about-us/" />\n');
    // Also of a folder on another disk than the engine.
    const ownParts = '<style>i { color: #abcdef }</style><script>console.log("of the slot")</script>';
    await write('slots/masthead.astro', `<i>own</i>${ownParts}\n`);
    await write('public/pic.png', 'x');
    await write('public/_redirects', '/sub/path/old/* /sub/path/ 301\n/sub/path/app/:name /sub/path/ 200\n');
    const front = '---\ntitle: About us\ndescription: Who we are\n---\n';
    const links =
      '[a](/subscribe/) ![b](/pic.png) [c](../archive/) [d](//x.example/y) [e](/old/z) [r](/app/z) [f](#g) [h](mailto:a@b.example)';
    const html = `<p><a title='>' href="/status/?a=1">k</a> <a href='/feeds/'>q</a></p>\n\n\`<a href="/l/">\``;
    await write('pages/About us!.md', `${front}\n${links} [i](/subscibe/) [j](more.md)\n\n${html}\n`);
    await write('slots/Badge.astro', "---\nimport './badge.css';\n---\n<b>m</b>\n");
    await write('slots/badge.css', 'b { color: #123456 }\n');
    const mdx = `import Badge from '../slots/Badge.astro';\n\n<a href={'/feeds' + '/'}>n</a> <Badge />\n`;
    await write('pages/more.mdx', `${front}\n${mdx}`);
    const more =
      "import { getEntry, render } from 'astro:content';\nconst { Content } = await render(await getEntry('pages', 'more'));";
    await write('parts/More.astro', `---\n${more}\n---\n<Content />\n`);
    await write('pages/all.mdx', `${front}\nimport More from '../parts/More.astro';\n\n<More />\n`);
    const built = await buildSite(folder, dist);
    expect(built.code, built.stderr).toBe(0);
    const leads = (to: string) => `${to} leads to no page or file of this site.`;
    const said = built.stderr.match(/(?<=Before you publish: )(?:pages|slots)\/.*/g);
    const dead = ['/sub/path/subscibe/', 'more.md'].map((to) => `pages/About us!.md: the link ${to}`);
    expect(said).toEqual([...dead, 'slots/footer.astro: the link /sub/path/gone/'].map(leads));
    const about = await readFile(join(dist, 'about-us/index.html'), 'utf8');
    for (const html of [
      ...['<a href="/sub/path/subscribe/">a</a>', 'src="/sub/path/pic.png"', '<a href="../archive/">c</a>'],
      ...['<a href="//x.example/y">d</a>', 'href="/sub/path/status/?a=1">k</a>', '&lt;a href="/l/"'],
      ...['<a href="/sub/path/about-us/">', '<link rel="help" href="/sub/path/about-us/">'],
      ...['<a href="/sub/path/feeds/">q</a>', '<a href="/sub/path?a">o</a>', '<a href="/sub/path#a">p</a>'],
    ])
      expect.soft(about).toContain(html);
    const files = await Promise.all(
      [...about.matchAll(/(?:href|src)="\/sub\/path\/(_astro\/[^"]+)/g)].map(([, file = '']) =>
        readFile(join(dist, file), 'utf8'),
      ),
    );
    expect(files.join('\n')).toContain('{color:#abcdef}');
    expect(files.join('\n')).toContain('of the slot');
    const stylesOf = (html: string) => html.match(/(?<=<link rel="stylesheet" href="\/sub\/path\/)[^"]+/g) ?? [];
    const stylesOfAbout = new Set(stylesOf(about));
    // Also a component that shows another page brings the styles of that page.
    for (const name of ['more', 'all']) {
      const html = await readFile(join(dist, name, 'index.html'), 'utf8');
      expect(html).toMatch(/<a href="\/sub\/path\/feeds\/">n<\/a>\s<b>m<\/b>/);
      const [style = '', ...others] = stylesOf(html).filter((file) => !stylesOfAbout.has(file));
      expect(others).toEqual([]);
      expect(await readFile(join(dist, style), 'utf8')).toContain('b{color:#123456}');
    }
    // Those written above that lead nowhere; the footer has three of them on each page.
    const ofFooter = /→ \/sub\/path(?:[?#]a|\/gone\/)$/;
    const broken = ['/sub/path/old/z', '/sub/path/app/z', '#g', '/sub/path/subscibe/', 'more.md'];
    expect((await brokenLinks(dist, site)).filter((link) => !ofFooter.test(link))).toEqual(
      broken.map((link) => `/about-us/ → ${link}`),
    );
    const paths = (await pagesOf(dist)).filter(isEntry).map(({ path }) => path);
    expect(paths).toContain('/2026/01/03/ines-spring-tide-and-full-moon-4c81dc6c24/');
    expect(paths).toHaveLength(8);
    expect(await readFile(join(dist, 'status/index.html'), 'utf8')).toContain('51 entries wait');

    await using host = await serveSite(dist, '/sub/path/');
    await using reader = await (await sharedBrowser()).newPage();
    await reader.goto(`${host.url}authors/`);
    await reader.locator('.bar input[name=q]').click();
    await reader.keyboard.type('spring tide');
    const found = reader.locator('dialog .results a').first();
    expect(await found.getAttribute('href')).toBe('/sub/path/2026/01/03/ines-spring-tide-and-full-moon-4c81dc6c24/');
    await found.click();
    await reader.locator('main article.alone').waitFor();
  });

  test('the build of an archive without entries fails with a sentence and leaves no page', async () => {
    const folder = await copyOfDemo('empty');
    await rm(join(folder, 'archive'), { recursive: true });
    const dist = join(area, 'empty-dist');
    const built = await buildSite(folder, dist);
    expect(built.code).not.toBe(0);
    expect(built.stdout + built.stderr).toContain('There is nothing to publish');
    await expect(readFile(join(dist, 'index.html'))).rejects.toThrow('ENOENT');
  });

  test.for([
    ['slots/footer.astro', '<p>{hello</p>\n', /slots\/footer\.astro:1:\d+/],
    ['theme.css', 'p { color: red } }\n', /; theme\.css:1:18: this "}" closes nothing\. The last site stays unch.*\n$/],
    ['public/logo.png', 'no picture', /^public\/logo\.png is not a picture that can be read\. The last site [^\n]*\n$/],
  ] as const)('of a mistake in %s says so without a trace', async ([name, text, says]) => {
    const folder = await copyOfDemo(name.replaceAll(/\W/g, '-'));
    await mkdir(join(folder, 'slots'));
    await writeFile(join(folder, name), text);
    expectSentence(await buildSite(folder, `${folder}-dist`), says);
  });

  test('of a slot that cannot be rendered says so without a trace', async () => {
    // Its pages are compiled already.
    const built = await buildSite(join(area, 'first'), join(area, 'harmed-dist'), { HARMED: 'yes' });
    expectSentence(built, /slots\/head\.astro: hello is not defined/);
  });

  function expectSentence({ code, stderr }: Ran, says: RegExp): void {
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^ +at |Stack trace|undefined:/m);
  }
});
