import type { FeedEntry } from './document.ts';
import { plainText } from './plain-text.ts';

/** Elements that show something without a word. */
const SHOWN = /<(?:img|picture|video|audio|iframe|svg|math|object|embed)\b/i;

/** Whether an entry has anything that a reader could see or follow: without any, `<item/>` would be an empty page. */
export function saysSomething({ id, url, original, title, content, summary, enclosures }: FeedEntry): boolean {
  if (id || url || original || title || enclosures.length > 0) return true;
  return [content, summary].some((body) => body !== null && shows(body.html));
}

function shows(html: string): boolean {
  return SHOWN.test(html) || plainText(html).trim() !== '';
}
