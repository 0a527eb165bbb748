/** `1536` → `2 KB`. */
export function nameSize(bytes: number): string {
  const steps = ["bytes", "KB", "MB", "GB", "TB"];
  let [size, step] = [bytes, 0];
  while (size >= 1000 && step < steps.length - 1) {
    size /= 1000;
    step += 1;
  }
  return `${step < 2 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${steps[step]}`;
}
