import { hash } from 'node:crypto';
import { pagesSince, standing } from '../../src/lib/layout.ts';
import { fillShelves, type PartName, partsOf, SITE } from '../../src/lib/parts.ts';
import type { EntryRecord } from '../../src/model/site.ts';
import { status } from '../../src/outputs/status.ts';
import type { Site } from '../../src/site.ts';
import { besideOf, identityOfAuthor, identityOfFeed } from './beside.ts';
import type { Design } from './design.ts';
import type { Part } from './parts.ts';

/** What a part is made of. */
export type Input = Pick<Part, 'input' | 'entries'>;

/**
 * A hash of everything that goes into each part of the site: the design, the planet's settings, the part's entries and what
 * it shows beside them. A page may show nothing else, or it would stay as it is when that changes.
 */
export function inputsOf(site: Site, design: Design, now: Date): Map<PartName, Input> {
  const { planet, feeds, authors, rules } = site;
  const { feeds: _feeds, authors: _authors, hide: _hide, river: _river, ...settings } = planet;
  const everywhere = JSON.stringify([design.engine, design.operator, settings]);
  const shelves = fillShelves(site.entries, feeds);
  const digests = digestsOf(site);
  const beside = besideOf(site, shelves, now);
  const inputs = new Map<PartName, Input>();
  for (const [part, entries] of partsOf(site.entries, shelves)) {
    const said = entries.map((entry) => digests.get(entry));
    inputs.set(part, { input: digest([everywhere, part, beside(part), said]), entries: entries.length });
  }
  const health = status(planet, feeds, rules, now);
  const input = digest([everywhere, planet, feeds, authors, health, design.own, [...inputs]]);
  return inputs.set(SITE, { input, entries: site.entries.length });
}

/** Of each entry a hash of all that a page may say of it: its record, its text, whom it is by and what it came through. */
function digestsOf({ planet, entries, feeds, authors }: Site): Map<EntryRecord, string> {
  const since = pagesSince(planet.layout, entries[0]?.day);
  const feedNames = new Map(feeds.map((feed) => [feed.id, identityOfFeed(feed)]));
  const authorNames = new Map(authors.map((author) => [author.slug, identityOfAuthor(author)]));
  return new Map(
    entries.map((entry) => {
      const { position, ...record } = entry;
      const routes = [entry.feed, ...entry.via].map((id) => feedNames.get(id));
      const people = entry.credit.authors.map((slug) => authorNames.get(slug));
      return [entry, digest([position.hash, record, standing(`/${entry.path}/`, since), routes, people])];
    }),
  );
}

function digest(said: unknown): string {
  return hash('sha256', JSON.stringify(said));
}
