import type { Enclosure, Still } from '../core/entry.ts';
import type { EntryRecord } from '../core/records.ts';
import { address, mediaType } from './view.ts';
import { plain, tag, text, type Xml } from './xml.ts';

export const MEDIA_NAMESPACES = {
  media: 'http://search.yahoo.com/mrss/',
  podcast: 'https://podcastindex.org/namespace/1.0',
} as const;

/** The facts about an entry's files that RSS and Atom have no elements for, as Media RSS (https://www.rssboard.org/media-rss), and the still picture of its video. */
export function mediaElements({ enclosures, still }: Pick<EntryRecord, 'enclosures' | 'still'>): Xml {
  const chapters = enclosures.find((file) => file.chapters !== undefined)?.chapters;
  return [
    ...enclosures.map(mediaContent),
    still === undefined ? '' : thumbnail(still),
    chapters === undefined
      ? ''
      : tag('podcast:chapters', { url: address(chapters), type: 'application/json+chapters' }),
  ].join('');
}

function mediaContent(file: Enclosure): Xml {
  const { url, type: _type, length: _length, chapters: _chapters, ...facts } = file;
  if (Object.keys(facts).length === 0) return '';
  const { medium, width, height, duration, title, description, credit, picture, adult } = facts;
  const attributes = {
    url: address(url),
    type: mediaType(file),
    medium,
    width: width?.toString(),
    height: height?.toString(),
    duration: duration?.toString(),
  };
  const line = (name: string, words: string | undefined) =>
    words === undefined ? '' : tag(name, { type: 'plain' }, text(plain(words)));
  return tag(
    'media:content',
    attributes,
    [
      line('media:title', title),
      line('media:description', description),
      credit === undefined ? '' : tag('media:credit', {}, text(plain(credit))),
      picture === undefined ? '' : thumbnail({ url: picture }),
      adult ? tag('media:rating', { scheme: 'urn:simple' }, 'adult') : '',
    ].join(''),
  );
}

function thumbnail({ url, width, height }: Still): Xml {
  return tag('media:thumbnail', { url: address(url), width: width?.toString(), height: height?.toString() });
}
