import { readFileSync } from 'node:fs';
import { parse, serialize } from 'parse5';
import { describe, expect, test } from 'vitest';
import { sanitise } from '../../scripts/snapshot/sanitise/sanitise.ts';
import { forbiddenMarkup, forbiddenWhenParsed } from '../../src/core/body-check.ts';
import { MULTIPLYING_DRAWINGS } from '../fixtures/hostile-drawings.ts';
import { HOSTILE_HTML } from '../fixtures/hostile-html.ts';
import { armed, elements } from '../lib/armed-markup.ts';
import { rows } from '../lib/case-table.ts';
import { Random } from '../lib/random.ts';

const OPTIONS = { base: 'https://ex.org/a/b', idPrefix: 'own' };
const FRAME = 'src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"';

describe('markup that no body may have', () => {
  test.for(rows`
    <p>a</p><script>b</script> | the element <script>
    <p onclick="x">a</p> | the attribute onclick on <p>
    <a href="javascript:x">a</a> | the value “javascript:x” in href on <a>
    <a href=" https://x.example/">a</a> | the value “ https://x.example/” in href on <a>
    <img src="data:image/svg+xml,%3Csvg%3E%3C/svg%3E"> | the value “data:image/svg+xml,%3Csvg%3E%3C/svg%3E” in src on <img>
    <img src="data:image/svg+xml,x"> | the value “data:image/svg+xml,x” in src on <img>
    <img srcset="https://x.example/ 1x, data:x 2x"> | the value “https://x.example/ 1x, data:x 2x” in srcset on <img>
    <iframe ${FRAME}></iframe> | <iframe> without sandbox
    <iframe srcdoc="x"></iframe> | the attribute srcdoc on <iframe>
    <iframe src="https://evil.example/"></iframe> | the value “https://evil.example/” in src on <iframe>
    <table><tbody><tr><td colspan="101">a</td></tr></tbody></table> | the value “101” in colspan on <td>
    <table><colgroup><col span="999"></colgroup></table> | the value “999” in span on <col>
    <pre class="masthead">a</pre> | the value “masthead” in class on <pre>
    ${'<a href="\n::error::x\x1B[2J\u202E">a</a>'} | the value “ ::error::x [2J ” in href on <a>
    <p ${'x'.repeat(9_999)}="">a</p> | the attribute ${'x'.repeat(146)}
    <svg><a href="#x"></a></svg> | the element <svg>
    <math><a href="#x"></a></math> | the element <a>
    <!-- a --> | a comment
    <p>a</p></div></main><p>b</p> | a tag out of place
    <p><b>never closed | a tag out of place
    <table><tr> | a tag out of place
    <table><tr><td>a</td></tr></table> | a tag out of place
    <p>a<p>b</p> | a tag out of place
    <p>a</p></article></main><p>b</p> | a tag out of place
    a</section> | a tag out of place
    <body onload="x">a | a tag out of place
    <html onclick="x">a | a tag out of place
    <td onclick="x">a | a tag out of place
    a<b title=" | a tag out of place
    a</div><p><script src="https://evil.example/x.js" x=" | a tag out of place
    a</div><p>.</b x=" | a tag out of place
    a</div x= | a tag out of place
  `)('%s has %s', ([html, is]) => expect(forbiddenMarkup(html)).toBe(is));

  test('a playlist is none', () => {
    const html = sanitise(`<iframe ${FRAME.replace(/"$/, '?list=PL-_0123456789&amp;start=9"')}></iframe>`, OPTIONS);
    expect(html).toContain('?list=PL-_0123456789&#x26;start=9"');
    expect(forbiddenMarkup(html)).toBe(null);
  });

  test.for(Object.entries(MULTIPLYING_DRAWINGS))('a drawing of %s', ([, svg]) => {
    const source = encodeURIComponent(svg).replace(/%(?:2C|2F|3A|3D)/g, decodeURIComponent);
    const picture = `<img src="data:image/svg+xml,${source}" alt="x">`;
    expect(forbiddenMarkup(picture)).toMatch(/^the value .* in src on <img>$/);
    for (const html of [svg, picture]) {
      const safe = sanitise(html, OPTIONS);
      expect(forbiddenMarkup(safe)).toBe(null);
      expect(/<img |\[drawing\]/.test(safe)).toBe(true);
    }
  });

  test('none of the hostile vectors that could do something is let through', () => {
    const vectors = HOSTILE_HTML.filter((vector) => armed(vector).length > 0);
    expect(vectors.length).toBeGreaterThan(400);
    expect(vectors.filter((vector) => forbiddenMarkup(vector) === null)).toEqual([]);
  });
});

test('a glance lets nothing through that parsing would not, nor either what changes the page around it, of whatever is put together', () => {
  let glanced = 0;
  const page = around('');
  // Of so few pieces many are put together alike.
  for (const html of new Set(Array.from({ length: 15_000 }, (_, seed) => patchwork(seed)))) {
    const outside = forbiddenMarkup(html);
    if (outside === null) {
      expect(forbiddenWhenParsed(html), html).toBe(null);
      expect(around(html), html).toBe(page);
      glanced++;
    } else expect(outside).toBe(forbiddenWhenParsed(html));
  }
  expect(glanced).toBeGreaterThan(1_000);
});

describe('the output of the sanitiser passes', () => {
  test('a good post passes', () => {
    const post = readFileSync(new URL('../fixtures/good-post.safe.html', import.meta.url), 'utf8');
    expect(forbiddenMarkup(post)).toBe(null);
  });

  test('however deep somebody nested it', () => {
    const nested = (times: number, name: string) => `${`<${name}>`.repeat(times)}a${`</${name}>`.repeat(times)}`;
    for (const name of ['div', 'bdo']) {
      expect(forbiddenMarkup(sanitise(nested(20_000, name), OPTIONS))).toBe(null);
      expect(forbiddenMarkup(nested(250, name))).toBe(null);
      expect(forbiddenMarkup(nested(251, name))).toBe('elements nested more than 250 deep');
      expect(forbiddenMarkup(nested(20_000, name))).toBe('elements nested more than 250 deep');
    }
  });
});

const NAMES = 'p h5 pre code em b a ul ol li blockquote div table td span details figure dl dt dd'.split(' ');
const PIECES = [
  NAMES.map((name) => `<${name}>`).join(' | '),
  '<br> | <hr> | <img src="https://x.example/&#x26;a.png"> | <a href="https://x.example/?a=1&#x26;b=2">',
  '<a href="https://x&#x40;evil.example/"> | <a href="javascript:x"> | <b onclick="x"> | <p class="x"> | <svg>',
  'text  | &#x3C;script> | < | \n | <!-- --> | </p > | </div> | </li> | <p/> | <P> | <script> | <iframe>',
  '</main> | </article> | </ul> | <body onload="x"> | <b title=" | </b title=" | </div><p> | "> | \0 | \r\n',
  `<table><tbody><tr><td> | <math><mi> | <b\ttitle="a"> | <b title='a'> | <b title="a" title="b"> | <pre>\r\n`,
].flatMap((pieces) => pieces.split(' | '));

/** A page with a text in it, as a browser reads it, without that text. */
function around(html: string): string {
  const page = parse(
    `<!doctype html><body><main class="a"><ul><li><article><div class="prose">${html}</div><p class="b">c</p></article></ul></main>`,
  );
  const [prose] = elements(page, 'div');
  if (prose) prose.childNodes = [];
  return serialize(page);
}

/** Pieces of markup in any order; mostly each is closed, where it should be or elsewhere. */
function patchwork(seed: number): string {
  const random = new Random(seed);
  // Of few kinds, so that they meet: what harms is one thing within another within the first.
  const kinds = Array.from({ length: 3 }, () => PIECES[random.below(seed % 3 === 0 ? PIECES.length : 19)] as string);
  const open: string[] = [];
  let html = '';
  for (let left = random.below(8); left > 0; left--) {
    const piece = random.oneOf(kinds);
    html += piece;
    const [, name] = /^<([a-z]\w*)(?: [^>]*)?>$/.exec(piece) ?? [];
    if (name && !['br', 'hr', 'img'].includes(name)) open.push(name);
    while (open.length > 0 && random.below(2) > 0) html += `</${random.below(40) === 0 ? 'div' : open.pop()}>`;
  }
  return open.reduceRight((text, name) => (random.below(60) === 0 ? text : `${text}</${name}>`), html);
}
