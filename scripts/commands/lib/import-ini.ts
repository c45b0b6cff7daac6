import { readConfig, type Sections } from './config-parser.ts';
import { type Imported, type ImportedFeed, type ImportedPage, Losses, plainWords } from './imported.ts';

type Options = ReadonlyMap<string, string>;

/** Planet Planet's and Venus's configuration, whose sections are the addresses of feeds; and Pluto's, whose sections name them. */
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

/** Sections may also be of a template or of a filter. */
function isNoFeed(name: string, planet: Options): boolean {
  const others = ['template_files', 'filters'].flatMap((key) => planet.get(key)?.split(/\s+/) ?? []);
  return others.includes(name) || /\.(?:tmpl|xslt?|genshi|plugin|py|sed|django|dj)(?:\?|$)/i.test(name);
}

/** Which option of `[Planet]` is which setting. */
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

/** Why an option of `[Planet]` has no counterpart. */
const NO_PAGE: readonly { options: RegExp; why: string }[] = [
  { options: /^days_per_page$/, why: 'days_per_page: the river is limited by entries, not by days' },
  { options: /date_format$/, why: 'formats of dates: the pages write them in one way' },
  { options: /^activity_threshold$/, why: 'activity_threshold: a feed counts as inactive after 180 days' },
  {
    options: /template|theme|bill_of_materials|django|^css|^encoding$|^output_dir$/,
    why: 'the look: templates are not carried over',
  },
  { options: /cache|^log_|timeout|thread|expunge|^feed$|^feedtype$|^generator/, why: 'needed no more' },
  { options: /^filters$|^filter_directories$/, why: 'filters that are programs' },
];

function pageOf(planet: Options, losses: Losses): ImportedPage {
  const page: ImportedPage = {};
  for (const [option, value] of planet) {
    const setting = PAGE[option];
    if (setting !== undefined) page[setting] ??= value;
    else if (!/^(?:filter|exclude|face.*)$/.test(option)) {
      losses.add(
        NO_PAGE.find(({ options }) => options.test(option))?.why ?? 'settings that nothing is known of',
        option,
      );
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
    losses.add('lists of feeds that lie elsewhere: import each as a file of its own', section);
    return null;
  }
  if (!/^https?:\/\//i.test(url)) {
    losses.add('sections whose address is not http:// or https://', section);
    return null;
  }
  for (const option of options.keys()) tellLost(option, where, losses);
  const home = options.get('link') ?? (keyed === undefined ? options.get('url') : options.get('homepage'));
  return {
    url,
    title,
    ...(home === undefined ? {} : { home }),
    ...avatarOf({ options, planet, where, losses }),
    // There the name of a section is who writes; Pluto's is the name of the blog.
    ...(keyed === undefined && title !== '' ? { authors: 'feed' as const } : {}),
    ...wordsOf('filter', 'include', { options, planet, where, losses }),
    ...wordsOf('exclude', 'exclude', { options, planet, where, losses }),
  };
}

const FEED_OPTIONS = new Set(
  'name title link url feed feed_url xmlurl homepage face avatar filter exclude content_type'.split(' '),
);

/** Why an option of a feed has no counterpart. */
function tellLost(option: string, where: string, losses: Losses): void {
  if (FEED_OPTIONS.has(option)) return;
  // Sizes say nothing without a picture, and mostly stand in [DEFAULT].
  if (/^face(?:width|height)$/.test(option)) return;
  if (option === 'filters') losses.add('filters that are programs', where);
  else losses.add(`${option}: a feed has no such setting here`, where);
}

interface OfFeed {
  options: Options;
  planet: Options;
  where: string;
  losses: Losses;
}

/** Planet's and Venus's `face`, a file that their page shows from its folder of pictures; Pluto's `avatar`. */
function avatarOf({ options, planet, where, losses }: OfFeed): Pick<ImportedFeed, 'avatar'> {
  const [face, avatar = face] = [options.get('face'), options.get('avatar')];
  if (avatar === undefined || avatar === '') return {};
  if (/^https?:/i.test(avatar)) return { avatar };
  const page = planet.get('link') ?? planet.get('url');
  const url = face === undefined ? null : URL.parse(`images/${face}`, page);
  if (url !== null) {
    losses.add(
      'face, carried over as the address that your old page has it under: keep that online until a snapshot was taken',
      where,
    );
    return { avatar: url.href };
  }
  losses.add(
    `${face === undefined ? 'avatar' : 'face'}: put the picture into avatars/ and write "avatar" to the feed`,
    where,
  );
  return {};
}

function wordsOf(option: string, setting: 'include' | 'exclude', { options, planet, where, losses }: OfFeed) {
  const expression = options.get(option) ?? planet.get(option);
  if (!expression) return {};
  const words = plainWords(expression);
  if (words === null) {
    losses.add(`${option}: regular expressions that are more than words; look for words in "${setting}"`, where);
    return {};
  }
  losses.add(
    `${option}, carried over as "${setting}": that looks for whole words, in titles, summaries and categories only`,
    where,
  );
  return { [setting]: words };
}
