/** Does something so often, so many at once; who has finished begins again. */
export async function manyAtOnce(
  total: number,
  atOnce: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const runner = async () => {
    while (next < total) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, runner));
}
