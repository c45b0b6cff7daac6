import { contentFolder, loadPlanet } from '../../src/folder.ts';
import type { Planet } from '../../src/model/planet.ts';

/** The operator's folder and planet; null where `planet.yaml` has mistakes, which are told, and the exit code is 2. */
export async function ownPlanet(): Promise<{ folder: string; planet: Planet } | null> {
  const folder = contentFolder();
  const loaded = await loadPlanet(folder);
  if (loaded.kind === 'planet') return { folder, planet: loaded.planet };
  console.error(loaded.told.join('\n'));
  process.exitCode = 2;
  return null;
}
