import { isUtf8 } from 'node:buffer';
import type { FailureReason } from '../outcome.ts';
import { readAddress } from './address.ts';
import { type Cookies, cookieHeader } from './cookies.ts';

/** The way from the asked address to where we are. */
export interface Trail {
  /** Every request so far, that for the asked address first. */
  steps: readonly [Step, ...Step[]];
  /** Whether every step was said to be for good. */
  permanent: boolean;
}

interface Step {
  url: URL;
  /** What was sent as `Cookie`. */
  cookie: string | null;
}

const redirecting = new Map([
  [300, 'temporary'],
  [301, 'permanent'],
  [302, 'temporary'],
  [303, 'temporary'],
  [307, 'temporary'],
  [308, 'permanent'],
] as const);

/** Whether an answer sends us elsewhere. 300 does only when it names a place: without one it is a page of choices. */
export function isRedirect(status: number, location: string | null): boolean {
  return redirecting.has(status as 300) && (status !== 300 || location !== null);
}

/** The trail with one more step, or why there is none. The same address with other cookies is another step. */
export function follow(
  trail: Trail,
  { status, location, cookies, most }: { status: number; location: string | null; cookies: Cookies; most: number },
): Trail | FailureReason {
  if (location === null || location === '') return { kind: 'redirects', detail: 'to nowhere' };
  const next = readAddress(asUtf8(location), here(trail));
  if (!(next instanceof URL)) return next;
  const step = { url: next, cookie: cookieHeader(cookies, next) };
  if (trail.steps.some(({ url, cookie }) => url.href === next.href && cookie === step.cookie))
    return { kind: 'redirects', detail: 'in a circle' };
  if (trail.steps.length > most) return { kind: 'redirects', detail: 'too many' };
  return {
    steps: [...trail.steps, step],
    permanent: trail.permanent && redirecting.get(status as 301) === 'permanent',
  };
}

/** The address that is to be asked next, or that answered last. */
export function here(trail: Trail): URL {
  return lastStep(trail).url;
}

/** The request that is to be sent next, or that was answered last. */
export function lastStep({ steps }: Trail): Step {
  return steps.at(-1) ?? steps[0];
}

/** Where the feed has moved for good, when every step said so. */
export function movedTo(trail: Trail): string | null {
  const { href } = here(trail);
  return trail.permanent && href !== trail.steps[0].url.href ? href : null;
}

/** Header values come as latin1; addresses that are not pure ASCII were sent as UTF-8. */
function asUtf8(header: string): string {
  const bytes = Buffer.from(header, 'latin1');
  return isUtf8(bytes) ? bytes.toString() : header;
}
