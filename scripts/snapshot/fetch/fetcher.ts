import packageJson from '../../../package.json' with { type: 'json' };
import type { Validators } from '../../../src/core/feed-state.ts';
import type { Planet } from '../../../src/core/planet.ts';
import { type Failure, failure } from '../outcome.ts';
import { onePerHost } from '../schedule.ts';
import { readAddress } from './connect.ts';
import { Refusal } from './failure.ts';
import { conditions, type ServerClocks } from './headers.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { type Cookies, follow, isRedirect, storeCookies, type Trail } from './redirects.ts';
import { requestSender } from './request.ts';
import { type Arrived, type Fetched, readResponse } from './response.ts';

interface FetcherOptions {
  userAgent: string;
  /** Private addresses that may be requested: exactly `host:port`. */
  allowPrivate: readonly string[];
  now: () => Date;
  limits?: Partial<Limits>;
  /** Hear of each answer, also of redirects. */
  clocks?: ServerClocks | undefined;
  /** The kind of files that it fetches; feeds by default. */
  what?: keyof typeof ACCEPTED;
}

export type Fetcher = ReturnType<typeof createFetcher>;

export function createFetcher({ userAgent, allowPrivate, now, what = 'feeds', ...options }: FetcherOptions) {
  const limits = { ...defaultLimits, ...options.limits };
  const privateHosts = new Set(allowPrivate.map((host) => host.toLowerCase()));
  const stop = new AbortController();
  // Feeds of many hosts may redirect to one host.
  const perHost = onePerHost();
  const send = requestSender(now);

  const walk = async (start: URL, headers: Record<string, string>): Promise<Arrived | Failure> => {
    let trail: Trail = { url: start, cookie: null, start, before: [], permanent: true };
    let cookies: Cookies = [];
    let left = limits.deadline;
    for (;;) {
      const { url, cookie } = trail;
      const sentHeaders = cookie === null ? headers : { ...headers, cookie };
      const answer = await perHost(url.host, async () => {
        const began = performance.now();
        const request = { url, headers: sentHeaders, privateHosts, limits, left, stop: stop.signal };
        const received = await send(request);
        left -= performance.now() - began;
        return received;
      });
      if (answer.kind === 'failed') return answer;
      const location = answer.header('location');
      if (!isRedirect(answer.status, location)) {
        options.clocks?.hear(url.host, answer.header);
        return { kind: 'arrived', answer, trail };
      }
      cookies = storeCookies(cookies, { url, set: answer.cookies, now: now() });
      const next = follow(trail, { status: answer.status, location, cookies, most: limits.redirects });
      if ('kind' in next) return failure(next);
      trail = next;
    }
  };

  /** Fetches one feed. Every failure of the network is a value. */
  const fetchFeed = async ({ url, validators }: { url: string; validators: Validators }): Promise<Fetched> => {
    const start = readAddress(url);
    if (!(start instanceof URL)) return { ...failure(start), retryAt: null };
    const conditional = conditions(validators, what === 'feeds');
    const accept = { accept: ACCEPTED[what], 'accept-encoding': 'gzip, br, deflate' };
    const arrived = await walk(start, { 'user-agent': userAgent, ...accept, ...conditional });
    if (arrived.kind === 'failed') return { ...arrived, retryAt: null };
    return readResponse(arrived, { conditional: Object.keys(conditional).length > 0, limits, now: now() });
  };

  return { fetchFeed, close: async () => stop.abort(new Refusal({ kind: 'stopped' })) };
}

const ACCEPTED = {
  feeds: 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8',
  pictures: 'image/webp, image/png, image/jpeg, image/*;q=0.8',
};

/** Our name and an address for complaints: `Orrery/0.1.0 (+https://example.org/; feeds)`. */
export function userAgent(planet: Pick<Planet, 'site'>): string {
  return `Orrery/${packageJson.version} (+${new URL(planet.site).href}; feeds)`;
}
