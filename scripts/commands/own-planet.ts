import { contentFolder, loadPlanet } from '../../src/folder.ts';
import type { Planet } from '../../src/model/planet.ts';
import { OperatorError } from '../../src/operator-error.ts';

/** The operator's folder and planet. Throws an `OperatorError` that tells each mistake of `planet.yaml`. */
export async function ownPlanet(): Promise<{ folder: string; planet: Planet }> {
  const folder = contentFolder();
  const loaded = await loadPlanet(folder);
  if (loaded.kind === 'planet') return { folder, planet: loaded.planet };
  throw new OperatorError(loaded.told.join('\n'), 2);
}
