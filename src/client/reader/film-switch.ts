/**
 * Puts a film's player in the place of the link that stands for it (src/core/films.ts), once a reader asks for it, and lets it
 * begin. Without script, and in another tab, the link leads to the film's page.
 */
addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
  const link = event.target.closest('a.still');
  const held = link?.nextElementSibling;
  const frame = held instanceof HTMLTemplateElement ? held.content.querySelector('iframe') : null;
  if (!frame) return;
  event.preventDefault();
  frame.allow += '; autoplay';
  frame.src += `${frame.src.includes('?') ? '&' : '?'}autoplay=1`;
  link?.replaceWith(frame);
  frame.focus();
});
