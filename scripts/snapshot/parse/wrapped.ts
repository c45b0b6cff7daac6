import { decoded } from '../normalise/escaped.ts';

/** A feed's root with what only a feed's has: its namespace, or RSS's version. */
const ROOT =
  /<((?:[\w.-]+:)?(?:feed|rss|rdf))\b(?=[^<>]*(?:xmlns(?::\w+)?\s*=\s*["']https?:\/\/(?:www\.w3\.org\/2005\/atom|www\.w3\.org\/1999\/02\/22-rdf|purl\.org\/)|\sversion\s*=\s*["']))[^<>]*>/i;
const ESCAPED_ROOT = /&lt;(?:[\w.-]+:)?(?:feed|rss|rdf)\b/i;

/** The feed that a web page was laid around, its markup escaped or not; null for a page that is none. */
export function feedWithin(page: string): string | null {
  const feed = cutOut(page);
  if (feed !== null || !ESCAPED_ROOT.test(page)) return feed;
  // As a browser shows XML: within one element, nothing else in there.
  for (const [, inner = ''] of page.matchAll(/<(?:pre|code|textarea|xmp)\b[^<>]*>(?:\s*<code\b[^<>]*>)?([^<]*)</gi)) {
    const text = ESCAPED_ROOT.test(inner) ? cutOut(decoded(inner)) : null;
    if (text !== null) return text;
  }
  return null;
}

/** From the root's first tag to its last. */
function cutOut(text: string): string | null {
  const root = ROOT.exec(text);
  if (root === null) return null;
  const end = `</${root[1]}>`;
  const last = text.toLowerCase().lastIndexOf(end.toLowerCase());
  return last < root.index ? null : text.slice(root.index, last + end.length);
}
