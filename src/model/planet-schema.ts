import { z } from 'astro/zod';
import { Planet } from './planet.ts';

/**
 * `planet.yaml` as JSON Schema, from which editors complete and check it while it is written: `planet.schema.json` beside
 * this file. Draft 7, the newest that the YAML servers of editors know in full.
 */
export function planetSchema(): object {
  const schema = z.toJSONSchema(Planet, { io: 'input', target: 'draft-7', reused: 'inline', override: withoutCeiling });
  return {
    ...schema,
    title: 'planet.yaml',
    description: 'One planet: what it is called, where it stands, whom it follows.',
  };
}

/** JavaScript's largest whole number is no rule of ours. */
function withoutCeiling({ jsonSchema }: { jsonSchema: { maximum?: number } }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
