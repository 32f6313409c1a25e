import fc from 'fast-check';

/**
 * Property tests draw the same values in every run, so that a run is red for a reason of its change and never by chance. Other
 * values are drawn on purpose: `PROPERTY_SEED=random`, or a number to see again what a run has printed.
 */
const fixed = 20_261_130;
const wanted = process.env.PROPERTY_SEED;
const seed = wanted === 'random' ? Date.now() % 2 ** 31 : Number(wanted ?? fixed);
if (!Number.isSafeInteger(seed))
  throw new Error(`PROPERTY_SEED is a whole number or "random", not ${wanted}`);

fc.configureGlobal({ seed });
if (wanted === 'random') console.log(`Property tests of this file: PROPERTY_SEED=${seed}`);
