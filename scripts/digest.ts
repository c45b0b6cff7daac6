/** The last step of a build: one line that stands for every byte of the site, published with it. See scripts/deployed.ts. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';

const output = resolve(process.env.PLANET_DIST || 'dist');
const name = 'digest.txt';

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

const whole = createHash('sha256');
const files = (await readdir(output, { recursive: true, withFileTypes: true }))
  .filter((file) => file.isFile())
  .map((file) => relative(output, join(file.parentPath, file.name)).replaceAll('\\', '/'))
  .filter((path) => path !== name);
for (const path of files.sort()) whole.update(`${path}\n${await digestOf(join(output, path))}\n`);
await writeFile(join(output, name), `${whole.digest('hex')}\n`);
