import type { FeedEntry, ForeignHtml } from '../feed-entry.ts';
import { elements, type XmlElement } from '../parse/feed-tree.ts';
import { plainText } from '../sanitise/parsed-html.ts';
import { mediaWithin } from './feed-media.ts';
import { foreignHtml } from './texts.ts';

/** Elements that hold the full text. */
const WHOLE = 'content:encoded fullitem content xhtml:body body'.split(' ');
/** Elements that hold a part of the text, or all of it if no element holds the full text. */
const PART = 'description summary dc:description abstract dcterms:abstract itunes:summary'.split(' ');
/** Plain text unless declared (https://www.rssboard.org/media-rss#media-description), but not all feeds obey. */
const CAPTION = ['media:description'];
/** Used if an entry has no other text. */
const LAST = ['itunes:subtitle', 'googleplay:description'];

/** The fullest text of an entry, and another one as its summary. `guess` as for `elementHtml`. */
export function bodiesOf(entry: XmlElement, guess: boolean, base: string): Pick<FeedEntry, 'content' | 'summary'> {
  const read = (from: readonly XmlElement[], names: readonly string[], guessed = guess): ForeignHtml[] => {
    const bodies = from.filter(({ name }) => names.includes(name)).map((each) => foreignHtml(each, guessed, base));
    return bodies.filter(({ html }) => html !== '');
  };
  const children = elements(entry);
  const [whole, parts] = [read(children, WHOLE), read(children, PART)];
  const content =
    fullest(whole, parts) ?? read(mediaWithin(entry), CAPTION, true)[0] ?? read(children, LAST)[0] ?? null;
  const other = ({ html }: ForeignHtml): boolean => content?.html.endsWith(html) === false;
  // With a full text the last summary counts; without one the first part is the text, and the next its summary.
  const summary = whole.length > 0 ? parts.findLast(other) : parts.find(other);
  return { content, summary: summary ?? null };
}

/** A text with fewer letters may be only "Read more". Longer markup is always a text. */
const FEW = { letters: 200, markup: 4000 };
/** Elements that show something without words. */
export const MEDIA = 'img|picture|video|audio|iframe|object|embed|svg';
/** What the longer text must show too if the first text shows it: media; and media, a table or code. */
const SHOWN = [MEDIA, `${MEDIA}|table|pre`].map((names) => new RegExp(String.raw`<(?:${names})\b`, 'i'));

/** The first full text, else the first part; where that one is nearly empty, a much longer one. Null without any. */
export function fullest(whole: readonly ForeignHtml[], parts: readonly ForeignHtml[]): ForeignHtml | null {
  const [first, ...others] = [...whole, ...parts];
  if (!first || others.length === 0 || first.html.length > FEW.markup) return first ?? null;
  const letters = letterCount(plainText(first.html));
  if (letters >= FEW.letters) return first;
  // Three sentences instead of two are not enough: it must be more than twice as long. Tags that it shows are no letters.
  const fuller = others.find(({ html }) => letterCount(plainText(html).replace(SHOWN_TAG, '')) > 2 * letters + 2);
  if (!fuller) return first;
  const isLost = SHOWN.some((shown) => shown.test(first.html) && !shown.test(fuller.html));
  return isLost && first.base === fuller.base ? { html: `${first.html}\n${fuller.html}`, base: first.base } : fuller;
}

/** A tag that a text shows to its readers. The `<` of `x < y` begins none. */
const SHOWN_TAG = /<\/?[a-z][a-z\d]*(?:\s+[a-z-]+="[^"]*")*\s*\/?>/gi;

function letterCount(text: string): number {
  return text.replace(/[\s\u200b\ufeff]+/g, ' ').trim().length;
}
