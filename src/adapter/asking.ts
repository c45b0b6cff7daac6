import { AsyncLocalStorage } from 'node:async_hooks';
import type { Question, SiteData } from '../data/site-data.ts';

/** The source of answers for a page while it is rendered, and the log of its questions. */
export interface QuestionLog {
  data: SiteData;
  /** Is called for every question. */
  note: (question: Question) => void;
  /** Is called for every answer that failed. Astro passes the error to the page, which may ignore it. */
  fail: (error: unknown) => void;
}

export const questionLog = new AsyncLocalStorage<QuestionLog>();
