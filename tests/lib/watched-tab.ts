import type { Browser, Request } from 'playwright-core';

export type Watched = Awaited<ReturnType<typeof watchTab>>;

/**
 * A tab that nothing leaves for the network, and what its pages did.
 * @param isHarmless of a request to others
 */
export async function watchTab(browser: Browser, site: string, isHarmless: (request: Request) => boolean) {
  const page = await browser.newPage();
  /** What ran, and what was asked of others that is not harmless. */
  const misdeeds: string[] = [];
  /** What a policy of a page stopped. */
  const stopped: string[] = [];
  /** Every address of others that was asked for. */
  const asked: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) stopped.push(message.text());
  });
  page.on('dialog', async (dialog) => {
    misdeeds.push(`dialog: ${dialog.message()}`);
    // The page may be gone, and its dialog with it.
    await dialog.dismiss().catch(() => null);
  });
  page.on('popup', (popup) => misdeeds.push(`window: ${popup.url()}`));
  const isOurs = (request: Request) => request.url().startsWith(site);
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !isOurs(request)) asked.push(request.url());
  });
  // The policy is asked before the network: what comes here was let through.
  await page.route('**/*', async (route) => {
    const request = route.request();
    if (isOurs(request)) return route.continue();
    if (!isHarmless(request)) misdeeds.push(`${request.resourceType()} ${request.url()}`);
    return route.abort();
  });
  return { page, misdeeds, stopped, asked, [Symbol.asyncDispose]: () => page.close() };
}
