import { run } from './index.js';

// What `dev` starts from the sources; the installed command is bin/helpdesk.js.
process.exitCode = await run(process.argv.slice(2));
