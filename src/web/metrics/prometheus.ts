import type { Metric, Sample } from './metric.js';

/** The text format of Prometheus, version 0.0.4. */
export function prometheusText(metrics: readonly Metric[]): string {
  return metrics.map(metricText).join('');
}

function metricText({ name, help, type, samples }: Metric): string {
  const whole = `modcall_${name}`;
  const lines = samples.map(({ labels = {}, value }) => `${whole}${labelText(labels)} ${value}`);
  return `${[`# HELP ${whole} ${escaped(help)}`, `# TYPE ${whole} ${type}`, ...lines].join('\n')}\n`;
}

function labelText(labels: NonNullable<Sample['labels']>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
