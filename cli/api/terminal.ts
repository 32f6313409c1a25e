import { styleText } from 'node:util';
import { stripControls } from '#core/strip-controls';

type Style = Parameters<typeof styleText>[0];

/** Whether people look at standard output who can see colours (https://no-color.org). */
export const inColour = (): boolean =>
  process.env.FORCE_COLOR
    ? process.env.FORCE_COLOR !== '0'
    : process.stdout.isTTY === true && !process.env.NO_COLOR;

/** Text in a colour, where there are colours. */
export const paint = (style: Style, text: string): string =>
  inColour() ? styleText(style, text, { validateStream: false }) : text;

/** What others wrote, on one line and without anything that a terminal would obey. */
export const oneLine = (text: string): string => stripControls(text).replace(/\s+/g, ' ').trim();

/** `2026-11-21 09:30`, in the time of this machine. */
export function when(instant: string | null): string {
  if (instant === null) return '-';
  const at = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
