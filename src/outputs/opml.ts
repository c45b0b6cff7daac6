import { absolute, feedOfPage, routes } from '../core/paths.ts';
import type { FeedIdentity, PlanetSettings } from '../core/records.ts';
import { address, hasHostName, openAddress } from './view.ts';
import { tag, text, type Xml, xmlDocument } from './xml.ts';

type Followed = Pick<FeedIdentity, 'id' | 'title' | 'url' | 'home' | 'language'>;

/** The feeds of the planet as OPML 2.0 (http://opml.org/spec2.opml). */
export function opml(planet: PlanetSettings, feeds: readonly Followed[]): Xml {
  const { title, owner } = planet;
  const head = [
    tag('title', {}, text(noTags(title))),
    owner === undefined ? '' : tag('ownerName', {}, text(noTags(owner.name))),
    owner?.email === undefined ? '' : tag('ownerEmail', {}, text(owner.email)),
    owner?.url !== undefined && hasHostName(owner.url) ? tag('ownerId', {}, text(address(owner.url))) : '',
  ];
  const outlines = feeds.map((feed) => `${outline(planet, feed)}\n`);
  return xmlDocument('opml', { version: '2.0' }, [
    tag('head', {}, head.join('')),
    tag('body', {}, `\n${outlines.join('')}`),
  ]);
}

function outline(planet: PlanetSettings, { id, title, url, home, language }: Followed): Xml {
  const page = routes.feed(id);
  return tag('outline', {
    type: 'rss',
    text: noTags(title),
    title: noTags(title),
    // A feed in the operator's folder has no public address: the planet's feed of it does.
    xmlUrl: openAddress(url) ?? absolute(planet.site, feedOfPage(page, routes.rss)),
    htmlUrl: home ? address(home) : absolute(planet.site, page),
    language,
  });
}

/** Some readers take these lines for HTML. An invisible word joiner after `<` prevents a tag. */
function noTags(title: string): string {
  return title.replace(/<(?=[a-z/!?])/gi, '$&\u2060');
}
