/** Calls at once, and then at most so often (ms), the last time always. */
export function atMostEvery(interval: number, call: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  return () => {
    if (timer) {
      again = true;
      return;
    }
    call();
    timer = setTimeout(function next() {
      timer = undefined;
      if (again) {
        again = false;
        call();
        timer = setTimeout(next, interval);
      }
    }, interval);
  };
}
