import packageJson from '../../package.json' with { type: 'json' };
import type { Planet } from '../../src/model/planet.ts';

/** Says who asks and where to complain: `Orrery/0.1.0 (+https://example.org/; feeds)`. */
export function userAgent(planet: Pick<Planet, 'site'>): string {
  return `Orrery/${packageJson.version} (+${new URL(planet.site).href}; feeds)`;
}
