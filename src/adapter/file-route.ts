import type { APIRoute } from 'astro';
import { pageDirection } from '../core/language.ts';
import { absolute, type FILE_ROUTES, routes } from '../core/paths.ts';
import { find, get, getFrame, getSitemap, list } from '../data/queries.ts';
import { getMonth, getView } from '../data/views.ts';
import { atom } from '../outputs/atom.ts';
import { outputs } from '../outputs/formats.ts';
import { opml } from '../outputs/opml.ts';
import { sitemap, sitemapIndex, sitemapsOf } from '../outputs/sitemap.ts';

/** The content of a file and its media type; undefined if there is no such file. */
type File = [content: BodyInit, type: string] | undefined;
type Params = Record<string, string | undefined>;

/** The files that are no pages; the integration adds their routes. */
export const GET: APIRoute = async ({ params, routePattern }) => {
  const file = await fileOf(routePattern, params);
  if (file === undefined) return new Response(null, { status: 404 });
  const [content, type] = file;
  return new Response(content, { headers: { 'Content-Type': type } });
};

async function fileOf(route: string, params: Params): Promise<File> {
  if (isOfPlanet(route)) return filesOfPlanet[route](params);
  const output = outputs.find(({ path }) => route.endsWith(path));
  if (output === undefined) return picture(route, params['name']);
  const view = await getView(params['view']);
  return view && [await output.print(view), `${output.type}; charset=utf-8`];
}

const isOfPlanet = (route: string): route is (typeof FILE_ROUTES)[number] => route in filesOfPlanet;

const filesOfPlanet: Record<(typeof FILE_ROUTES)[number], (params: Params) => Promise<File>> = {
  async '/atom/[month].xml'({ month = '' }) {
    const view = await getMonth(month);
    return view && [atom(view), 'application/atom+xml; charset=utf-8'];
  },

  async [routes.opml]() {
    const { planet } = await getFrame();
    // Without entries, a feed that is a file has no address to follow: it has no output feed either.
    const followed = (await list('feeds')).filter(({ url, entries }) => URL.canParse(url) || entries > 0);
    return [opml(planet, followed), 'text/x-opml; charset=utf-8'];
  },

  async [routes.robots]() {
    const { planet } = await getFrame();
    // Each category of each entry links to a search: that is no page to list.
    const searches = `${new URL(absolute(planet.site, routes.search)).pathname}?`;
    const index = absolute(planet.site, routes.sitemap);
    return [`User-agent: *\nAllow: /\nDisallow: ${searches}\n\nSitemap: ${index}\n`, 'text/plain; charset=utf-8'];
  },

  /** The list of all sitemaps (`index`), or one of them, by its number. */
  async '/sitemap-[name].xml'({ name = '' }) {
    const { planet } = await getFrame();
    const sitemaps = sitemapsOf(await getSitemap());
    const each = sitemaps[Number(name)];
    if (each === undefined && name !== 'index') return undefined;
    const text = each === undefined ? sitemapIndex(planet.site, sitemaps) : sitemap(planet.site, each);
    return [text, 'application/xml; charset=utf-8'];
  },

  async [routes.statusJson]() {
    return [`${JSON.stringify(await get('status'), null, 1)}\n`, 'application/json; charset=utf-8'];
  },

  /** https://www.w3.org/TR/appmanifest/. No service worker: it would show an old planet as if it were current. */
  async [routes.manifest]() {
    const { planet, colors, pictures } = await get('settings');
    const icons = [
      { src: 'favicon.svg', type: 'image/svg+xml', sizes: 'any' },
      { src: 'apple-touch-icon.png', type: 'image/png', sizes: '180x180' },
    ];
    const manifest = {
      name: planet.title,
      description: planet.description,
      lang: planet.language,
      dir: pageDirection(),
      start_url: './',
      scope: './',
      display: 'minimal-ui',
      theme_color: colors.paper[0],
      background_color: colors.paper[0],
      icons: icons.filter(({ src }) => pictures.includes(src)),
    };
    return [JSON.stringify(manifest), 'application/manifest+json'];
  },
};

/** A picture of an author or a feed, from the operator's folder or the archive; or an icon or the card of the planet. */
async function picture(route: string, name: string | undefined): Promise<File> {
  const ending = route.slice(route.lastIndexOf('.'));
  const bytes = await find(route.startsWith('/avatars/') ? 'avatars' : 'pictures', `${name}${ending}`);
  return bytes && [bytes, TYPES.get(ending) ?? `image/${ending.slice(1)}`];
}

/** Media types other than `image/` and the ending. */
const TYPES = new Map([
  ['.svg', 'image/svg+xml'],
  ['.jpg', 'image/jpeg'],
]);
