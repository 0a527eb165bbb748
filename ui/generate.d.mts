export function generated(): Promise<string>;
export function committed(): string;
