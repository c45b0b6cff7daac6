/** A click replaces a video's link by its player (src/core/media.ts). Without script the link opens the video's page. */
addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
  const link = event.target.closest('a.still');
  const template = link?.nextElementSibling;
  const frame = template instanceof HTMLTemplateElement ? template.content.querySelector('iframe') : null;
  if (!frame) return;
  event.preventDefault();
  frame.allow += '; autoplay';
  frame.src += `${frame.src.includes('?') ? '&' : '?'}autoplay=1`;
  link?.replaceWith(frame);
  frame.focus();
});
