import { Alert, SegmentedControl } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { Invoice } from "../../host/wire";
import { nameMonth } from "../../shared/days";
import { Page } from "../../shared/Page";
import { QuarantineBanner } from "../../shared/QuarantineBanner";
import { Answer, Waiting } from "../../shared/Waiting";
import { Actions } from "./Actions";
import { Facts } from "./Facts";
import styles from "./Invoices.module.css";
import { Lines } from "./Lines";
import { invoice } from "./load";
import { Paper } from "./Paper";
import { nameDocument } from "./states";

const route = getRouteApi("/invoices/$id");

function Warnings({ warnings }: { warnings: string[] }) {
  if (warnings.length === 0) return null;
  return (
    <Alert color="yellow" mb="md" py={8} role="note">
      {warnings.map((warning) => (
        <div key={warning}>{warning}</div>
      ))}
    </Alert>
  );
}

function nameLines({ lines }: Invoice): string {
  return lines.length === 1 ? "1 line" : `${lines.length} lines`;
}

/** One document as it will be read, what stands behind it, and what can be done with it. */
export function InvoicePage() {
  const id = Number(route.useParams().id);
  const { show } = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(invoice(id));
  const shown = query.data;
  const waits = shown?.state === "draft" || shown?.state === "approved";
  return (
    <Page
      title={shown === undefined ? "Invoice" : nameDocument(shown)}
      above={
        <Link to="/invoices" search={{ month: shown?.period }}>
          <IconArrowLeft size={13} aria-hidden="true" style={{ verticalAlign: "-2px" }} /> Invoices
        </Link>
      }
      note={
        shown !== undefined && (
          <>
            <bdi>{shown.for.label}</bdi> · {nameMonth(shown.period)}
          </>
        )
      }
      actions={shown !== undefined && <Actions invoice={shown} />}
      controls={
        shown !== undefined && (
          <SegmentedControl
            aria-label="What is shown"
            data={[
              { value: "paper", label: "Document" },
              { value: "lines", label: nameLines(shown) },
            ]}
            value={show ?? "paper"}
            onChange={(next) =>
              navigate({
                to: "/invoices/$id",
                params: { id: String(id) },
                search: { show: next === "lines" ? "lines" : undefined },
                replace: true,
              })
            }
          />
        )
      }
      banner={shown !== undefined && waits && <QuarantineBanner from={shown.period} to={shown.period} />}
    >
      <Answer query={query} waiting={<Waiting rows={10} />}>
        {(answer) => (
          <div className={`${styles.page} ${show === "lines" ? styles.wide : ""}`}>
            <div>
              <Warnings warnings={answer.warnings} />
              {show === "lines" ? (
                <Lines invoice={answer} />
              ) : (
                <Paper id={answer.id} label={nameDocument(answer)} />
              )}
            </div>
            <Facts invoice={answer} />
          </div>
        )}
      </Answer>
    </Page>
  );
}
