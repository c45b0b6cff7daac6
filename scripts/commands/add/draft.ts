import type { Planet } from '../../../src/model/planet.ts';
import { type Mistake, readPlanet, tell } from '../../../src/model/planet-file.ts';
import { withFeeds } from '../planet-text.ts';

/** A `planet.yaml` that a feed can be added to. Following nobody yet is no mistake here. */
export type Draft = { kind: 'draft'; text: string; planet: Planet } | { kind: 'mistakes'; told: string[] };

const stranger = { id: 'nobody-yet', title: 'Nobody yet', url: 'https://nobody.invalid/' };

export function draftOf(text: string | null, name: string): Draft {
  if (text === null)
    return {
      kind: 'mistakes',
      told: [`${name}: there is no such file; PLANET_CONTENT names the folder that holds it`],
    };
  const read = readPlanet(text);
  if (read.kind === 'planet') return { kind: 'draft', text, planet: read.planet };
  const longer = withFeeds(text, [stranger]);
  const again = longer.kind === 'text' ? readPlanet(longer.text) : read;
  if (again.kind === 'planet' && again.planet.feeds.length === 1) {
    return { kind: 'draft', text, planet: { ...again.planet, feeds: [] } };
  }
  return { kind: 'mistakes', told: read.mistakes.map((mistake: Mistake) => tell(name, mistake)) };
}
