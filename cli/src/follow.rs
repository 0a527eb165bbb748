//! Waits for long work: a progress bar for a person, nothing for a script, and Ctrl-C cancels.

use std::io::IsTerminal;
use std::time::Duration;

use http::Method;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;
use tokio::sync::watch;

use crate::door::Door;
use crate::failure::Failure;

/// How long the end of long work may go unnoticed.
const LONGEST_PAUSE: Duration = Duration::from_millis(20);

/// Hears Ctrl-C from when it is made on, also between two pieces of work.
pub struct Interrupts(watch::Receiver<()>);

impl Interrupts {
    /// Listens from now on.
    pub fn new() -> Self {
        let (tell, told) = watch::channel(());
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() && tell.send(()).is_ok() {}
        });
        Self(told)
    }
}

/// Follows `job` to its end and returns its result.
///
/// # Errors
/// The job's problem, or that it was cancelled.
pub async fn follow(door: &Door, job: Value) -> Result<Value, Failure> {
    follow_until(door, job, &mut Interrupts::new()).await
}

/// As [`follow`], for one of several pieces of work: what is pressed between two stops the next.
///
/// # Errors
/// As [`follow`].
pub async fn follow_until(
    door: &Door,
    mut job: Value,
    interrupts: &mut Interrupts,
) -> Result<Value, Failure> {
    let address = format!("/api/v1/jobs/{}", job["id"]);
    let bar = bar(&job);
    let mut stopping = false;
    let mut pause = Duration::from_millis(10);
    loop {
        draw(&bar, &job);
        match job["state"].as_str().unwrap_or_default() {
            "done" => {
                bar.finish_and_clear();
                return Ok(job["result"].take());
            }
            "failed" => {
                bar.finish_and_clear();
                return Err(Failure::from_problem(job["problem"].take()));
            }
            "cancelled" => {
                bar.finish_and_clear();
                return Err(Failure::cancelled());
            }
            "interrupted" => {
                bar.finish_and_clear();
                return Err(Failure::internal("The work was interrupted.".to_owned()));
            }
            _ => {}
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            pressed = interrupts.0.changed(), if !stopping => {
                stopping = true;
                if pressed.is_ok() {
                    bar.set_message("cancelling");
                    door.ask(Method::POST, format!("{address}/cancel"), None).await?;
                }
            }
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
        job = door.get(address.as_str()).await?;
    }
}

fn bar(job: &Value) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{prefix} {wide_bar} {percent:>3} %  {msg}") {
        bar.set_style(style);
    }
    bar.set_prefix(job["title"].as_str().unwrap_or_default().to_owned());
    bar
}

fn draw(bar: &ProgressBar, job: &Value) {
    if let Some(total) = job["total"].as_u64() {
        bar.set_length(total);
    }
    if let Some(done) = job["done"].as_u64() {
        bar.set_position(done);
    }
    if let Some(message) = job["message"].as_str() {
        bar.set_message(message.to_owned());
    }
}
