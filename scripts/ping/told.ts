import { basename, join } from 'node:path';
import { z } from 'astro/zod';
import { readChecked, writeChecked } from '../files/checked.ts';
import { storeOf } from '../site/files.ts';

/** What a hub was told: hashes of feeds by their addresses. */
const Told = z.strictObject({ hub: z.string(), feeds: z.record(z.string(), z.string()) });

const KIND = 'hub 2';

function fileOf(output: string): string {
  return join(storeOf(output), `${basename(output)}.hub.json`);
}

/** Null where this hub was told nothing, or nothing that can be read. */
export async function readTold(output: string, hub: string): Promise<Map<string, string> | null> {
  const text = readChecked(fileOf(output), KIND);
  if (text === null) return null;
  const told = Told.parse(JSON.parse(text));
  return told.hub === hub ? new Map(Object.entries(told.feeds)) : null;
}

export async function writeTold(output: string, hub: string, feeds: ReadonlyMap<string, string>): Promise<void> {
  const told: z.infer<typeof Told> = { hub, feeds: Object.fromEntries(feeds) };
  writeChecked(fileOf(output), KIND, JSON.stringify(told));
}
