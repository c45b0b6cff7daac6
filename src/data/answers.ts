import { AsyncLocalStorage } from 'node:async_hooks';
import { hash } from 'node:crypto';
import type { Question, SiteData } from './site-data.ts';

export interface QuestionLog {
  data: SiteData;
  note: (question: Question) => void;
  /** Is called for every answer that failed. Astro passes the error to the page, which may ignore it. */
  fail: (error: unknown) => void;
}

export const questionLog = new AsyncLocalStorage<QuestionLog>();

/** The answer to a page's question, and a hash that changes with it. */
export interface Answer<T> {
  hash: () => string;
  data: () => T;
}

/** 132 bits of SHA-256: enough to notice any change of an answer. */
export function shortHash(bytes: string | Uint8Array): string {
  return hash('sha256', bytes, 'base64url').slice(0, 22);
}

/** An answer whose data is small enough to hash whole. */
export function answerOf<T>(data: T): Answer<T> {
  return { hash: () => shortHash(JSON.stringify(data instanceof Map ? [...data] : data)), data: () => data };
}

/** `map(value)`; undefined if there is no value. */
export function mapDefined<T, R>(value: T | undefined, map: (value: T) => R): R | undefined {
  return value === undefined ? undefined : map(value);
}
