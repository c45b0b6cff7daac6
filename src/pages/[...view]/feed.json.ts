import type { APIRoute } from 'astro';
import { jsonFeed } from '../../outputs/json-feed.ts';
import { getView, type Subject, viewPaths } from '../../views.ts';

export const getStaticPaths = viewPaths;

export const GET: APIRoute<{ subject: Subject }> = async ({ props }) =>
  new Response(jsonFeed(await getView(props.subject)), {
    headers: { 'Content-Type': 'application/feed+json; charset=utf-8' },
  });
