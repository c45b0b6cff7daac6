import type { APIRoute } from 'astro';
import type { Output } from '../../outputs/list.ts';
import { getView, type Subject, viewPaths } from '../../views.ts';

export const getStaticPaths = viewPaths;

export const GET: APIRoute<{ subject: Subject; output: Output }> = async ({ props: { subject, output } }) =>
  new Response(await output.print(await getView(subject)), {
    headers: { 'Content-Type': `${output.type}; charset=utf-8` },
  });
