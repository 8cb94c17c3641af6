/** Limits the calls of a function to one in `interval` ms: the first at once, and one after the last request. */
export function atMostEvery(interval: number, call: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isRequested = false;
  return () => {
    if (timer) {
      isRequested = true;
      return;
    }
    call();
    timer = setTimeout(function next() {
      timer = undefined;
      if (isRequested) {
        isRequested = false;
        call();
        timer = setTimeout(next, interval);
      }
    }, interval);
  };
}
