import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

const MOST = 8 * 1024 * 1024;
const LOOK_MS = 1000;

/**
 * Keeps what V8 holds for young objects at 8 MB instead of 32, of which an idle desk would never give anything back.
 * `bin/helpdesk.js` stops its growth while everything is loaded; from here on it may grow as requests ask for it.
 */
export function boundYoungHeap(): void {
  let mayGrow = false;
  const look = () => {
    const size =
      getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;
    if (mayGrow === size < MOST) return;
    mayGrow = size < MOST;
    setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`);
  };
  look();
  setInterval(look, LOOK_MS).unref();
}
