import { MantineProvider } from "@mantine/core";
import { DatesProvider } from "@mantine/dates";
import { Notifications } from "@mantine/notifications";
import { MutationCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { host } from "../host/client";
import { asRefusal, Refusal } from "../host/problem";
import { MOST_NOTICES, showRefusal } from "../shared/notices";
import { theme, variables } from "../theme/theme";
import { Gate } from "./Gate";
import { router } from "./router";

/** What was asked and answered in this run of the interface. */
export const cache = new QueryClient({
  defaultOptions: {
    // The program is on this machine: a browser that believes itself offline may still ask.
    queries: {
      networkMode: "always",
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) =>
        failures < 2 && !(error instanceof Refusal && error.status >= 400 && error.status < 500),
      retryDelay: 400,
    },
    mutations: { networkMode: "always" },
  },
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, mutation) => {
      // A form that shows its own errors says so.
      if (mutation.meta?.quiet !== true) showRefusal(asRefusal(error));
    },
  }),
});

/** The whole interface. */
export function Program() {
  useEffect(() => {
    // The frame after the next is the first that a person has seen.
    requestAnimationFrame(() => requestAnimationFrame(() => host().painted()));
  }, []);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={cache}>
        <Notifications position="bottom-right" limit={MOST_NOTICES} mb="var(--tp-tray, 0px)" />
        <DatesProvider settings={{ weekendDays: [], consistentWeeks: true }}>
          <Gate>
            <RouterProvider router={router} />
          </Gate>
        </DatesProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
