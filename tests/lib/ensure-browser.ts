import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser, missingBrowser } from './browser.ts';

type Command = readonly [string, ...string[]];

/** Ways to get a browser, the least intrusive first. */
const WAYS: readonly { possible: () => boolean; commands: readonly Command[] }[] = [
  { possible: () => true, commands: [['npx', 'playwright-core', 'install', 'chromium']] },
  {
    possible: () => process.getuid?.() === 0 && existsSync('/etc/debian_version'),
    commands: [
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', 'chromium'],
    ],
  },
];

function run([command, ...options]: Command): boolean {
  return spawnSync(command, options, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}

/** Before the tests: a browser is there, or is fetched, or the run ends with a sentence that says what to do. */
export default function ensureBrowser(): void {
  for (const { possible, commands } of WAYS) {
    if (findBrowser() !== null) return;
    // Whoever names a browser means that one.
    if (process.env['CHROMIUM_PATH']) throw missingBrowser();
    if (possible()) commands.every(run);
  }
  if (findBrowser() === null) throw missingBrowser();
}

if (import.meta.main) ensureBrowser();
