import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";

export const overview = (month: string, as_of?: string) =>
  queryOptions({
    queryKey: ["overview", month, as_of],
    queryFn: async () => {
      const query = { month, as_of };
      return data(await api.GET("/api/v1/overview", { params: { query } }));
    },
  });
