import { escapeHtml } from './clean-text.ts';
import type { Still } from './entry.ts';
import { httpsAddress } from './media.ts';
import { watchPage } from './players.ts';

/** A link and its content, as `sanitise` prints it. Links are not nested. */
const LINK = /<a href="(https?:[^"]*)"[^>]*>((?:(?!<\/?a[ >])[\s\S])*)<\/a>/g;
/** A paragraph of no height: an editor or template left it, or it had only a counter. */
const EMPTY = /<p>[ \t\n]*<\/p>/g;
/** Paragraphs that show a blank line, one after the other. */
const BLANK = /(?:<p>(?:\s|&nbsp;|<br>)*<\/p>\s*)+/g;
/** A display formula. The quotation marks are matched, so that text inside an attribute value cannot match. */
const FORMULA = /(<math(?: [a-z]+="[^"]*")*) tabindex="0"((?: [a-z]+="[^"]*")*>(?:(?!<\/?math[ >])[\s\S])*<\/math>)/g;

/** Lines of code, which Chrome translates (https://github.com/mdn/kuma/issues/7101). The quotation marks are matched here, too. */
const CODE = /(<pre(?: [a-z]+="[^"]*")* tabindex="0"(?: [a-z]+="[^"]*")*>\s*<code)(?=[ >])/g;

/** A list whose numbers have more than two digits, or soon do. A year at the beginning of a paragraph of Markdown makes one, too. */
const LONG_NUMBERS = /<ol(?=(?: [a-z]+(?:="[^"]*")?)*? start="-?(?:9\d|\d{3}))/g;

/**
 * Makes a sanitised body accessible when it is printed, so that texts of older snapshots are accessible too. A link
 * that has only pictures without `alt` gets the host of its target as a name. A display formula gets a wrapper that
 * scrolls by keyboard: MathML has no `tabindex`. A list with long numbers gets more room for them. No browser translates code. Blank paragraphs are left out.
 */
export function accessibleText(html: string): string {
  return withoutBlanks(html)
    .replaceAll(LINK, (link: string, href: string, inside: string) =>
      isNameless(inside) ? link.replace(' alt=""', ` alt="${hostIn(href)}"`) : link,
    )
    .replaceAll(CODE, '$1 translate="no"')
    .replaceAll(LONG_NUMBERS, '<ol class="far"')
    .replaceAll(FORMULA, '<span class="wide-math" tabindex="0">$1$2</span>');
}

/** Without the blank paragraphs of editors that write one between all others. Fewer divide a text: they stay, one at a time. */
function withoutBlanks(given: string): string {
  const html = given.replace(EMPTY, '');
  const blanks = html.match(BLANK);
  if (blanks === null) return html;
  const others = html.replace(BLANK, '').match(/<p[ >]/g) ?? [];
  const kept = blanks.length * 2 > others.length ? '' : '<p>&nbsp;</p>';
  return html.replace(BLANK, kept);
}

function isNameless(inside: string): boolean {
  return (
    inside.includes(' alt=""') && !/ alt="[^"]|<(?:math|audio|video)\b/.test(inside) && /^(?:<[^>]*>|\s)*$/.test(inside)
  );
}

/** The host, with only characters that need no escaping in HTML. */
function hostIn(href: string): string {
  return URL.parse(href)?.hostname.replace(/^www\.|[^\w.:[\]-]/g, '') ?? '';
}

/** A sanitised body, whose headings begin at h5, with headings from h2 on. Only their numbers change: it stays safe. */
export function liftHeadings(html: string): string {
  return html.replace(/<(\/?)h([56])\b/g, (_, slash: string, level: string) => `<${slash}h${Number(level) - 3}`);
}

/** A heading with which a text begins. Values of attributes may hold tags. */
const FIRST_HEADING =
  /^((?:\s*<(?:div|p)(?: [a-z]+="[^"]*")*>)*\s*)<h5((?: [a-z]+="[^"]*")*)>((?:(?!<\/?h5\b)[\s\S]){1,2000})<\/h5>\s*/;
const SHOWN = /<(?:a|audio|iframe|img|math|picture|pre|table|video)\b/;

/** Between the lines of a poem, which a title has not. */
const INNER_BREAK = /<br>\s*[^\s<]/;
/** Letters: a longer text is no title. */
const LONGEST_TITLE = 2_000;

/** A sanitised body without its title, which the page has as a heading: many generators write it into the text, too. Nothing is left of a text that is only the title. */
export function withoutTitle(html: string, title: string): string {
  if (html.length < LONGEST_TITLE && !SHOWN.test(html) && !INNER_BREAK.test(html) && saysTheSame(html, title))
    return '';
  const [all, before = '', attributes = '', heading = ''] = FIRST_HEADING.exec(html) ?? [];
  if (all === undefined || SHOWN.test(heading) || !saysTheSame(heading, title)) return html;
  const ids = `${attributes}${heading}`.matchAll(/ id="([^"]*)"/g);
  if (ids.some(([, id]) => html.includes(` href="#${id}"`))) return html;
  const rest = before + html.slice(all.length);
  return rest.includes('<h5') ? rest : rest.replace(/<(\/?)h6\b/g, '<$1h5');
}

/** Whether two texts have the same letters and numbers, and any. */
export function saysTheSame(html: string, title: string): boolean {
  const letters = lettersIn(title);
  return letters !== '' && lettersIn(html) === letters;
}

function lettersIn(html: string): string {
  return html
    .replace(/<\/?[a-z][^>]*>|&#?\w+;/gi, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
    .toLowerCase();
}

/**
 * A player in the sanitiser's form (scripts/snapshot/sanitise/frames.ts). Behind `<iframe src=` at the end of another attribute's value there is no address.
 */
const PLAYER = /<iframe src="(https?:[^"]*)"(?: title="([^"]*)")?[^>]*><\/iframe>/g;

/** A link instead of each player, which is in a `<template>`: no request before a click. The first shows the still. */
export function withStills(html: string, still: Still | undefined): string {
  let picture = still === undefined ? '' : pictureOf(still);
  return html.replaceAll(PLAYER, (player: string, src: string, title = '') => {
    const before = picture;
    picture = '';
    // In attributes, the player's address and title are escaped already; in a text, `<` must be too.
    const words = title.replaceAll('<', '&lt;') || new URL(src).host;
    const link = `<a class="still" href="${watchPage(src)}" rel="nofollow ugc noopener">${before}<span>${words}</span></a>`;
    return `${link}<template>${player}</template>`;
  });
}

/** A picture with which a text begins, unless another or a link stands beside it, as in a row of badges. Values of attributes may hold tags. */
const COVER =
  /^((?:<(?:p|div|figure|picture|source|a)(?: [a-z]+="[^"]*")*>\s*)*<img)(?!(?: [a-z]+="[^"]*")*>(?:<\/(?:a|picture)>|\s)*<(?:a|img)\b)/;

/** The body of a fold, which shows the first picture small, beside the first lines. */
export function withCover(html: string): string {
  return html.replace(COVER, '$1 class="cover"');
}

function pictureOf({ url, width, height }: Still): string {
  const size = width !== undefined && height !== undefined ? ` width="${width}" height="${height}"` : '';
  const src = escapeHtml(httpsAddress(url));
  return `<img src="${src}" alt=""${size} loading="lazy" decoding="async" referrerpolicy="no-referrer">`;
}
