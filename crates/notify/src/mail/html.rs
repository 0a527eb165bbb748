//! A mail's HTML: one table, styles inline as mail programs want them, nothing fetched from anywhere.

use tallyport_ledger::alert::Severity;

use crate::mail::message::{LINES, footer};
use crate::text::{self, escaped};
use crate::{Parcel, figure};

pub(crate) fn page(parcel: &Parcel) -> String {
    let notice = &parcel.notice;
    let color = match notice.severity {
        Severity::Notice => "#1f2933",
        Severity::Warning => "#8a4b00",
        Severity::Urgent => "#a11d1d",
    };
    let mut page = format!(
        "<!doctype html>\r\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\r\n\
         <body style=\"margin:0;padding:24px;font-family:Inter,Segoe UI,Helvetica,Arial,sans-serif;font-size:14px;\
         line-height:1.5;color:#1f2933;background:#ffffff\">\r\n\
         <h1 style=\"margin:0 0 12px;font-size:18px;color:{color}\">{title}</h1>\r\n",
        title = escaped(&text::line(&notice.title, 300)),
    );
    for part in text::lines(&notice.text, 10_000)
        .lines()
        .filter(|part| !part.is_empty())
    {
        page.push_str(&format!(
            "<p style=\"margin:0 0 12px\">{}</p>\r\n",
            escaped(part)
        ));
    }
    if !notice.lines.is_empty() {
        page.push_str("<table style=\"border-collapse:collapse;margin:12px 0\">\r\n");
        for line in notice.lines.iter().take(LINES) {
            page.push_str(&format!(
                "<tr><td style=\"padding:4px 24px 4px 0;border-bottom:1px solid #e4e7eb\">{}</td>\
                 <td style=\"padding:4px 0;border-bottom:1px solid #e4e7eb;text-align:right;white-space:nowrap;\
                 font-variant-numeric:tabular-nums\">{}</td></tr>\r\n",
                escaped(&text::line(&line.label, 200)),
                escaped(&figure(line.amount)),
            ));
        }
        page.push_str("</table>\r\n");
    }
    if notice.lines.len() > LINES {
        page.push_str(&format!(
            "<p>… and {} more</p>\r\n",
            notice.lines.len() - LINES
        ));
    }
    page.push_str(&format!(
        "<p style=\"margin:24px 0 0;font-size:12px;color:#616e7c\">{}</p>\r\n</body></html>\r\n",
        escaped(&footer(parcel))
    ));
    page
}
