import { readConfig, type Sections } from './config-parser.ts';
import { type Imported, type ImportedFeed, type ImportedPage, Losses, plainWords } from './imported.ts';

type Options = ReadonlyMap<string, string>;

/** Reads the configuration of Planet Planet and Venus, with the feeds' addresses as sections, and of Pluto, with their names. */
export function readIni(text: string): Imported {
  const sections = readConfig(text);
  const losses = new Losses();
  const planet = planetOf(sections);
  const page = pageOf(planet, losses);
  const feeds = [...sections].flatMap(([name, options]) => {
    if (isPlanet(name) || isNoFeed(name, planet)) return [];
    const feed = feedOf(name, options, planet, losses);
    return feed ? [feed] : [];
  });
  return { page, feeds, losses };
}

function isPlanet(name: string): boolean {
  return name === '' || name.toLowerCase() === 'planet';
}

function planetOf(sections: Sections): Options {
  return new Map([...sections].filter(([name]) => isPlanet(name)).flatMap(([, options]) => [...options]));
}

/** Some sections belong to a template or a filter. */
function isNoFeed(name: string, planet: Options): boolean {
  const others = ['template_files', 'filters'].flatMap((key) => planet.get(key)?.split(/\s+/) ?? []);
  return others.includes(name) || /\.(?:tmpl|xslt?|genshi|plugin|py|sed|django|dj)(?:\?|$)/i.test(name);
}

/** The settings for options of `[Planet]`. */
const PAGE: Record<string, keyof ImportedPage> = {
  name: 'title',
  title: 'title',
  link: 'site',
  url: 'site',
  owner_name: 'ownerName',
  author: 'ownerName',
  owner_email: 'ownerEmail',
  email: 'ownerEmail',
  locale: 'language',
  language: 'language',
  timezone: 'timezone',
  items_per_page: 'entries',
  new_feed_items: 'entriesPerFeed',
  pubsubhubbub_hub: 'hub',
};

/** Options of `[Planet]` without counterpart, and the reason. */
const NO_PAGE: readonly { options: RegExp; why: string }[] = [
  { options: /^days_per_page$/, why: 'days_per_page: the river is limited by entries, not by days' },
  { options: /date_format$/, why: 'formats of dates: all pages have the same format' },
  { options: /^activity_threshold$/, why: 'activity_threshold: a feed counts as inactive after 180 days' },
  {
    options: /template|theme|bill_of_materials|django|^css|^encoding$|^output_dir$/,
    why: 'the look: templates are not converted',
  },
  { options: /cache|^log_|timeout|thread|expunge|^feed$|^feedtype$|^generator/, why: 'no longer needed' },
  { options: /^filters$|^filter_directories$/, why: 'filters that are programs' },
];

function pageOf(planet: Options, losses: Losses): ImportedPage {
  const page: ImportedPage = {};
  for (const [option, value] of planet) {
    const setting = PAGE[option];
    if (setting !== undefined) page[setting] ??= value;
    else if (!/^(?:filter|exclude|face.*)$/.test(option)) {
      losses.add(NO_PAGE.find(({ options }) => options.test(option))?.why ?? 'unknown settings', option);
    }
  }
  return page;
}

function feedOf(section: string, options: Options, planet: Options, losses: Losses): ImportedFeed | null {
  const keyed = options.get('feed') ?? options.get('feed_url') ?? options.get('xmlurl');
  const url = (keyed ?? section).replace(/^feed:(?:\/\/(?!https?:))?/i, (start) =>
    /\/\//.test(start) ? 'http://' : '',
  );
  const title = options.get('name') ?? options.get('title') ?? '';
  const where = title || section;
  if (/opml|foaf|csv|config/.test(options.get('content_type') ?? '')) {
    losses.add('other lists of feeds: import each file separately', section);
    return null;
  }
  if (!/^https?:\/\//i.test(url)) {
    losses.add('sections whose address is not http:// or https://', section);
    return null;
  }
  for (const option of options.keys()) addLoss(option, where, losses);
  const home = options.get('link') ?? (keyed === undefined ? options.get('url') : options.get('homepage'));
  return {
    url,
    title,
    ...(home === undefined ? {} : { home }),
    ...avatarOf({ options, planet, where, losses }),
    // In Planet and Venus the name of a section is the author; in Pluto it is the name of the blog.
    ...(keyed === undefined && title !== '' ? { authors: 'feed' as const } : {}),
    ...wordsOf('filter', 'include', { options, planet, where, losses }),
    ...wordsOf('exclude', 'exclude', { options, planet, where, losses }),
  };
}

const FEED_OPTIONS = new Set(
  'name title link url feed feed_url xmlurl homepage face avatar filter exclude content_type'.split(' '),
);

/** Records an option of a feed that has no counterpart. */
function addLoss(option: string, where: string, losses: Losses): void {
  if (FEED_OPTIONS.has(option)) return;
  // Sizes have no meaning without a picture, and are mostly in [DEFAULT].
  if (/^face(?:width|height)$/.test(option)) return;
  if (option === 'filters') losses.add('filters that are programs', where);
  else losses.add(`${option}: a feed has no such setting here`, where);
}

interface FeedContext {
  options: Options;
  planet: Options;
  where: string;
  losses: Losses;
}

/** The picture: `face` of Planet and Venus is a file in the folder `images` of their page; Pluto has `avatar`. */
function avatarOf({ options, planet, where, losses }: FeedContext): Pick<ImportedFeed, 'avatar'> {
  const [face, avatar = face] = [options.get('face'), options.get('avatar')];
  if (avatar === undefined || avatar === '') return {};
  if (/^https?:/i.test(avatar)) return { avatar };
  const page = planet.get('link') ?? planet.get('url');
  const url = face === undefined ? null : URL.parse(`images/${face}`, page);
  if (url !== null) {
    losses.add(
      'face, converted to its address on your old page: keep that page online until the first snapshot',
      where,
    );
    return { avatar: url.href };
  }
  losses.add(
    `${face === undefined ? 'avatar' : 'face'}: put the picture into avatars/ and add "avatar" to the feed`,
    where,
  );
  return {};
}

function wordsOf(option: string, setting: 'include' | 'exclude', { options, planet, where, losses }: FeedContext) {
  const expression = options.get(option) ?? planet.get(option);
  if (!expression) return {};
  const words = plainWords(expression);
  if (words === null) {
    losses.add(`${option}: regular expressions that are more than words; write words as "${setting}"`, where);
    return {};
  }
  losses.add(
    `${option}, converted to "${setting}": that finds whole words, only in titles, summaries and categories`,
    where,
  );
  return { [setting]: words };
}
