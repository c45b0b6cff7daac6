import { existsSync, readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Document, Scalar } from 'yaml';
import packageJson from '../../../package.json' with { type: 'json' };

export type NewPlanet = Record<'title' | 'site' | 'language' | 'timezone' | 'owner', string>;

export const EXAMPLE_SITE = 'https://example.org/';
const { name: engine, version } = packageJson;
export const SCHEMA = `node_modules/${engine}/planet.schema.json`;

/** A file of `docs/template` with other values in some of its lines, and with this package's version. */
function filled(path: string, values: Readonly<Record<string, string>> = {}): string {
  const template = readFileSync(new URL(`../../../docs/template/${path}`, import.meta.url), 'utf8');
  return Object.entries(values).reduce(
    (text, [key, value]) => text.replace(new RegExp(`^( *${key}: ).*$`, 'm'), (_, start) => start + scalar(value)),
    template.replaceAll(/\bv\d+\.\d+\.\d+\b/g, `v${version}`),
  );
}

export function planetText({ title, owner, ...more }: NewPlanet): string {
  const description = `New posts from the blogs that ${title} follows`;
  return filled('planet.yaml', { ...more, title, description, name: owner });
}

export function aboutText(title: string): string {
  return filled('pages/about.mdx', { description: `What ${title} is, how to join or leave it, and who runs it` });
}

const WORKFLOW = '.github/workflows/planet.yml';
/**
 * The settings of Dependabot. The version of the engine is in `package.json` and in the workflow, and `uses:` accepts
 * no expression, so a group changes both in one pull request
 * (https://docs.github.com/code-security/concepts/supply-chain-security/multi-ecosystem-updates).
 */
const UPDATES = '.github/dependabot.yml';

/** The files that make the folder a repository, by path. `spec` is the engine for npm: a version, or a package's file. */
export function repositoryFiles(name: string, spec = version): Record<string, string> {
  // npm takes a relative path from the new folder, and a person gives it from the current one.
  const place = spec.endsWith('.tgz') && existsSync(spec) ? resolve(spec) : spec;
  const manifest = { ...JSON.parse(filled('package.json')), name, dependencies: { [engine]: place } };
  return {
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    [WORKFLOW]: filled(WORKFLOW),
    [UPDATES]: filled(UPDATES),
    // As in docs/template: the archive has its own branch. npm packs no file of this name.
    '.gitignore': 'node_modules/\n/dist/\n.orrery/\n/archive/\n/planet.yaml.old*\n',
  };
}

/** A text as a YAML value on one line. */
function scalar(text: string): string {
  return new Document(new Scalar(text.replace(/\s+/g, ' ').trim())).toString({ lineWidth: 0 }).trimEnd();
}

/** Runs work that fills a new or empty folder. If it fails, removes all that was not there before: the command can be repeated. */
export async function fillFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = await readdir(folder).catch(() => null);
  try {
    return await work();
  } catch (error) {
    const written = before === null ? [''] : (await readdir(folder)).filter((name) => !before.includes(name));
    for (const name of written) await rm(join(folder, name), { recursive: true, force: true });
    throw error;
  }
}
