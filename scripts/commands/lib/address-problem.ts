import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether an address is the template's: of a domain that only examples have (RFC 2606). */
export function isExample(site: string): boolean {
  return /(^|\.)example\.(org|com|net)$/.test(new URL(site).hostname);
}

/** Why a planet cannot be published under its `site`, with the line to write; null where it can. */
export function addressProblem(site: string, served: string | null): string | null {
  if (served === null) return isExample(site) ? `"site" is still ${site}; write where the planet will stand.` : null;
  const address = placeOf(served);
  if (placeOf(site) === address) return null;
  return `"site" is ${site}, and GitHub Pages serves this repository elsewhere; write: site: https://${address}`;
}

/** Host and folder. Pages tells `http` until a certificate is there. */
function placeOf(address: string): string {
  const { host, pathname } = new URL(address);
  return `${host}${pathname.replace(/\/?$/, '/')}`;
}

/** The line of `planet.yaml` in which `site` stands. */
export async function siteLine(folder: string): Promise<number> {
  const lines = (await readFile(join(folder, 'planet.yaml'), 'utf8')).split('\n');
  return lines.findIndex((line) => line.startsWith('site')) + 1;
}
