import type { APIRoute } from 'astro';
import { rss } from '../../outputs/rss.ts';
import { getView, type Subject, viewPaths } from '../../views.ts';

export const getStaticPaths = viewPaths;

export const GET: APIRoute<{ subject: Subject }> = async ({ props }) =>
  new Response(await rss(await getView(props.subject)), {
    headers: { 'Content-Type': 'application/rss+xml; charset=utf-8' },
  });
