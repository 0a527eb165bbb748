import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  Input,
  type MantineColorsTuple,
  Menu,
  Modal,
  Popover,
  SegmentedControl,
  Select,
  Skeleton,
  Switch,
  Table,
  Tabs,
  Tooltip,
} from "@mantine/core";

/** The colours of the mark: deep water, the harbour's green and the mooring line. */
const harbour: MantineColorsTuple = [
  "#eef5fb",
  "#dbe8f4",
  "#b5cfe8",
  "#8bb4db",
  "#5f97cc",
  "#3b7dbb",
  "#2568a6",
  "#1c558b",
  "#174069",
  "#0f2f52",
];
const slate: MantineColorsTuple = [
  "#f7f9fa",
  "#eff2f4",
  "#e3e8ec",
  "#d2d9df",
  "#b7c1ca",
  "#8c98a4",
  "#5d6975",
  "#44505b",
  "#2c363f",
  "#161d23",
];
const night: MantineColorsTuple = [
  "#dfe5ea",
  "#b9c3cc",
  "#95a1ad",
  "#66727e",
  "#36414b",
  "#29323a",
  "#1d242b",
  "#13191e",
  "#0e1317",
  "#090d10",
];

/** Series of a chart, distinguishable for most eyes and beside each other; the last is for the rest. */
export const chartColours = {
  light: ["#1f6bb0", "#1b9e93", "#e3921b", "#7a5bc2", "#c5485f", "#5a8f2e", "#2fa7d1", "#a8642a", "#8a94a0"],
  dark: ["#5ba2e0", "#3cc4b6", "#f3b14b", "#a58be6", "#e77c8e", "#8fc45e", "#68c8ea", "#d29460", "#76818c"],
} as const;

const dialogTitle = {
  title: {
    fontSize: "1rem",
    lineHeight: 1.3,
    fontWeight: 620,
    letterSpacing: "-0.01em",
    overflowWrap: "anywhere",
  },
} as const;
const control = { "--input-height": "32px", "--input-fz": "13px" };

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
  primaryColor: "harbour",
  primaryShade: { light: 7, dark: 6 },
  colors: { harbour, gray: slate, dark: night },
  defaultRadius: 6,
  cursorType: "pointer",
  respectReducedMotion: true,
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.25rem", lineHeight: "1.3" },
      h2: { fontSize: "0.9375rem", lineHeight: "1.35" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray", size: 30 } }),
    Alert: Alert.extend({
      defaultProps: { variant: "light" },
      // The library's yellow and red shout in dark colours; these are the program's own.
      vars: (_theme, { color }) => ({
        root:
          color === "yellow"
            ? {
                "--alert-bg": "var(--tp-demo)",
                "--alert-bd": "1px solid var(--tp-demo-line)",
                "--alert-color": "var(--tp-warn)",
              }
            : color === "red"
              ? {
                  "--alert-bg": "var(--tp-danger-soft)",
                  "--alert-bd": "1px solid var(--tp-danger-line)",
                  "--alert-color": "var(--tp-danger)",
                }
              : {},
      }),
    }),
    Badge: Badge.extend({
      defaultProps: { variant: "light", size: "sm", radius: 4, tt: "none", fw: 550, miw: "max-content" },
    }),
    Button: Button.extend({
      defaultProps: { size: "xs" },
      vars: () => ({
        root: { "--button-height": "32px", "--button-fz": "13px", "--button-padding-x": "12px" },
      }),
    }),
    Checkbox: Checkbox.extend({ defaultProps: { size: "xs" } }),
    Drawer: Drawer.extend({
      styles: dialogTitle,
      defaultProps: {
        position: "right",
        size: 520,
        overlayProps: { backgroundOpacity: 0.25 },
        closeButtonProps: { "aria-label": "Close" },
      },
    }),
    Input: Input.extend({ vars: () => ({ wrapper: control }) }),
    InputWrapper: { defaultProps: { size: "sm" } },
    Menu: Menu.extend({ defaultProps: { shadow: "md" } }),
    Modal: Modal.extend({
      styles: dialogTitle,
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.35 },
        closeButtonProps: { "aria-label": "Close" },
      },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: "md" } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: "xs" } }),
    Select: Select.extend({ defaultProps: { allowDeselect: false, checkIconPosition: "right" } }),
    Skeleton: Skeleton.extend({ defaultProps: { radius: 4 } }),
    Switch: Switch.extend({ defaultProps: { size: "xs" } }),
    Table: Table.extend({ defaultProps: { fz: "sm" } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, fz: "xs" } }),
  },
});

/** What Mantine has no name for; read by the style sheets of this interface. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5a6672",
    "--mantine-color-placeholder": "#6b7783",
    "--tp-page": "#ffffff",
    "--tp-sunken": "#f6f8f9",
    "--tp-raised": "#ffffff",
    "--tp-line": "#e3e8ec",
    "--tp-line-soft": "#eef1f4",
    "--tp-hover": "#f1f5f9",
    "--tp-chosen": "#e6eff8",
    "--tp-ink": "#161d23",
    "--tp-ink-soft": "#5a6672",
    "--tp-accent": "#1c558b",
    "--tp-up": "#a8431a",
    "--tp-down": "#12716a",
    "--tp-demo": "#fff3d6",
    "--tp-demo-ink": "#6b4700",
    "--tp-demo-line": "#f3d58b",
    "--tp-danger": "#b3261e",
    "--tp-danger-soft": "#fdf0ee",
    "--tp-danger-line": "#f3c9c4",
    "--tp-good": "#12716a",
    "--tp-warn": "#8a5a00",
    "--tp-fill": "#3b7dbb",
    "--tp-fill-near": "#e3921b",
    "--tp-fill-over": "#c5485f",
  },
  dark: {
    "--mantine-color-dimmed": "#95a1ad",
    "--mantine-color-placeholder": "#8b97a3",
    "--mantine-color-body": "#13191e",
    "--tp-page": "#13191e",
    "--tp-sunken": "#0e1317",
    "--tp-raised": "#182026",
    "--tp-line": "#29323a",
    "--tp-line-soft": "#20282f",
    "--tp-hover": "#1b232a",
    "--tp-chosen": "#1c2f40",
    "--tp-ink": "#dfe5ea",
    "--tp-ink-soft": "#95a1ad",
    "--tp-accent": "#8bb4db",
    "--tp-up": "#f0a36f",
    "--tp-down": "#5cc9bd",
    "--tp-demo": "#33290f",
    "--tp-demo-ink": "#f3c96b",
    "--tp-demo-line": "#5a4a1d",
    "--tp-danger": "#f28b82",
    "--tp-danger-soft": "#2a1716",
    "--tp-danger-line": "#56302d",
    "--tp-good": "#5cc9bd",
    "--tp-warn": "#f3c96b",
    "--tp-fill": "#5f97cc",
    "--tp-fill-near": "#d99a35",
    "--tp-fill-over": "#d9667a",
  },
});
