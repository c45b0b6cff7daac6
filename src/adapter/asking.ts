import { AsyncLocalStorage } from 'node:async_hooks';
import type { Question, SiteData } from '../data/site-data.ts';

/** Where the answers for a page come from while it is rendered. */
export interface QuestionLog {
  data: SiteData;
  /** Told of every question. */
  note: (question: Question) => void;
  /** Told of an answer that failed: Astro hands the error to the page, which might ignore it. */
  fail: (error: unknown) => void;
}

export const questionLog = new AsyncLocalStorage<QuestionLog>();
