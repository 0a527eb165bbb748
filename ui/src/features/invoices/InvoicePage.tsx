import { Alert, Button } from "@mantine/core";
import { IconArrowLeft, IconDownload, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Invoice } from "../../host/wire";
import { nameMonth } from "../../shared/days";
import { showDone } from "../../shared/notices";
import { Page } from "../../shared/Page";
import { QuarantineBanner } from "../../shared/QuarantineBanner";
import { settings } from "../../shared/queries";
import { Answer, Waiting } from "../../shared/Waiting";
import { IssueDialog } from "./IssueDialog";
import { deleteDraft, invoice, savePdf } from "./load";
import { Paper } from "./Paper";

const route = getRouteApi("/invoices/$id");

/** One invoice as it will be read, and what can be done with it. */
export function InvoicePage() {
  const id = Number(route.useParams().id);
  const navigate = useNavigate();
  const cache = useQueryClient();
  const query = useQuery(invoice(id));
  const seller = useQuery(settings);
  const [issuing, setIssuing] = useState<Invoice[]>([]);
  const save = useMutation({
    mutationFn: savePdf,
    onSuccess: (where) => where !== null && showDone(`Saved as ${where}`),
  });
  const remove = useMutation({
    mutationFn: (_draft: Invoice) => deleteDraft(id),
    onSuccess: (_, draft) => {
      void cache.invalidateQueries({ queryKey: ["invoices"] });
      showDone(`The draft for ${draft.for.label} is gone; drafting the month makes it again`);
      navigate({ to: "/invoices", search: { month: draft.period } });
    },
  });
  const shown = query.data;
  const draft = shown?.state === "draft";
  return (
    <Page
      title={
        shown === undefined ? "Invoice" : draft ? `Draft for ${shown.for.label}` : `Invoice ${shown.number}`
      }
      above={
        <Link to="/invoices" search={{ month: shown?.period }}>
          <IconArrowLeft size={13} aria-hidden="true" style={{ verticalAlign: "-2px" }} /> Invoices
        </Link>
      }
      note={
        shown !== undefined && (
          <>
            {shown.for.label} · {nameMonth(shown.period)}
          </>
        )
      }
      actions={
        shown !== undefined && (
          <>
            {draft && (
              <Button
                variant="default"
                leftSection={<IconTrash size={15} aria-hidden="true" />}
                loading={remove.isPending}
                onClick={() => remove.mutate(shown)}
              >
                Delete draft
              </Button>
            )}
            <Button
              variant={draft ? "default" : "filled"}
              leftSection={<IconDownload size={15} aria-hidden="true" />}
              loading={save.isPending}
              onClick={() => save.mutate(shown)}
            >
              Save PDF
            </Button>
            {draft && <Button onClick={() => setIssuing([shown])}>Issue…</Button>}
          </>
        )
      }
      banner={shown !== undefined && draft && <QuarantineBanner from={shown.period} to={shown.period} />}
    >
      <Answer query={query} waiting={<Waiting rows={10} />}>
        {(answer) => (
          <>
            {answer.warnings.length > 0 && (
              <Alert
                color="yellow"
                styles={{ title: { color: "var(--tp-warn)" } }}
                mb="md"
                py={8}
                maw={820}
                mx="auto"
              >
                {answer.warnings.map((warning) => (
                  <div key={warning}>{warning}</div>
                ))}
              </Alert>
            )}
            <Paper invoice={answer} settings={seller.data} />
          </>
        )}
      </Answer>
      <IssueDialog invoices={issuing} onClose={() => setIssuing([])} />
    </Page>
  );
}
