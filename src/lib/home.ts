import type { FeedConfig } from '../model/planet.ts';
import { hostOf } from './host.ts';

/** As much of a feed as tells where it is at home. */
export interface Homely extends Pick<FeedConfig, 'url' | 'home'> {
  /** Its page for people as the feed itself says; its word counts only on the host that it is read from. */
  saidHome?: string | null | undefined;
}

/**
 * Whether an address lies at a feed's home: on its host, and where many share a host under its folder. The operator's `home`
 * decides, else the address of the feed: a feed that could say where it is at home would be at home in another's blog.
 */
export function isAtHome(address: string, feed: Homely): boolean {
  const link = URL.parse(address);
  const home = URL.parse(feed.home ?? feed.url);
  if (link === null || home === null || !isWeb(link) || !isWeb(home)) return false;
  if (hostOf(link.href) !== hostOf(home.href)) return false;
  if (feed.home !== undefined) return isUnder(link, home);
  const said = URL.parse(feed.saidHome ?? '');
  const users = home.pathname.split('/').filter((segment) => /^[~@]./.test(segment));
  const isUsers = users.every((user) => link.pathname.split('/').includes(user));
  return isUsers && (said === null || (hostOf(said.href) === hostOf(home.href) && isUnder(link, said)));
}

/** In the folder of a home page: `/~ada/`, `/@ada`, and `/blog/` of `/blog/index.html`. */
function isUnder(link: URL, home: URL): boolean {
  const folder = home.pathname.replace(/\/[^/]*\.[^/]*$/, '/').replace(/\/*$/, '/');
  return `${link.pathname}/`.startsWith(folder);
}

function isWeb({ protocol }: URL): boolean {
  return /^https?:$/.test(protocol);
}
