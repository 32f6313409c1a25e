/**
 * Begins what it is given in the order it came, one piece in each turn of the event loop. The loop accepts one new connection a turn (libuv since 1.45),
 * and answers are written over several turns: where everything that has come is begun at once, a turn lasts seconds and newcomers wait for minutes.
 *
 * @returns {(work: () => void) => void}
 */
export function oneATurn() {
  /** @type {(() => void)[]} */
  const waiting = [];
  const next = () => {
    const work = waiting.shift();
    if (waiting.length > 0) setImmediate(next);
    work?.();
  };
  return (work) => {
    if (waiting.push(work) === 1) setImmediate(next);
  };
}
