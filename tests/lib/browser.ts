import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/**
 * Playwright's own list, which ours replaces; the pages of an address bar that nobody sees: they were more than half of each page's
 * cost; and processes that wait for a page to come: an eighth of it.
 */
const FEATURES_OFF = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'LensOverlay'],
  ...['HttpsFirstBalancedModeAutoEnable', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning'],
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled'],
  ...['PreconnectToSearch', 'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess'],
];

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  ...['--disable-sync', '--disable-quic', '--no-first-run'],
  `--disable-features=${FEATURES_OFF}`,
  // Nobody but this machine is asked for anything.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

const USUAL_PLACES = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  ...['/opt/google/chrome/chrome', '/snap/bin/chromium'],
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
];

/** The browser that tests run in: the one that `CHROMIUM_PATH` names, else the machine's, else Playwright's own. */
export function findBrowser(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return existsSync(named) ? named : null;
  return [...USUAL_PLACES, chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}

/** Why there is none, and what to do. A browser that is missing is a failure, for a skipped wall is no wall. */
export function missingBrowser(): Error {
  const named = process.env['CHROMIUM_PATH'];
  return new Error(
    named
      ? `CHROMIUM_PATH is ${named}, and there is no such file; give it the path of a Chromium or Chrome.`
      : 'No Chromium or Chrome found; run "npx playwright-core install chromium", or set CHROMIUM_PATH to one.',
  );
}

export async function launch(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null) throw missingBrowser();
  return chromium.launch({ executablePath, args: FLAGS });
}

let shared: Promise<Browser> | undefined;

/** One browser for all test files of a worker: its start costs more than many pages. It ends with the worker. */
export function sharedBrowser(): Promise<Browser> {
  shared ??= launch();
  return shared;
}
