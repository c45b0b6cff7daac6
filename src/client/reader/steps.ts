/** What `j` and `k` walk through: the titles of a river or of a list, and what an entry's page leads on to. */
const TITLES = 'a.title,.leads li a';

/** To the next title down the page, or up: from the one with the focus, or from where the page is scrolled to. */
export function step(by: 1 | -1): void {
  const titles = [...document.querySelectorAll<HTMLElement>(TITLES)];
  const focused = titles.findIndex((title) => title.closest('article, li')?.contains(document.activeElement));
  const next = focused >= 0 && isInSight(titles[focused]) ? titles[focused + by] : fromHere(titles, by);
  if (next === undefined) return;
  next.focus({ preventScroll: true });
  (next.closest('article, li') ?? next).scrollIntoView({ block: 'start' });
}

/** To the next day down the page or up; where there is none, to the page that goes on from here. */
export function turn(by: 1 | -1): void {
  const days = [...document.querySelectorAll<HTMLElement>('.day')];
  const current = days.findLastIndex((day) => top(day) < innerHeight / 2);
  const back = days[current] && top(days[current]) < -1 ? current : current - 1;
  const day = days.length > 1 ? days[by === 1 ? current + 1 : back] : undefined;
  if (day) day.scrollIntoView({ block: 'start' });
  else document.querySelector<HTMLElement>(`.pager [rel=${by === 1 ? 'prev' : 'next'}]`)?.click();
}

/** So far from the top of the window still counts as being there. */
const SLACK = 60;

function fromHere(elements: readonly HTMLElement[], by: 1 | -1): HTMLElement | undefined {
  return by === 1 ? elements.find((each) => top(each) > SLACK) : elements.findLast((each) => top(each) < -1);
}

function top(element: HTMLElement): number {
  return element.getBoundingClientRect().top;
}

function isInSight(element: HTMLElement | undefined): boolean {
  const box = element?.getBoundingClientRect();
  return box !== undefined && box.bottom > 0 && box.top < innerHeight;
}
