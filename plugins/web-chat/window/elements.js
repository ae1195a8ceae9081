export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  element.append(...children);
  return element;
};

export function icon(path) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(space, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

export const CHAT =
  'M4.5 4h11A1.5 1.5 0 0 1 17 5.500v7a1.5 1.5 0 0 1-1.500 1.500H9l-4 3v-3h-.5A1.5 1.5 0 0 1 3 12.500v-7A1.5 1.5 0 0 1 4.500 4z';

export const DOWN = 'm5 7.500 5 5 5-5';

export const CROSS = 'm5 5 10 10M15 5 5 15';

export const CLIP =
  'm15 9.300-5.600 5.600a3.200 3.200 0 0 1-4.500-4.500l6.200-6.200a2.100 2.100 0 0 1 3 3l-6 6a1.060 1.060 0 0 1-1.500-1.500l5.300-5.300';

export const PLANE = 'M17 3 3 9l5.500 2.500L11 17l6-14-8.500 8.500';
