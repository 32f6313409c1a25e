/** `npm run bench`: how long rendering takes. `npm run bench -- load`: a dashboard with a large team's data, under load. */
await (process.argv[2] === 'load' ? import('./load/main') : import('./bench'));
