import type { Validators } from '../../../src/model/state.ts';
import type { Header } from './manners.ts';

/** A server that gives more than this would not take it back either. */
const longest = 2048;

/** What an answer gave to ask "has it changed?" with, to the letter. */
export function readValidators(header: Header): Validators {
  const etag = header('etag');
  const lastModified = header('last-modified');
  return {
    ...(isSendable(etag) ? { etag } : {}),
    ...(isSendable(lastModified) ? { lastModified } : {}),
  };
}

/** The headers that ask for a feed only if it has changed; none where nothing is known. */
export function conditions({ etag, lastModified }: Validators): Record<string, string> {
  return {
    // With an entity tag a server can also be asked for the new entries alone (RFC 3229, 226).
    ...(isSendable(etag) ? { 'if-none-match': etag, 'a-im': 'feed' } : {}),
    ...(isSendable(lastModified) ? { 'if-modified-since': lastModified } : {}),
  };
}

function isSendable(value: string | null | undefined): value is string {
  return value != null && value.length <= longest && /^[\t\x20-\x7e\x80-\xff]+$/.test(value);
}
