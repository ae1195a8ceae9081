import { defineErrors } from '@helpdesk/core';

/** What the command line alone can run into. */
export const errors = defineErrors({
  ALREADY_SET_UP: {
    message: 'This desk belongs to somebody already',
    fix: 'Add people with "helpdesk add-agent".',
  },
  CONFIG_MISSING: {
    message: 'There is no file {file}',
    fix: 'Name an existing file with --config, or leave it out to search for helpdesk.config.ts from here upwards.',
  },
  CONFIG_UNREADABLE: {
    message: '{file} cannot be loaded: {because}',
    fix: 'Mend the file. It must export what defineConfig() gives, as its default.',
  },
  DESK_NOT_EMPTY: {
    message: 'This desk has tickets already',
    fix: 'Use another folder with --data, or add to what is there with --append.',
  },
  INPUT_REFUSED: { message: '{because}', fix: 'Correct it and try again.' },
  NOT_SET_UP: {
    message: 'This desk belongs to nobody yet',
    fix: 'Run "helpdesk init", or open the address that "helpdesk start" prints.',
  },
  PLACE_TAKEN: { message: '{place} exists already', fix: 'Choose another name, or remove it first.' },
  PORT_TAKEN: {
    message: 'Port {port} on {host} is in use by another program',
    fix: 'Choose another one: "helpdesk start --port {other}", or PORT={other}.',
  },
  PORT_REFUSED: {
    message: 'This user may not listen on {host}:{port}: {because}',
    fix: 'Choose a port above 1023 and an address of this machine with --port and --host.',
  },
  SOURCE_NEEDED: {
    message: 'This works in a checkout of the sources only: {because}',
    fix: 'Clone the repository, run "npm ci" there, and try again.',
  },
  USAGE: { message: '{because}', fix: 'See "helpdesk {command} --help".', status: 400 },
});
