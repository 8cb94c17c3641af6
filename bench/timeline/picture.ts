import { type Activity, activities, type Span } from './activities.ts';
import type { ShownImages } from './download.ts';
import type { RecordedRequest } from './record.ts';

export interface Timeline {
  readonly title: string;
  /** Milliseconds until all images were there. */
  readonly whole: number;
  /** Times are milliseconds since the panel was opened. */
  readonly requests: readonly { readonly [K in keyof RecordedRequest]: number | undefined }[];
  readonly threads: readonly { readonly name: string; readonly spans: readonly Span[] }[];
  readonly shown: readonly ShownImages[];
}

const colors: Readonly<Record<Activity, string>> = {
  'read XML': '#1f77b4',
  build: '#17becf',
  write: '#2ca02c',
  search: '#9467bd',
  SDK: '#ff7f0e',
  Node: '#bcbd22',
  'collect garbage': '#d62728',
  other: '#7f7f7f',
};

const width = 1_200;
const left = 130;
const laneHeight = 5;
const threadHeight = 60;
/** A column of a thread's row shows how busy it was for so long (ms). */
const bin = 20;
/** EC2's request limits for descriptions. */
const bucket = { capacity: 100, refill: 20 };

/** Draws requests, threads and images of a download over the same time, as SVG. */
export function drawTimeline({ title, whole, requests, threads, shown }: Timeline): string {
  const end = Math.max(whole, ...requests.map(({ ended }) => ended ?? 0)) + 100;
  const x = (time: number) => left + (time / end) * (width - left - 20);
  const parts: string[] = [];
  const lanes: number[] = [];
  let top = 70;
  for (const { sent = 0, answered, ended, status } of requests) {
    const to = ended ?? end;
    const free = lanes.findIndex((until) => until <= sent);
    const lane = free < 0 ? lanes.length : free;
    lanes[lane] = to;
    const y = top + lane * laneHeight;
    const isRefused = status !== undefined && status !== 200;
    parts.push(bar(x(sent), x(answered ?? to), y, laneHeight - 1, isRefused ? '#d62728' : '#c6dbef'));
    if (answered !== undefined && !isRefused) {
      parts.push(bar(x(answered), x(to), y, laneHeight - 1, '#3182bd'));
    }
  }
  parts.push(label('requests', top + 10));
  top += lanes.length * laneHeight + 20;
  for (const { name, spans } of threads) {
    parts.push(label(name, top + threadHeight / 2), ...drawThread(spans, top, x, end));
    top += threadHeight + 14;
  }
  const most = Math.max(1, ...shown.map(({ images }) => images));
  const line = (points: readonly (readonly [number, number])[]) =>
    points.map(([time, part]) => `${x(time).toFixed(1)},${(top + threadHeight * (1 - part)).toFixed(1)}`).join(' ');
  parts.push(label('images shown', top + 20), label('requests left', top + 36, '#d62728'));
  parts.push(
    `<polyline points="${line(shown.map(({ at, images }) => [at, images / most]))}" fill="none" stroke="#333"/>`,
  );
  const tokensLeft = requestsLeft(requests.map(({ sent = 0 }) => sent)).map(
    ([time, tokens]) => [time, Math.max(0, tokens) / bucket.capacity] as const,
  );
  parts.push(`<polyline points="${line(tokensLeft)}" fill="none" stroke="#d62728"/>`);
  top += threadHeight + 20;
  for (let second = 0; second * 1_000 < end; second += 1) {
    const at = x(second * 1_000).toFixed(1);
    parts.push(
      `<line x1="${at}" x2="${at}" y1="60" y2="${top}" stroke="#ddd"/><text x="${at}" y="${top + 14}">${second} s</text>`,
    );
  }
  const legend = activities.map(
    (activity, place) =>
      `${bar(left + place * 125, left + place * 125 + 10, 40, 10, colors[activity])}<text x="${left + place * 125 + 14}" y="49">${activity}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top + 24}" font-family="sans-serif" font-size="11">
<rect width="100%" height="100%" fill="white"/>
<text x="10" y="22" font-size="15">${title}</text>
${legend.join('\n')}
${parts.join('\n')}
</svg>
`;
}

/** The requests that EC2's limits leave after each one: the time (ms), and how many. */
export function requestsLeft(sent: readonly number[]): readonly (readonly [number, number])[] {
  let tokens = bucket.capacity;
  let last = 0;
  return [...sent]
    .sort((a, b) => a - b)
    .map((time) => {
      tokens = Math.min(bucket.capacity, tokens + ((time - last) / 1_000) * bucket.refill) - 1;
      last = time;
      return [time, tokens] as const;
    });
}

/** A column for each bin: how much of it was taken by each activity. */
function drawThread(spans: readonly Span[], top: number, x: (time: number) => number, end: number): readonly string[] {
  const bins = Array.from({ length: Math.ceil(end / bin) }, () => new Map<Activity, number>());
  for (const { from, to, activity } of spans) {
    for (let at = Math.max(0, from); at < Math.min(to, end); ) {
      const place = Math.floor(at / bin);
      const until = Math.min(to, (place + 1) * bin);
      const times = bins[place];
      times?.set(activity, (times.get(activity) ?? 0) + until - at);
      at = until;
    }
  }
  return bins.flatMap((times, place) => {
    let bottom = top + threadHeight;
    return activities.flatMap((activity) => {
      const height = ((times.get(activity) ?? 0) / bin) * threadHeight;
      if (height < 0.3) {
        return [];
      }
      bottom -= height;
      return [bar(x(place * bin), x((place + 1) * bin), bottom, height, colors[activity])];
    });
  });
}

function bar(from: number, to: number, y: number, height: number, color: string): string {
  return `<rect x="${from.toFixed(1)}" y="${y.toFixed(1)}" width="${Math.max(0.5, to - from).toFixed(1)}" height="${height.toFixed(1)}" fill="${color}"/>`;
}

function label(text: string, y: number, color = '#333'): string {
  return `<text x="10" y="${y}" fill="${color}">${text}</text>`;
}
