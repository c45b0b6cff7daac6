import { escapeHtml } from '../core/clean-text.ts';
import { describeFile } from '../core/media.ts';
import { watchPage } from '../core/players.ts';

/** Elements and attributes that our pages have, but that feed readers reject or cannot use. */
const OURS_ALONE = /<(?:iframe|bdo|audio|video)\b|\bhref="#|\brole="/;

/** A tag as `sanitise` prints it: values of attributes may contain `<` and `>`. */
const TAG = /<(\/?)([a-z][\w-]*)((?:[^"<>]|"[^"]*")*)>/g;

/** An attribute as it prints it. */
const ATTRIBUTE = / ([\w-]+)(?:="([^"]*)")?/g;

/** Attributes that the W3C validator reports (https://validator.w3.org/feed/docs/warning/SecurityRiskAttr.html). Feed readers have their own players. */
const OF_PAGES: ReadonlySet<string> = new Set(['controls', 'role']);

/** For an output feed: frames become links, and local links lead to `page`, the entry's page on the planet. */
export function feedHtml(html: string, page: string): string {
  if (!OURS_ALONE.test(html)) return html;
  let isInLink = false;
  const players: Player[] = [];
  return html.replace(TAG, (_tag, slash: string, name: string, given: string) => {
    const values = new Map<string, string>();
    const attributes = given.replace(ATTRIBUTE, (attribute, key: string, value = '') => {
      values.set(key, value);
      return OF_PAGES.has(key) ? '' : attribute;
    });
    const [src = '', title = ''] = [values.get('src'), values.get('title')?.replaceAll('<', '&lt;')];
    switch (name) {
      case 'a':
        isInLink = slash === '';
        return `<${slash}a${attributes.replace(' href="#', ` href="${escapeHtml(page)}#`)}>`;
      case 'iframe': {
        const text = title || (URL.parse(src)?.host ?? '');
        if (slash !== '') return '';
        // Older archives have frames in links.
        return isInLink ? `<bdi>${text}</bdi>` : `<a href="${watchPage(src)}">${text}</a>`;
      }
      case 'audio':
      case 'video': {
        if (slash === '') players.push({ src, title });
        const player = slash === '' ? undefined : players.pop();
        return `<${slash}${name}${attributes}>${player && !isInLink ? linkTo(player) : ''}`;
      }
      case 'source': {
        const player = players.at(-1);
        if (player) player.src ||= src;
        break;
      }
      case 'bdo':
        // Feed readers remove `bdo`, but they know `dir` on other elements.
        return `<${slash}bdi${attributes}>`;
    }
    return `<${slash}${name}${attributes}>`;
  });
}

/** The attributes of a video or sound, escaped. */
type Player = { src: string; title: string };

/** The link to a video or sound, because some feed readers have no player. */
function linkTo({ src, title }: Player): string {
  if (src === '') return '';
  const url = src.replace(/&(?:amp|#x(\w+));/g, (_sign, code = '26') => String.fromCharCode(Number.parseInt(code, 16)));
  return `<a href="${src}">${title || escapeHtml(describeFile({ url }).name)}</a>`;
}
