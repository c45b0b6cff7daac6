import { absolute, feedOfPage, routes } from '../core/paths.ts';
import type { FeedIdentity, PlanetSettings } from '../core/records.ts';
import { hasHostName, openAddress, toUri } from './view.ts';
import { tag, text, type Xml, xmlDocument } from './xml.ts';

type Followed = Pick<FeedIdentity, 'id' | 'title' | 'url' | 'home' | 'language'>;

/** The feeds of the planet as OPML 2.0 (http://opml.org/spec2.opml). */
export function opml(planet: PlanetSettings, feeds: readonly Followed[]): Xml {
  const { title, owner } = planet;
  const head = [
    tag('title', {}, text(noTags(title))),
    owner === undefined ? '' : tag('ownerName', {}, text(noTags(owner.name))),
    owner?.email === undefined ? '' : tag('ownerEmail', {}, text(owner.email)),
    owner?.url !== undefined && hasHostName(owner.url) ? tag('ownerId', {}, text(toUri(owner.url))) : '',
  ];
  const outlines = feeds.map((feed) => `${outline(planet, feed)}\n`);
  return xmlDocument('opml', { version: '2.0' }, [
    tag('head', {}, head.join('')),
    tag('body', {}, `\n${outlines.join('')}`),
  ]);
}

function outline(planet: PlanetSettings, feed: Followed): Xml {
  const { id, title, url, home, language } = feed;
  // Where no page is known, readers ask the feed.
  const page = openAddress(url) === undefined ? absolute(planet.site, routes.feed(id)) : undefined;
  return tag('outline', {
    type: 'rss',
    text: noTags(title),
    title: noTags(title),
    xmlUrl: publicAddress(planet, feed),
    htmlUrl: home ? toUri(home) : page,
    language,
  });
}

/** The address at which anybody can follow a feed. A file in the operator's folder has none: the planet's feed of it does. */
export function publicAddress(
  { site }: Pick<PlanetSettings, 'site'>,
  { id, url }: Pick<Followed, 'id' | 'url'>,
): string {
  return openAddress(url) ?? absolute(site, feedOfPage(routes.feed(id), routes.rss));
}

/** Some readers take these lines for HTML. An invisible word joiner after `<` prevents a tag. */
function noTags(title: string): string {
  return title.replace(/<(?=[a-z/!?])/gi, '$&\u2060');
}
