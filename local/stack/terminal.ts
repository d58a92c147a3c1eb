/** How the story looks: colours where a person reads it on a terminal, plain text everywhere else. */
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

const isColoured = process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb';

/** Bright colours: dark blue and dark grey cannot be read on a dark terminal. */
function styled(style: Style): (text: string) => string {
  return (text) => (isColoured ? styleText(style, text) : text);
}

export const strong = styled('bold');
export const link = styled(['underline', 'cyanBright']);
export const good = styled('greenBright');
export const bad = styled('redBright');
export const aside = styled('yellowBright');

export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}
