import { hash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../../src/archive/environment.ts';
import { clearWay, filesBelow } from '../../disk/files.ts';
import { checkFiles, fileChecker, fingerprint, type Manifest, readManifest, writeManifest } from '../manifest.ts';

export const LIST = 'bundles.json';

export interface Pieces {
  /** Builds a folder if its input has changed or its files are damaged. If `make` throws, the folder has no row in the manifest. */
  ensure(name: string, input: readonly string[], make: (to: string) => Promise<void>): Promise<'kept' | 'made'>;
  /** Removes all other folders. Returns the rows of those that are left. */
  sweep(): Promise<Manifest>;
}

export async function openPieces(output: string, folder: string): Promise<Pieces> {
  const manifest = readManifest(output, 'search');
  const now: Manifest = new Map();
  const checkFile = fileChecker(output);
  const code = await codeHash();
  let isWritten = true;
  // For each folder: a run that is killed keeps the finished ones.
  const write = () => writeManifest(output, 'search', new Map([...manifest, ...now]));
  return {
    async ensure(name, inputs, make) {
      const answers = hash('sha256', [code, ...inputs].join('\n'));
      const before = manifest.get(name);
      const files = before?.answers === answers ? checkFiles(checkFile, before.files) : null;
      if (before !== undefined && files !== null) {
        if (files !== before.files) isWritten = false;
        now.set(name, { ...before, files });
        return 'kept';
      }
      if (manifest.delete(name)) write();
      isWritten = false;
      const to = join(output, folder, name);
      clearWay(output, `${folder}/${name}/file`);
      await make(to);
      const paths = filesBelow(to).map((file) => `${folder}/${name}/${file}`);
      const made = new Map(paths.map((path) => [path, fingerprint(output, path)]));
      now.set(name, { questions: [], answers, files: made });
      write();
      return 'made';
    },
    async sweep() {
      if (!isWritten || manifest.size !== now.size) writeManifest(output, 'search', now);
      for (const found of await readdir(join(output, folder), { withFileTypes: true })) {
        if (found.name !== LIST && !now.has(found.name))
          await rm(join(output, folder, found.name), { recursive: true });
      }
      return now;
    },
  };
}

const CODE = ['scripts/site/search', 'src/core', 'src/data', 'src/i18n', 'src/outputs'];

/** A hash of the code that turns entries into an index, and of the version of Pagefind. */
async function codeHash(): Promise<string> {
  const codeFiles = CODE.flatMap((folder) => filesBelow(root, folder)).filter((file) => /\.[jt]s$/.test(file));
  const files = [...codeFiles.map((file) => join(root, file)), packageFile()];
  return hash('sha256', (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n'));
}

function packageFile(): string {
  return join(dirname(fileURLToPath(import.meta.resolve('pagefind'))), '..', 'package.json');
}
