import { queryOptions } from "@tanstack/react-query";
import { api } from "../../host/client";
import { data } from "../../host/problem";

export const overview = (month: string) =>
  queryOptions({
    queryKey: ["overview", month],
    queryFn: async () => data(await api.GET("/api/v1/overview", { params: { query: { month } } })),
  });
