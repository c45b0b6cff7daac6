import { parseFragment } from 'parse5';
import { wordSet } from '../../../src/core/text.ts';
import { isBlank, parseInDiv } from '../sanitise/parsed-html.ts';
import { areBalanced, tagsIn, WITHOUT_END } from './markup.ts';

const MOST_TIMES = 3;
const ANY_TAG = /<[a-z/!?]/i;
const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi;

/** Pixelfed escapes the caption under its pictures once too often: https://github.com/pixelfed/pixelfed/issues/4121 */
const CAPTION = /^(<img id="rss_item_\d[^<>]*>\s*(?:<img\s[^<>]*>\s*)*<p style="padding:10px;">)([^<]*)(?=<\/p>$)/;

/** HTML that was escaped twice, unescaped once. A text about HTML has words around its examples, and stays. */
export function unwrapped(html: string): string {
  const text = withoutMarks(withoutCdata(html)).replace(
    CAPTION,
    (_, start: string, words: string) => start + decoded(words),
  );
  // A template may put one element around it, or add line breaks.
  const inner = /^<(div|p|span)(?:\s[^<>]*)?>([^<]*)<\/\1>$/i.exec(text)?.[2] ?? text.replace(/<br\s*\/?>/gi, '');
  let once = inner;
  for (let times = 0; times < MOST_TIMES && !ANY_TAG.test(once); times++) {
    once = withoutCdata(decoded(once).trim());
    if (isWholeMarkup(once)) return once;
  }
  if (text !== inner || inner.includes('<')) return text;
  const words = decoded(inner);
  return isStillEscaped(words) ? words : text;
}

const START = '<![CDATA[';
const CDATA_END = ']]>';

/** The text in an escaped CDATA section. No feed wants to show the section itself (https://github.com/kurtmckee/feedparser/issues/440). */
export function withoutCdata(text: string): string {
  let inner = text.trim();
  for (let times = 0; times < MOST_TIMES && inner.startsWith(START) && inner.endsWith(CDATA_END); times++)
    inner = inner
      .slice(START.length, -CDATA_END.length)
      .replaceAll(CDATA_END + START, '')
      .trim();
  return inner;
}

/** A text whose only tag is a line break at its end: some feeds write one after each summary. */
const LAST_BREAK = /^([^<]*[\p{L}\p{N}.!?…])<br(?:\s[^<>]*)?>\s*$/iu;

/** Text of no declared type without that line break: it does not make the text HTML, which would lose its lines. */
export function withoutLastBreak(text: string): string {
  return text.replace(LAST_BREAK, '$1');
}

/** HTML without the marks of CDATA sections inside it: an HTML parser would drop them with the text up to the next `>`. */
function withoutMarks(html: string): string {
  if (!html.includes(START) || !ANY_TAG.test(html.replaceAll(START, ''))) return html;
  return html.replaceAll(START, '').replaceAll(CDATA_END, '');
}

const BLOCK = /^(?:p|br|div|h[1-6]|ul|ol|li|blockquote|table|figure|hr|section|article)$/;

function isWholeMarkup(text: string): boolean {
  const tags = tagsIn(text);
  const [first, last] = [tags[0], tags.at(-1)];
  if (!first || !last || !areBalanced(tags)) return false;
  if (first.start === 0 && last.end === text.length) return true;
  if (!tags.some(({ attributes }) => LEADS.test(attributes))) return false;
  const words = text.replace(/<[^<>]*>/g, ' ');
  if (tags.filter(({ name }) => BLOCK.test(name)).length > 1 || isStillEscaped(text.replaceAll('<', ''))) return true;
  return tags.every(({ name }) => RUNNING.test(name)) && !SHOWS_IT.test(words) && !/[:=]\s*<[a-z]/i.test(text);
}

/** Elements that hold whole paragraphs. An item without its list is an example. */
const HOLDS_TEXT = /^(?:p|div|h[1-6]|ul|ol|dl|pre|blockquote|figure|table|section|article|details)$/;
/** A tag that is a word of a sentence: `<p> begins a paragraph and ends with </p>`. */
const AS_A_WORD = /^<[^<>]*>(?:[,;]|:? [^\s<])|[^\s>] <[^<>]*>$/;
/** Comments with which generators of HTML end a post: `<!-- rebuild by hexo-neat -->`. */
const COMMENTS = /^(?:\s*<!--(?:(?!-->)[\s\S])*-->)*$/;

/** Whether a text is nothing but blocks of HTML, all closed, without words between them. In doubt it is a text about HTML. */
export function isBlockMarkup(text: string): boolean {
  const tags = tagsIn(text);
  const last = tags.at(-1);
  if (!last?.closing || !HOLDS_TEXT.test(last.name) || !areBalanced(tags)) return false;
  if (!COMMENTS.test(text.slice(last.end))) return false;
  const outermost = parseInDiv(text).filter((node) => !isBlank(node));
  if (outermost.some((node) => 'value' in node)) return false;
  // Nobody explains a tag beside a comment.
  return outermost.length > 1 || /^\s*<(?:!--|\?)|-->\s*$/.test(text) || !AS_A_WORD.test(text);
}

/** Elements of running text. A frame or a script between words is probably an example. */
const RUNNING = /^(?:a|abbr|b|br|cite|code|del|em|i|img|p|q|s|small|span|strong|sub|sup|u)$/;
/** Words of a text that shows markup as an example. Markup that a program escaped twice is not between these words. */
const SHOWS_IT =
  /\b(?:(?:x?html?|xml|tags?|elements?|attributes?|markups?|markdown|code|snippets?|syntax|anchors?|href|src|strings?)|writ(?:e|es|ing|ten)|wrote|typ(?:e|ing)|us(?:e|es|ed|ing)|add(?:s|ed|ing)?|paste|put|insert|replace|becomes?|renders?|outputs?|instead)\b/i;

const LEADS = /\s(?:href|src)\s*=\s*["']?(?:https?:)?\//i;
/** Words of a text about references: it may show one. */
const ABOUT_IT = /\b(?:html|xml|entit|escap|encod|ampersand|character ref)/i;

/** Whether a text still has references, which readers should not see: `It&#8217;s`, `Q&amp;A`. */
export function isStillEscaped(text: string): boolean {
  if (!text.includes('&') || text.includes('<') || ABOUT_IT.test(text)) return false;
  const references = text.match(REFERENCE) ?? [];
  // References of brackets stay: with `&lt;b&gt;` a text shows a tag.
  const areBrackets = references.some((each) => /^&(?:lt|gt|#60|#62|#x3[ce]);$/i.test(each));
  return references.length === text.split('&').length - 1 && !areBrackets;
}

/** A text without tags, its references decoded. */
export function decoded(text: string): string {
  if (!text.includes('&')) return text;
  const [node] = parseFragment(text.replaceAll('<', '&lt;')).childNodes;
  return node && 'value' in node ? node.value : text;
}

/** Elements in which markup is an example. */
const OF_CODE = /^(?:code|kbd|pre|samp|tt)$/;

/**
 * The HTML of a template, with its texts unescaped that are markup: blocks outside of its elements, where a post does not
 * show some as examples (https://github.com/Ranchero-Software/NetNewsWire/issues/4636), or words with a link or a picture
 * that is no example (https://github.com/GoogleChrome/web.dev/issues/5691).
 */
export function halfEscaped(html: string): string {
  if (tagsIn(html).some(({ name }) => OF_CODE.test(name))) return html;
  // Tags and texts take turns: pieces with an odd index are tags.
  const pieces = html.split(/(<[^<>]*>)/);
  const words = pieces.filter((_, index) => index % 2 === 0).map((text) => decoded(text).replace(/<[^<>]*>/g, ' '));
  const isAboutIt = SHOWS_IT.test(words.join(' '));
  let depth = 0;
  const markup = pieces.map((piece, index) => {
    if (index % 2 === 1) {
      for (const { name, closing } of tagsIn(piece)) if (!WITHOUT_END.has(name)) depth += closing ? -1 : 1;
      return piece;
    }
    const text = decoded(piece);
    const [inner, tags] = [withoutCdata(text), tagsIn(text)];
    if (depth === 0 && isBlockMarkup(inner)) return inner;
    const isExample = isAboutIt && tags.every(({ name }) => RUNNING.test(name));
    const leads = tags.some(({ attributes }) => LEADS.test(attributes));
    const isMeant = leads && !isExample && !tags.some(({ name }) => NOT_MEANT.has(name)) && areBalanced(tags);
    return isMeant ? text : piece;
  });
  return markup.join('');
}

/** Line breaks, paragraphs and pictures in forms that a plain text does not show as examples. */
const NO_EXAMPLE =
  /<br ?\/>|[\p{L}\p{N}]<br>[\p{L}\p{N}]|<br>[\s\S]*<br>|^\s*<p(?:\s[^<>]*)?>|^\s*<img\s(?=[^<>]*\bsrc\s*=\s*["']?(?:https?:)?\/)[^<>]*>\s*$/iu;
const CLOSE_TAG = /<\/\w+>/;
const SOME_REFERENCE = /&(?:#x?)?\w+;/;
/** Elements that in text of no declared type are examples, not markup. */
const NOT_MEANT = wordSet(
  'applet base embed frame frameset head html link math meta noframes object param script slot style svg template title',
);

/**
 * Whether text of no declared type is HTML, after Python's feedparser (https://github.com/kurtmckee/feedparser): with an end tag,
 * a line break or a reference, and no unknown one, or a picture alone. In doubt it is not: markup that is none would be removed.
 */
export function looksLikeHtml(text: string): boolean {
  if (!(CLOSE_TAG.test(text) || SOME_REFERENCE.test(text) || NO_EXAMPLE.test(text))) return false;
  const tags = tagsIn(text);
  if (tags.length !== (text.match(/<\/?\w/g)?.length ?? 0) || tags.some(({ name }) => NOT_MEANT.has(name)))
    return false;
  return areBalanced(tags) && (text.match(/&\w+;/g) ?? []).every((reference) => decoded(reference) !== reference);
}
