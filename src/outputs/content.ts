import { escapeHtml } from '../core/clean-text.ts';
import { describeFile } from '../core/media.ts';
import { watchPage } from '../core/printed-body.ts';

/** Elements and attributes that our pages have, but that feed readers reject or cannot use. */
const OURS_ALONE = /<(?:iframe|bdo|audio|video)\b|\bhref="#|\brole="/;

/** A tag as `sanitise` prints it: values of attributes may contain `<` and `>`. */
const TAG = /<(\/?)([a-z][\w-]*)((?:[^"<>]|"[^"]*")*)>/g;

/** Attributes that the W3C validator reports (https://validator.w3.org/feed/docs/warning/SecurityRiskAttr.html). Feed readers have their own players. */
const OF_PAGES = / (?:controls|role)(?:="[^"]*")?(?=[ >]|$)/g;

/** For an output feed: frames become links, and local links lead to `page`, the entry's page on the planet. */
export function feedHtml(html: string, page: string): string {
  if (!OURS_ALONE.test(html)) return html;
  let isInLink = false;
  let player = { src: '', title: '' };
  return html.replace(TAG, (_tag, slash: string, name: string, given: string) => {
    const attributes = given.replace(OF_PAGES, '');
    const [src, title] = [attribute(attributes, 'src'), attribute(attributes, 'title').replaceAll('<', '&lt;')];
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
      case 'video':
        if (slash !== '') return `</${name}>${isInLink ? '' : linkTo(player)}`;
        player = { src, title };
        break;
      case 'source':
        player.src ||= src;
        break;
      case 'bdo':
        // Feed readers remove `bdo`, but they know `dir` on other elements.
        return `<${slash}bdi${attributes}>`;
    }
    return `<${slash}${name}${attributes}>`;
  });
}

/** The value of an attribute, escaped. */
function attribute(attributes: string, name: string): string {
  return new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
}

/** The link to a video or sound, because some feed readers have no player. */
function linkTo({ src, title }: { src: string; title: string }): string {
  if (src === '') return '';
  const { name } = describeFile({ url: src.replace(/&(?:amp|#x26|#38);/g, '&') });
  return `<a href="${src}">${title || escapeHtml(name)}</a>`;
}
