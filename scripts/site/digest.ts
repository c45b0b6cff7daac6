import { hash } from 'node:crypto';
import { join } from 'node:path';
import { writeAnew } from '../files/checked.ts';
import { briefsOfParts } from './parts.ts';

/** One line that stands for every byte of the site, published with it: scripts/deployed.ts compares it with the one online. */
export async function writeDigest(output: string): Promise<void> {
  const parts = [...(await briefsOfParts(output, 'pages')), ...(await briefsOfParts(output, 'search'))];
  const said = parts.map(([name, { bytes }]) => `${name} ${bytes}\n`);
  writeAnew(join(output, 'digest.txt'), `${hash('sha256', said.sort().join(''))}\n`);
}
