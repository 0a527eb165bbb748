//! The icon in the tray: what this month costs so far, and the few things that are done from there.

use axum::http::Method;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::Value;
use tallyport_api::InProcess;
use tauri::{
    App, AppHandle, Manager, Wry,
    menu::{CheckMenuItem, CheckMenuItemBuilder, MenuBuilder, MenuItem, MenuItemBuilder},
    tray::{TrayIcon, TrayIconBuilder},
};

use crate::{figures::shown, gate::Gate, habits::Habits, leaving, places, surroundings};

/// What of the tray changes.
pub struct Tray {
    total: MenuItem<Wry>,
    quiet: CheckMenuItem<Wry>,
    icon: TrayIcon<Wry>,
}

/// Puts the icon into the tray. Where there is no tray the program does without.
pub fn install(app: &App) {
    // The library that draws it on Linux is looked for when it is first used, and panics if it is not there.
    let built = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| build(app)));
    match built {
        Ok(Ok(tray)) => {
            app.manage(tray);
        }
        Ok(Err(error)) => tracing::warn!(%error, "there is no icon in the tray"),
        Err(_) => tracing::warn!("there is no icon in the tray: its library is missing"),
    }
}

fn build(app: &App) -> tauri::Result<Tray> {
    let quiet = app.state::<Habits>().is_quiet(surroundings::now());
    let total = MenuItemBuilder::with_id("total", "No workspace is open")
        .enabled(false)
        .build(app)?;
    let quiet = CheckMenuItemBuilder::with_id("quiet", "No popups until tomorrow")
        .checked(quiet)
        .build(app)?;
    let menu = MenuBuilder::new(app)
        .item(&total)
        .separator()
        .text("open", "Open Tallyport")
        .text("sync", "Sync now")
        .item(&quiet)
        .separator()
        .text("quit", "Quit")
        .build()?;
    let mut icon = TrayIconBuilder::with_id("main")
        .menu(&menu)
        .tooltip("Tallyport")
        .on_menu_event(|app, event| chosen(app, event.id().as_ref()));
    if let Some(image) = app.default_window_icon() {
        icon = icon.icon(image.clone());
    }
    Ok(Tray {
        total,
        quiet,
        icon: icon.build(app)?,
    })
}

fn chosen(app: &AppHandle, what: &str) {
    let app = app.clone();
    match what {
        "open" => places::raise(&app),
        "quiet" => be_quiet(&app),
        "sync" => {
            tauri::async_runtime::spawn(async move { sync(&app).await });
        }
        "quit" => {
            tauri::async_runtime::spawn(async move { leaving::quit(&app).await });
        }
        _ => {}
    }
}

/// Popups wait until the next midnight of this computer, or come again.
fn be_quiet(app: &AppHandle) {
    let (habits, now) = (app.state::<Habits>(), surroundings::now());
    let until = match habits.is_quiet(now) {
        true => None,
        false => midnight_after(now, &TimeZone::system()),
    };
    if let Err(error) = habits.be_quiet(until) {
        tracing::warn!(%error, "that popups wait is not kept");
    }
    show_quiet(app);
}

fn midnight_after(now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let tomorrow = now.to_zoned(zone.clone()).date().tomorrow().ok()?;
    Some(tomorrow.to_zoned(zone.clone()).ok()?.timestamp())
}

/// The mark at the entry goes when the night has passed.
pub fn show_quiet(app: &AppHandle) {
    if let Some(tray) = app.try_state::<Tray>() {
        let quiet = app.state::<Habits>().is_quiet(surroundings::now());
        let _ = tray.quiet.set_checked(quiet);
    }
}

/// Asks AWS for what is new; where that is paid for, the person says whether.
async fn sync(app: &AppHandle) {
    let Ok(door) = app.state::<Gate>().door() else {
        places::raise(app);
        return;
    };
    let plan = ask(
        &door,
        Method::POST,
        "/api/v1/syncs",
        Some("{\"dry_run\":true}"),
    )
    .await;
    // What cannot be planned is told where there is room for it.
    let Some(plan) = plan else {
        places::open(app, "/data");
        return;
    };
    if let Some(question) = price(&plan)
        && !leaving::ask(app, "Sync now", &question, "Sync", "Cancel").await
    {
        return;
    }
    let begun = ask(
        &door,
        Method::POST,
        "/api/v1/syncs",
        Some("{\"dry_run\":false}"),
    )
    .await;
    if begun.is_none() {
        places::open(app, "/data");
    }
}

/// What is asked and paid for, if anything is.
fn price(plan: &Value) -> Option<String> {
    let plans = plan["plans"].as_array()?;
    let paid: Vec<String> = plans
        .iter()
        .filter(|plan| plan["requests"].as_u64().unwrap_or(0) > 0)
        .map(|plan| {
            format!(
                "{}: about {} requests to Cost Explorer, {}",
                plan["client"].as_str().unwrap_or_default(),
                plan["requests"],
                shown(
                    plan["price"].as_str().unwrap_or_default(),
                    plan["currency"].as_str().unwrap_or_default()
                )
            )
        })
        .collect();
    (!paid.is_empty()).then(|| format!("AWS charges for this sync.\n\n{}", paid.join("\n")))
}

/// Writes this month's total into the tray.
pub async fn show_total(app: &AppHandle, door: &InProcess, today: Date) {
    let Some(tray) = app.try_state::<Tray>() else {
        return;
    };
    let month = today.strftime("%Y-%m");
    let path = format!("/api/v1/costs?month={month}&by=client");
    let Some(costs) = ask(door, Method::GET, &path, None).await else {
        return;
    };
    let line = total(&costs, today);
    let written = tray
        .total
        .set_text(&line)
        .and_then(|()| tray.icon.set_tooltip(Some(format!("Tallyport\n{line}"))));
    if let Err(error) = written {
        tracing::warn!(%error, "the tray does not say what this month costs");
    }
}

/// `November so far: 12,345.67 USD`; currencies are not added.
fn total(costs: &Value, today: Date) -> String {
    let month = today.strftime("%B");
    let totals: Vec<String> = costs["results"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|result| {
            Some(shown(
                result["total"].as_str()?,
                result["currency"].as_str()?,
            ))
        })
        .collect();
    match totals.is_empty() {
        true => format!("{month}: nothing is loaded"),
        false => format!("{month} so far: {}", totals.join(" + ")),
    }
}

/// An answer of the door, unless it is a refusal.
async fn ask(door: &InProcess, method: Method, path: &str, body: Option<&str>) -> Option<Value> {
    let answer = door.ask(method, path, body.map(str::to_owned)).await;
    if !answer.status.is_success() {
        tracing::warn!(%path, status = %answer.status, "the tray was refused");
        return None;
    }
    serde_json::from_slice(&answer.body).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_month_is_told_by_currency() {
        let costs = json!({ "results": [
            { "currency": "USD", "total": "12345.6650000001" },
            { "currency": "EUR", "total": "-3.00" },
        ] });
        assert_eq!(
            total(&costs, date(2026, 11, 22)),
            "November so far: 12,345.67 USD + -3.00 EUR"
        );
        assert_eq!(
            total(&json!({ "results": [] }), date(2026, 12, 1)),
            "December: nothing is loaded"
        );
    }

    #[test]
    fn only_what_is_paid_for_is_asked_about() {
        let free = json!({ "plans": [{ "client": "A", "requests": 0, "price": "0.00", "currency": "USD" }] });
        assert_eq!(price(&free), None);
        let paid = json!({ "plans": [{ "client": "A", "requests": 4, "price": "0.04", "currency": "USD" }] });
        assert!(
            price(&paid)
                .unwrap()
                .ends_with("A: about 4 requests to Cost Explorer, 0.04 USD")
        );
    }

    #[test]
    fn a_quiet_day_ends_at_the_midnight_of_this_computer() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let now = "2026-10-24T23:30:00Z".parse().unwrap();
        assert_eq!(
            midnight_after(now, &zone).unwrap().to_string(),
            "2026-10-25T23:00:00Z",
            "in a night that has an hour twice too"
        );
    }
}
