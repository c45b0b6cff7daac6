import { Document, isCollection } from 'yaml';
import { FeedConfig } from '../../src/model/planet.ts';

/** What `planet.yaml` may say of a feed; what it leaves out has its default. */
export type FeedLines = Pick<FeedConfig, 'id' | 'title' | 'url'> & Partial<FeedConfig>;

/** The lines of a feed, in a list that stands at the left edge. What is as it would be anyway is left out. */
export function feedLines(feed: FeedLines): string[] {
  const document = new Document([withoutDefaults(feed)]);
  for (const key of ['include', 'exclude']) {
    const list = document.getIn([0, key], true);
    if (isCollection(list)) list.flow = true;
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd().split('\n');
}

function withoutDefaults(feed: FeedLines): object {
  const { id, title, url, ...more } = feed;
  const defaults: Partial<FeedConfig> = FeedConfig.parse({ id: 'any', title: 'Any', url: 'any.xml' });
  const told = Object.keys(FeedConfig.shape).filter((key): key is keyof typeof more => {
    const value = more[key as keyof typeof more];
    return value !== undefined && JSON.stringify(value) !== JSON.stringify(defaults[key as keyof FeedConfig]);
  });
  return { id, title, url, ...Object.fromEntries(told.map((key) => [key, more[key]])) };
}
