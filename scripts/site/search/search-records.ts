import { hash } from 'node:crypto';
import { avatarFile, monogramOf } from '../../../src/core/avatar-files.ts';
import { escapeHtml } from '../../../src/core/clean-text.ts';
import { permalinkText } from '../../../src/core/dates.ts';
import type { Enclosure } from '../../../src/core/entry.ts';
import { nativeName, nearestLanguage, ownLanguage } from '../../../src/core/language.ts';
import { describeFile, displayKind } from '../../../src/core/media.ts';
import { currentPath, routes, withBase } from '../../../src/core/paths.ts';
import type { AuthorIdentity, FeedIdentity } from '../../../src/core/records.ts';
import { type SearchMeta, spansOf } from '../../../src/core/search-periods.ts';
import type { Facet } from '../../../src/core/search-query.ts';
import {
  bodyForm,
  type DisplayedEntry,
  filesWith,
  headingText,
  isFeedsOwn,
  isNote,
  namesText,
  shownCategories,
} from '../../../src/core/shown.ts';
import { hostOf } from '../../../src/core/web-address.ts';
import type { SiteData } from '../../../src/data/site-data.ts';
import { speak } from '../../../src/i18n/words.ts';

export interface SearchRecord {
  /** Its page or anchor, without the base path: `/2026/01/23/<slug>/`. */
  url: string;
  /** Plain text before the body: `Author: Title`. */
  heading: string;
  html: string;
  /** Texts to find it by if nothing else of it has a word: a picture titled `…`. */
  names: readonly string[];
  /** Searched behind all other text (`shownCategories`). */
  categories?: readonly string[];
  meta: SearchMeta;
  facets: Partial<Record<Facet, readonly string[]>>;
}

export type SearchSource = ReturnType<typeof searchSource>;

export function searchSource(data: SiteData) {
  const { planet } = data.site;
  const months = new Map([...data.counts].filter(([period]) => period.length === 7));
  const daysOf = (month: string) =>
    new Map([...data.counts].filter(([period]) => period.length === 10 && period.startsWith(month)));
  const settings = JSON.stringify([
    planet.site,
    planet.timezone,
    planet.language,
    planet.languages,
    data.words.messages,
    data.since,
  ]);
  const spanHash = (span: string) => hash('sha256', settings + data.many.entries({ period: span }).hash());
  return {
    /** For the stems of words. */
    language: planet.language,
    /** Whether the files of older bundles must be few, as those of pages are. */
    isPacked: data.since !== '',
    /** A month, or one day if the month has too many entries for one bundle, by `2026-01` or `2026-01-23`. */
    spans: new Map([...spansOf(months, daysOf)].map(([span, entries]) => [span, { entries, hash: spanHash(span) }])),
    /** Oldest first. */
    records(span: string): SearchRecord[] {
      speak(data.words);
      return data.many
        .entries({ period: span })
        .data()
        .map((shown) => searchRecord(shown, data))
        .reverse();
    },
  };
}

function searchRecord(shown: DisplayedEntry, { site: { planet }, since }: SiteData): SearchRecord {
  const { entry, feed, title, authors } = shown;
  const names = authors.map(({ name }) => name);
  const lang = ownLanguage(entry.language, planet.language);
  const language = nearestLanguage(entry.language, planet.languages);
  // The heading as the page shows it: an author who is the feed and a title from the first words are not repeated.
  const heading = headingText({ authors: isFeedsOwn(shown) ? [] : authors, title: isNote(shown) ? '' : title });
  return {
    url: currentPath(routes.entry(entry.path), since),
    heading,
    html: recordHtml(shown),
    names: [feed.title, entry.url === null ? '' : hostOf(entry.url), feed.id],
    categories: shownCategories(shown),
    meta: {
      title,
      ...(names.length > 0 && { author: namesText(names) }),
      ...(!isFeedsOwn(shown) && { feed: feed.title }),
      date: permalinkText(entry.published, planet.timezone),
      face: avatarSource(authors[0] ?? feed, new URL(planet.site).pathname),
      ...(lang !== undefined && { lang }),
    },
    facets: {
      feed: [feed.title],
      author: names,
      year: [entry.day.slice(0, 4)],
      ...(language !== undefined && { language: [nativeName(language)] }),
    },
  };
}

/** What readers may see of a text and its files, by the feed's `content` rule. */
function recordHtml(shown: DisplayedEntry): string {
  const text = bodyForm(shown);
  const html = text.kind === 'whole' ? text.html : text.kind === 'excerpt' ? `<p>${escapeHtml(text.text)}</p>` : '';
  const about = filesWith(shown, text).map((file) => fileTexts(file).join(' '));
  return html + about.map((line) => `<p>${escapeHtml(line)}</p>`).join('');
}

/** The texts of a file, as Enclosures.astro shows them: a picture has no name, and its description is the text for those who cannot see it. */
function fileTexts(file: Enclosure): string[] {
  const { title, description, credit } = file;
  const kind = displayKind(file);
  const name = kind === 'picture' || kind === 'page' ? '' : describeFile(file).name;
  const isDescribed = kind === 'picture' || kind === 'file';
  return [title ?? name, (isDescribed && description) || '', credit ?? ''];
}

/** The address of a picture, or the classes of a letter and the letter, as in Avatar.astro. */
function avatarSource(of: AuthorIdentity | FeedIdentity, base: string): string {
  const { avatar } = of;
  if (avatar === null) {
    const { letter, tone } = monogramOf('slug' in of ? of.name : of.title);
    return `avatar tone-${tone} ${letter}`;
  }
  return withBase(base, routes.avatar(avatarFile(avatar, 96)));
}
