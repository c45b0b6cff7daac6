import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'astro/zod';
import { writeWhole } from '../files/write-whole.ts';
import { storeOf } from '../site/parts.ts';

/** What a hub was told: hashes of feeds by their addresses. */
const Told = z.strictObject({ version: z.literal(1), hub: z.string(), feeds: z.record(z.string(), z.string()) });

function fileOf(output: string): string {
  return join(storeOf(output), `${basename(output)}.hub.json`);
}

/** Null where this hub was told nothing, or nothing that can be read. */
export async function readTold(output: string, hub: string): Promise<Map<string, string> | null> {
  try {
    const told = Told.parse(JSON.parse(await readFile(fileOf(output), 'utf8')));
    return told.hub === hub ? new Map(Object.entries(told.feeds)) : null;
  } catch {
    return null;
  }
}

export async function writeTold(output: string, hub: string, feeds: ReadonlyMap<string, string>): Promise<void> {
  const told: z.infer<typeof Told> = { version: 1, hub, feeds: Object.fromEntries(feeds) };
  await mkdir(dirname(fileOf(output)), { recursive: true });
  writeWhole(fileOf(output), JSON.stringify(told));
}
