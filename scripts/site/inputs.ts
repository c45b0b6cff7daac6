import { hash } from 'node:crypto';
import { pagesSince, standing } from '../../src/lib/layout.ts';
import { type Cut, type PartName, SITE } from '../../src/lib/parts.ts';
import type { EntryGist } from '../../src/model/site.ts';
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
export function inputsOf(site: Site, { shelves, parts }: Cut, design: Design, now: Date): Map<PartName, Input> {
  const { planet, feeds, authors, rules } = site;
  const { feeds: _feeds, authors: _authors, hide: _hide, river: _river, ...settings } = planet;
  const everywhere = short(JSON.stringify([design.engine, design.operator, settings]));
  const said = saidOf(site);
  const beside = besideOf(site, shelves, now);
  const inputs = new Map<PartName, Input>();
  const hashOf = hashesOf(said);
  for (const [part, entries] of parts)
    inputs.set(part, { input: digest([everywhere, part, beside(part), hashOf(entries)]), entries: entries.length });
  const health = status(planet, feeds, rules, now);
  const input = digest([everywhere, planet, feeds, authors, health, design.own, [...inputs]]);
  return inputs.set(SITE, { input, entries: site.entries.length });
}

/**
 * Of each entry a hash that is another as soon as a page may say anything else of it: of its own lines in the archive their
 * hash, in which its path is, of what is decided at build the whole.
 */
function saidOf({ planet, entries, feeds, authors }: Site): Map<EntryGist, string> {
  const since = pagesSince(planet.layout, entries[0]?.day);
  const feedNames = new Map(feeds.map((feed) => [feed.id, short(identityOfFeed(feed))]));
  const authorNames = new Map(authors.map((author) => [author.slug, short(identityOfAuthor(author))]));
  const said = new Map<EntryGist, string>();
  for (const entry of entries) {
    const { position, path, feed, via, ownedBecause, credit, day, sharedId } = entry;
    const feeds = via.length === 0 ? feedNames.get(feed) : [feed, ...via].map((id) => feedNames.get(id)).join();
    const people = credit.authors.map((slug) => authorNames.get(slug)).join();
    const place = since === '' ? '' : standing(`/${path}/`, since);
    const title = JSON.stringify(credit.title);
    said.set(entry, short(`${position.hash} ${feeds} ${people} ${ownedBecause} ${sharedId} ${day} ${place} ${title}`));
  }
  return said;
}

/** Of a list of entries one hash. Who writes a blog alone has the very list that the blog has: it is hashed once. */
function hashesOf(said: ReadonlyMap<EntryGist, string>): (entries: readonly EntryGist[]) => string {
  const known = new Map<string, { entries: readonly EntryGist[]; hash: string }>();
  return (entries) => {
    const [first] = entries;
    if (first === undefined) return '';
    const alike = `${entries.length} ${said.get(first)}`;
    const like = known.get(alike);
    if (like?.entries.every((entry, at) => entry === entries[at])) return like.hash;
    const made = { entries, hash: hash('sha256', entries.map((entry) => said.get(entry)).join()) };
    known.set(alike, made);
    return made.hash;
  };
}

/** Long enough to be another for anything else that an operator or a feed may say. */
const short = (said: string): string => hash('sha256', said, 'base64url').slice(0, 22);

function digest(said: unknown): string {
  return hash('sha256', JSON.stringify(said));
}
