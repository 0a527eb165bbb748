import type { Problem } from "./wire";

/** An answer that is not the one asked for, in the program's own words. */
export class Refusal extends Error {
  readonly code: string;
  readonly title: string;
  readonly hint: string | null;
  readonly status: number;
  readonly details: unknown;

  constructor(problem: Pick<Problem, "code" | "title" | "detail" | "status"> & Partial<Problem>) {
    super(problem.detail || problem.title);
    this.name = "Refusal";
    this.code = problem.code;
    this.title = problem.title;
    this.hint = problem.hint ?? null;
    this.status = problem.status;
    this.details = problem.details ?? null;
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && "title" in value;
}

/** Whatever was thrown, as something that can be shown. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isProblem(error)) return new Refusal(error);
  // What Chromium, WebKit and Firefox say when nobody is there; other type errors are the page's own.
  if (error instanceof TypeError && /fetch|load failed|network/i.test(error.message)) {
    return new Refusal({
      code: "door.closed",
      title: "Tallyport does not answer",
      detail: "The program behind this page does not answer.",
      hint: "Is it still running? Start it again, then try again here.",
      status: 0,
    });
  }
  return new Refusal({
    code: "interface.error",
    title: "Something went wrong on this page",
    detail: error instanceof Error ? error.message : String(error),
    hint: "Try again. If it stays, restart Tallyport; nothing that was saved is lost.",
    status: 0,
  });
}

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The data of an answer; throws the problem otherwise. */
export function data<T>(answer: Answer<T>): T {
  if (answer.error !== undefined || !answer.response.ok) {
    throw isProblem(answer.error)
      ? new Refusal(answer.error)
      : new Refusal({
          code: `http.${answer.response.status}`,
          title: "Tallyport refused",
          detail: `The program answered with status ${answer.response.status}.`,
          status: answer.response.status,
        });
  }
  return answer.data as T;
}
