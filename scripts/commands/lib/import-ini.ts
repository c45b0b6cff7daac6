import { wordSet } from '../../../src/core/text.ts';
import { presentFields } from '../../snapshot/feed-entry.ts';
import { Losses, nameIn, OTHER_LISTS, plainAddress } from './import-losses.ts';
import { type Imported, type ImportedFeed, type ImportedPage, pageSettings } from './imported.ts';
import { type FeedContext, type Options, readConfig, readRawdog, type Sections, wordRules } from './ini-options.ts';

/** A feed of rawdog: `feed 30m https://…`. */
export const RAWDOG = /^feed\s+\d+[smhdw]?\s+\S+:\/\//m;

/** Reads the configuration of Planet Planet and Venus, with the feeds' addresses as sections, of Pluto, with their names, and of rawdog. */
export function readIni(text: string): Imported {
  const losses = new Losses();
  return readSections(RAWDOG.test(text) ? readRawdog(text) : readConfig(text, losses), losses);
}

export function readSections(sections: Sections, losses: Losses): Imported {
  const planet = planetOf(sections);
  const ofFeeds = new Set([...sections].flatMap(([name, options]) => (isPlanet(name) ? [] : [...options.keys()])));
  const page = { ...pageOf(planet, ofFeeds, losses), ...frontOf(sections) };
  const feeds = [...sections].flatMap(([name, options]) => {
    if (isPlanet(name) || (feedIn(options) === undefined && isNoFeed(name, planet))) return [];
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
  return (
    others.includes(name) || (!name.includes('://') && /\.(?:tmpl|xslt?|genshi|plugin|py|sed|django|dj)$/i.test(name))
  );
}

/** The front page's own number of entries: a section of Planet and Venus is also that of a template. */
function frontOf(sections: Sections): ImportedPage {
  const [entries] = [...sections].flatMap(([name, options]) =>
    /(?:^|\/)index\.x?html\.\w+$/.test(name) ? (options.get('items_per_page') ?? []) : [],
  );
  return entries === undefined ? {} : { entries };
}

/** Settings of the page without counterpart, and the reason. */
const NO_PAGE: readonly { settings: RegExp; why: string }[] = [
  { settings: /^days_per_page$/, why: 'days_per_page: the river is limited by entries, not by days' },
  { settings: /(?:date_|day|time)format$/, why: 'formats of dates: all pages have the same format' },
  { settings: /^activity_threshold$/, why: 'activity_threshold: a feed counts as inactive after 180 days' },
  {
    settings: /template|theme|bill_of_materials|django|^css|^encoding$|^output_dir$|^outputfile$|sections$/,
    why: 'the look: templates are not converted',
  },
  {
    settings:
      /cache|^log_|timeout|thread|expunge|^expireage$|^keepmin$|^verbose$|^feed$|^feedtype$|^generator|^source$/,
    why: 'no longer needed',
  },
  // rawdog: https://github.com/chirlu/rawdog/blob/master/config
  {
    settings:
      /^(?:plugindirs|splitstate|currentonly|userefresh|show(?:feeds|tracebacks)|blocklevelhtml|tidyhtml|sortbyfeeddate|useids|hideduplicates|newfeedperiod|changeconfig|output(?:xml|foaf|opml)|status(?:log|output)file|xmlurl)$/,
    why: 'no longer needed',
  },
  // osmosfeed, moonmoon, Perlanet and planet.rb: https://github.com/osmoscraft/osmosfeed/blob/master/docs/osmosfeed-yaml-reference.md,
  // https://github.com/moonmoon/moonmoon/blob/master/app/classes/PlanetConfig.php
  {
    settings:
      /^(?:github(?:ServerUrl|Repository|RunId)|timezoneOffset|refresh|checkcerts|debug|submission|agent|opml(?:_file)?|(?:page|feed)\.(?:file|format)|planet\.posts_directory)$/,
    why: 'no longer needed',
  },
  { settings: /^filters$|^filter_directories$/, why: 'filters that are programs' },
];

const UNKNOWN = 'unknown settings';

export function whyNoPage(name: string): string {
  return NO_PAGE.find(({ settings }) => settings.test(name))?.why ?? UNKNOWN;
}

/** Options that Planet Planet does not have (https://github.com/rubys/venus/blob/master/docs/config.html). */
const ONLY_VENUS =
  /^(?:output_theme|bill_of_materials|spider_threads|reading_lists|filters|(?:filter|template)_directories|pubsubhubbub_\w+|django_autoescape)$/;

/** In Planet Planet it holds for the first run over a feed, in Venus always. */
const NEW_ITEMS =
  'new_feed_items: here it would limit every feed always; write it as "river.entriesPerFeed" if you want that';

function pageOf(planet: Options, ofFeeds: ReadonlySet<string>, losses: Losses): ImportedPage {
  const page: ImportedPage = {};
  const isVenus = [...planet.keys()].some((option) => ONLY_VENUS.test(option));
  for (const [option, value] of planet) {
    // Without a value, or without a limit of days, there is nothing to lose.
    if (value === '' || (option === 'days_per_page' && value === '0')) continue;
    // Pluto reads its list of feeds again from `url` or `source`.
    const setting = option === 'url' && /\.(?:ini|ya?ml|txt)$/.test(value) ? undefined : pageSettings.get(option);
    if (option === 'reading_lists') for (const list of value.split('\n').filter(Boolean)) losses.add(OTHER_LISTS, list);
    else if (option === 'new_feed_items' && !isVenus) losses.addOfPage(NEW_ITEMS, value);
    else if (setting !== undefined) page[setting] ??= value;
    else if (!/^(?:filter|(?:include|exclude)s?|face.*)$/.test(option)) {
      const name = option === 'url' ? 'source' : option;
      const why = whyNoPage(name);
      // An unknown option of `[DEFAULT]` is reported for the feeds.
      if (why !== UNKNOWN || !ofFeeds.has(option)) losses.addOfPage(why, option);
    }
  }
  return page;
}

function feedOf(section: string, options: Options, planet: Options, losses: Losses): ImportedFeed | null {
  const keyed = feedIn(options);
  const url = plainAddress(keyed ?? section);
  // Pluto shows the name of the section where a feed has no title.
  const title = nameIn([options.get('name'), options.get('title'), keyed && section], losses);
  const where = title || section;
  // With a dot it is a program that makes a list (https://github.com/rubys/venus/blob/master/planet/config.py).
  if (/opml|foaf|csv|config|\./.test(options.get('content_type') ?? '')) {
    losses.add(OTHER_LISTS, section);
    return null;
  }
  if (!/^https?:\/\//i.test(url)) {
    const isName = keyed === undefined && !section.includes(':');
    losses.add(
      isName ? 'sections without "feed", the address' : 'sections whose address is not http:// or https://',
      isName ? [section, ...options.keys()].join(', ') : section,
    );
    return null;
  }
  for (const [option, value] of options) if (value !== '') addLoss(option, where, losses);
  const context = { options, planet, where, losses };
  return {
    url,
    title,
    ...presentFields({ home: firstText(options, 'link', 'url', 'html_url', 'homepage', 'site_url') }),
    ...avatarOf(context),
    // In Planet and Venus the name of a section is the author; in Pluto it is the name of the blog.
    ...(keyed === undefined && title !== '' ? { authors: 'feed' as const } : {}),
    ...wordRules(keyed === undefined, context),
  };
}

/** The address of a feed of Pluto. */
function feedIn(options: Options): string | undefined {
  return firstText(options, 'feed', 'feed_url', 'xml_url', 'xmlurl');
}

function firstText(options: Options, ...names: string[]): string | undefined {
  return names.map((name) => options.get(name)).find((value) => value);
}

const FEED_OPTIONS = wordSet(
  'name title link url feed feed_url xml_url xmlurl html_url homepage site_url face avatar filter exclude',
);

/** Records an option of a feed that has no counterpart here. */
function addLoss(option: string, where: string, losses: Losses): void {
  if (FEED_OPTIONS.has(option) || /^(?:include|exclude)s?$/.test(option)) return;
  // Sizes have no meaning without a picture, and are mostly in [DEFAULT].
  if (/^face(?:width|height)$/.test(option)) return;
  if (option === 'filters') losses.add('filters that are programs', where);
  else losses.add(`${option}: a feed has no such setting here`, where);
}

/** The picture: `face` of Planet and Venus is a file in the folder `images` of their page; Pluto has `avatar`. */
function avatarOf({ options, planet, where, losses }: FeedContext): Pick<ImportedFeed, 'avatar'> {
  const [face, avatar = face] = [options.get('face'), options.get('avatar')];
  if (avatar === undefined || avatar === '') return {};
  if (/^https?:/i.test(avatar)) return { avatar };
  // A path without a last slash is a folder, if it has no dot.
  const page = (planet.get('link') ?? planet.get('url'))?.replace(/(?<=\/\/.*\/)[^/.]+$/, '$&/');
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
