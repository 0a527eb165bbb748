import { Skeleton, Stack } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { ErrorPanel } from "./ErrorPanel";

/** True once 300 ms have passed: a quick answer should not flicker. */
export function useLongEnough(): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return long;
}

/** The shape of what is coming. */
export function Waiting({ rows = 6, height = 28 }: { rows?: number; height?: number }) {
  const long = useLongEnough();
  return (
    <div aria-busy="true" role="status" aria-label="Loading">
      {long && (
        <Stack gap={8}>
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: these bars are all alike
            <Skeleton key={row} height={height} width={row === 0 ? "40%" : "100%"} />
          ))}
        </Stack>
      )}
    </div>
  );
}

type Query<T> = { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };

type AnswerProps<T> = {
  query: Query<T>;
  waiting?: ReactNode;
  children: (data: T) => ReactNode;
};

/** Draws a question's answer, or that it is coming, or why it is not. */
export function Answer<T>({ query, waiting, children }: AnswerProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null && query.error !== undefined)
    return <ErrorPanel error={query.error} retry={() => query.refetch()} />;
  return waiting ?? <Waiting />;
}
