import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  // Relative addresses: the same files are served by the window, by `tally serve` and from a sub path.
  base: "./",
  build: {
    target: ["es2022", "safari15.6"],
    // The content security policy forbids data: scripts; fonts and the mark stay files as well.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "charts", test: /node_modules[\\/](echarts|zrender)/ },
            { name: "interface", test: /node_modules[\\/](@mantine|@floating-ui|react-dom)/ },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:7766", "/enter": "http://127.0.0.1:7766" } },
  test: {
    environment: "happy-dom",
    testTimeout: 40_000,
    include: ["src/**/*.test.ts", "src/**/*.test.tsx", "*.test.ts"],
  },
});
