/** Preloaded into a program: its clock is wrong by so many milliseconds. */
const shiftMs = Number(process.env['CLOCK_SHIFT_MS'] ?? 0);
const Right = Date;
globalThis.Date = class extends Right {
  constructor(...given) {
    super(...(given.length === 0 ? [Right.now() + shiftMs] : given));
  }
  static now() {
    return Right.now() + shiftMs;
  }
};
