import type { APIRoute, GetStaticPaths } from 'astro';
import { avatarFile } from '../../lib/routes.ts';
import { getEverything, pictureOf } from '../../queries.ts';

export const getStaticPaths = (async () => {
  const { authors } = await getEverything();
  return authors.flatMap((author) => {
    const file = avatarFile(author);
    return file === null ? [] : [{ params: { file }, props: { avatar: author.avatar } }];
  });
}) satisfies GetStaticPaths;

/** An author's picture, as it lies in the operator's folder. */
export const GET: APIRoute = async ({ props }) => new Response(await pictureOf(props.avatar));
