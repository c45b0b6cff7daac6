import { parseFragment } from 'parse5';
import { areBalanced, tagsIn } from './markup.ts';

/** Nobody escapes more often than this. */
const MOST_TIMES = 3;
const ANY_TAG = /<[a-z/!?]/i;
const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi;

/**
 * HTML without what was laid around it once too often: CDATA that was escaped, and references where all of its markup is
 * words. A text about HTML has words of its own around what it shows, and stays as it is.
 */
export function unwrapped(html: string): string {
  const text = withoutMarks(withoutCdata(html));
  if (!text.includes('&')) return text;
  // A template may lay one box around it, or mark its line ends.
  const inner = /^<(div|p|span)(?:\s[^<>]*)?>([^<]*)<\/\1>$/i.exec(text)?.[2] ?? text.replace(/<br\s*\/?>/gi, '');
  let once = inner;
  for (let times = 0; times < MOST_TIMES && once.includes('&') && !ANY_TAG.test(once); times++) {
    once = withoutCdata(decoded(once).trim());
    if (isWholeMarkup(once)) return once;
  }
  const words = decoded(inner);
  return text === inner && !ANY_TAG.test(inner) && isStillEscaped(words) ? words : text;
}

const START = '<![CDATA[';
const END = ']]>';

/** The text of a CDATA section that was escaped, as feedparser#440 tells: no HTML and no title is written so. */
export function withoutCdata(text: string): string {
  let inner = text.trim();
  if (!inner.includes(START) || !inner.includes(END)) return text;
  for (let times = 0; times < MOST_TIMES && inner.startsWith(START) && inner.endsWith(END); times++)
    inner = inner
      .slice(START.length, -END.length)
      .replaceAll(END + START, '')
      .trim();
  return inner;
}

/** HTML without the marks of CDATA sections in its middle: it has none, and a parser would take the text up to the next tag with them. */
function withoutMarks(html: string): string {
  if (!html.includes(START) || !html.includes(END) || !ANY_TAG.test(html.replaceAll(START, ''))) return html;
  return html.replaceAll(START, '').replaceAll(END, '');
}

const BLOCK = /^(?:p|br|div|h[1-6]|ul|ol|li|blockquote|table|figure|hr|section|article)$/;

function isWholeMarkup(text: string): boolean {
  const tags = tagsIn(text);
  const [first, last] = [tags[0], tags.at(-1)];
  if (!first || !last || !areBalanced(tags)) return false;
  if (first.start === 0 && last.end === text.length) return true;
  const leads = tags.some(({ attributes }) => LEADS.test(attributes));
  const words = text.replace(/<[^<>]*>/g, ' ');
  if (!leads) return false;
  if (tags.filter(({ name }) => BLOCK.test(name)).length > 1 || isStillEscaped(text.replaceAll('<', ''))) return true;
  return tags.every(({ name }) => RUNNING.test(name)) && !SHOWS_IT.test(words) && !/[:=]\s*<[a-z]/i.test(text);
}

/** What running text has: a frame or a script in words is rather shown than meant. */
const RUNNING = /^(?:a|abbr|b|br|cite|code|del|em|i|img|p|q|s|small|span|strong|sub|sup|u)$/;
/** Who shows how markup is written has such words around it; who had it escaped twice by a program has not. */
const SHOWS_IT =
  /\b(?:(?:x?html?|xml|tags?|elements?|attributes?|markups?|markdown|code|snippets?|syntax|anchors?|href|src|strings?)|writ(?:e|es|ing|ten)|wrote|typ(?:e|ing)|us(?:e|es|ed|ing)|add(?:s|ed|ing)?|paste|put|insert|replace|becomes?|renders?|outputs?|instead)\b/i;

const LEADS = /\s(?:href|src)\s*=\s*["']?(?:https?:)?\//i;
/** Who writes of references may well write one. */
const ABOUT_IT = /\b(?:html|xml|entit|escap|encod|ampersand|character ref)/i;

/** Whether a text has references where its reader should see what they stand for: `It&#8217;s`, `Q&amp;A`. */
export function isStillEscaped(text: string): boolean {
  if (!text.includes('&') || text.includes('<') || ABOUT_IT.test(text)) return false;
  const references = text.match(REFERENCE) ?? [];
  // One that stands for itself is a word, and so is a bracket: `&lt;b&gt;` is how a text says what a tag looks like.
  return (
    references.length > 0 &&
    references.length === text.split('&').length - 1 &&
    new Set(references).values().every((each) => !/^&(?:lt|gt|#60|#62|#x3[ce]);$/i.test(each) && decoded(each) !== each)
  );
}

/** What a text without tags says. */
export function decoded(text: string): string {
  if (!text.includes('&')) return text;
  const [node] = parseFragment(text.replaceAll('<', '&lt;')).childNodes;
  return node && 'value' in node ? node.value : text;
}

const TEMPLATE = /^(?:p|br|div|section|article|span)$/;

/**
 * HTML of which a template's tags were written as they are and the rest was escaped, as HTML has to be in there: each run
 * of text between the tags as markup, where it holds a link or a picture.
 */
export function halfEscaped(html: string): string {
  const tags = tagsIn(html);
  if (!tags.every(({ name }) => TEMPLATE.test(name))) return html;
  // Every other piece is a tag.
  const pieces = html.split(/(<[^<>]*>)/).map((piece, place) => (place % 2 === 1 ? piece : decoded(piece)));
  const within = pieces.filter((_, place) => place % 2 === 0).map(tagsIn);
  const leads = within.flat().some(({ attributes }) => LEADS.test(attributes));
  return leads && within.every(areBalanced) ? pieces.join('') : html;
}

const TAG_START = /<\/?\w/g;
/** Tags that nobody shows to a reader of plain text in this form, or so often. */
const LINES = /<br ?\/>|<br>[\s\S]*<br>|^\s*<p(?:\s[^<>]*)?>/i;
const CLOSE_TAG = /<\/\w+>/;
const SOME_REFERENCE = /&(?:#x?)?\w+;/;
/** Nobody means these to be read as markup in text of no declared type. */
const UNTOLD = new Set(
  'applet base embed frame frameset head html link math meta noframes object param script slot style svg template title'.split(
    ' ',
  ),
);

/**
 * Whether text of no declared type is HTML, after Python's feedparser: it must hold an end tag, a line's end or a character
 * reference, and no tag or reference that HTML does not know. A false yes would eat text, so that doubt means no.
 */
export function looksLikeHtml(text: string): boolean {
  if (!/[<&]/.test(text) || !(CLOSE_TAG.test(text) || SOME_REFERENCE.test(text) || LINES.test(text))) return false;
  const tags = tagsIn(text);
  if (tags.length !== (text.match(TAG_START)?.length ?? 0) || tags.some(({ name }) => UNTOLD.has(name))) return false;
  return areBalanced(tags) && (text.match(/&\w+;/g) ?? []).every((reference) => decoded(reference) !== reference);
}
