import type { FailureReason } from '../outcome.ts';
import { retryAt } from './headers.ts';
import { type HttpAnswer, sendRequest } from './request.ts';

/** Failures that other addresses of the same host would probably have too. */
export const OF_HOST: ReadonlySet<FailureReason['kind']> = new Set<FailureReason['kind']>([
  'name-not-found',
  'name-server',
  'refused',
  'unreachable',
  'no-tls',
  'certificate',
  'timed-out',
]);

/** After so many of these answers in a row a host is down: two feeds of a large host may be slow, or limited, by themselves. */
const MOST_FAILURES = 3;

/** `sendRequest` with a memory: the last answer of a host that is down, or wants no request, stands for its others in this run. */
export function requestSender(now: () => Date): typeof sendRequest {
  const standing = new Map<string, HttpAnswer>();
  const failures = new Map<string, number>();
  return async (request) => {
    const { host } = request.url;
    const before = standing.get(host);
    if (before !== undefined) return before;
    const answer = await sendRequest(request);
    const inARow = isOfHost(answer, now()) ? (failures.get(host) ?? 0) + 1 : 0;
    failures.set(host, inARow);
    if (inARow === MOST_FAILURES) standing.set(host, answer);
    return answer;
  };
}

function isOfHost(answer: HttpAnswer, now: Date): boolean {
  if (answer.kind === 'failed') return OF_HOST.has(answer.reason.kind);
  return [429, 503].includes(answer.status) && retryAt(answer.header, now) !== null;
}
